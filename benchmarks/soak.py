"""A long listing of which a fifth of the replies is spoiled."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.beside import beside
from benchmarks.report import Result, progress

_RATE, _SEED, _PARTS = 0.2, 20, 10
_MEGABYTE = 2**20


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: a short listing.

    Returns:
        What reading a tenth, half and all of it took.

    Raises:
        RuntimeError: an item was missing, doubled or out of place.
    """
    media = 2_000 if quick else 100_000
    with tempfile.TemporaryDirectory() as folder:
        ids = Path(folder) / "ids"
        with beside("benchmarks.inside.faulty", media, _RATE, _SEED, ids) as server:
            parts = list(_parts(server.says(), ids))
    return Result(
        "soak",
        "client.user_recent(count=33) against LocalInstagram in another process, each reply "
        f"spoiled with a likelihood of {_RATE:.0%} (seed {_SEED}) by any fault after which the "
        "listing can still be whole; read timeout 0.2 s, retries as they are by default. Every "
        "item came once and in order. Errors are those that reached the reader, who went on.",
        ("media", "seconds", "attempts", "failed", "errors", "peak MB (ru_maxrss)"),
        [_row(*parts[at - 1]) for at in (1, _PARTS // 2, _PARTS)],
        ("instagram-async", "aiohttp"),
    )


def _parts(server: list[str], ids: Path) -> Iterator[list[Any]]:
    """What each tenth took, as soon as it is over."""
    with beside("benchmarks.inside.soak", *server, ids) as part, progress("soak", _PARTS) as step:
        for _ in range(_PARTS):
            yield part.says()
            step()


def _row(
    seen: int, took: float, well: int, badly: int, errors: dict[str, int], peak: int
) -> list[str]:
    told = " ".join(f"{count} {name}" for name, count in errors.items())
    return [
        f"{seen:,}", f"{took:.0f}", f"{well + badly:,}", f"{badly:,}", told or "none",
        f"{peak / _MEGABYTE:.1f}",
    ]  # fmt: skip
