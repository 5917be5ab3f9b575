"""A long listing of which a fifth of the replies is spoiled."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
        with _running("faulty", str(media), str(_RATE), str(_SEED), str(ids)) as server:
            parts = list(_parts(server(), ids))
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
    with _running("soak", *server, str(ids)) as part, progress("soak", _PARTS) as step:
        for _ in range(_PARTS):
            yield part()
            step()


def _row(
    seen: int, took: float, well: int, badly: int, errors: dict[str, int], peak: int
) -> list[str]:
    told = " ".join(f"{count} {name}" for name, count in errors.items())
    return [
        f"{seen:,}", f"{took:.0f}", f"{well + badly:,}", f"{badly:,}", told or "none",
        f"{peak / _MEGABYTE:.1f}",
    ]  # fmt: skip


@contextmanager
def _running(module: str, *arguments: str) -> Iterator[Any]:
    """Run a module in another process; gives a function that reads its next line."""
    command = [sys.executable, "-u", "-m", f"benchmarks.inside.{module}", *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process has no pipes")
        lines = process.stdout

        def line() -> Any:
            text = lines.readline()
            if not text:
                raise RuntimeError(f"benchmarks.inside.{module} ended early")
            return json.loads(text)

        yield line
        process.stdin.close()
    if process.returncode:
        raise RuntimeError(f"benchmarks.inside.{module} failed")
