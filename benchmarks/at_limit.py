"""Reads against a server with a limit: nothing is refused, and little is wasted."""

from __future__ import annotations

from benchmarks import fresh
from benchmarks.inside.reads import WAYS
from benchmarks.limited import Server, limited
from benchmarks.report import Result, progress

_LIMIT, _PER, _READS = 500, 3.0, 2_000


def measure(*, quick: bool) -> Result | None:
    """Run the benchmark.

    Args:
        quick: leave it out: it waits for windows, and rough figures would be wrong.

    Returns:
        Refusals, the fullest window, the wait of the last read, and the share that was used.
    """
    if quick:
        return None
    with limited(_LIMIT, _PER) as server, progress("reads", len(WAYS)) as step:
        rows: list[list[str]] = []
        for way, token in zip(WAYS, server.tokens, strict=False):
            rows.append(_row(server, way, token))
            step()
    return Result(
        "gate",
        f"{_READS:,} times client.user() at once, on a local server of {_LIMIT} per {_PER:g} s in "
        "another process, which could let the last one in after "
        f"{(_READS - 1) // _LIMIT * _PER:g} s. Used: of the places that the server allows after "
        "the first ones.",
        (f"{_LIMIT} per {_PER:g} s", "most", "refused", "longest wait s", "% used"),
        rows,
        ("instagram-async", "aiohttp"),
        part="reads",
    )


def _row(server: Server, way: str, token: str) -> list[str]:
    numbers = [str(number) for number in (_LIMIT, _PER, _READS)]
    waited = fresh.run("benchmarks.inside.reads", way, server.url, token, *numbers)
    counted = server.counted()[""]
    return [
        way,
        str(counted.most),
        str(counted.refused),
        f"{waited:.1f}",
        f"{100 * counted.used:.1f}",
    ]
