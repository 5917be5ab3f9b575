"""A job of many listings, written down: wall, CPU and peak memory side by side."""

from __future__ import annotations

from benchmarks import fresh
from benchmarks.many import Run, run
from benchmarks.page import SIZE
from benchmarks.report import Result, progress
from benchmarks.rivals.jobs import CONCURRENCY, RIVALS
from benchmarks.server import served

_PAGES, _LATENCY = 5, 0.05
_BARE = "aiohttp + gather"


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: few listings, once; the figures are then rough.

    Returns:
        Seconds, CPU time and peak memory of each way.
    """
    listings, rounds = (40, 1) if quick else (1_000, 3)
    media = listings * _PAGES * SIZE
    runs: dict[str, list[Run]] = {rival: [] for rival in RIVALS}
    with served(_PAGES, _LATENCY) as host, progress("jobs", rounds * len(RIVALS)) as step:
        for _ in range(rounds):
            for rival, found in runs.items():
                try:
                    found.append(run("benchmarks.rivals.jobs", rival, host, listings, _PAGES))
                except fresh.NotInstalledError:
                    found.clear()  # its row says so
                step()
    bare = min(one.seconds for one in runs[_BARE])
    rows = [_row(rival, found, bare, media) for rival, found in runs.items()]
    return Result(
        "jobs",
        f"{listings:,} listings of {_PAGES} pages of {SIZE} media, {CONCURRENCY} requests at a "
        f"time, written to a disk, from a server in another process that answers after "
        f"{1000 * _LATENCY:.0f} ms; fresh client processes in turns, the best of {rounds}. Ours "
        "may be killed at any moment and goes on; the rivals write a file without fsync and begin "
        "anew. aiohttp + gather writes the dicts that came, python-instagram seven fields of "
        "each media. Peaks are ru_maxrss.",
        ("", "seconds", "x aiohttp", "CPU us a media", "peak MB"),
        rows,
        ("instagram-async", "aiohttp", "python-instagram"),
    )


def _row(rival: str, runs: list[Run], bare: float, media: int) -> list[str]:
    if not runs:
        return [rival, "not installed", "", "", ""]
    seconds = min(one.seconds for one in runs)
    return [
        rival,
        f"{seconds:.2f}",
        f"{seconds / bare:.2f}",
        f"{1e6 * min(one.cpu for one in runs) / media:.1f}",
        f"{max(one.peak for one in runs):.1f}",
    ]
