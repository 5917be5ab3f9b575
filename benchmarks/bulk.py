"""Many listings at once from another process that takes its time: wall, CPU, peak memory."""

from __future__ import annotations

from statistics import median

from benchmarks.many import Run, run
from benchmarks.page import SIZE
from benchmarks.report import Result, progress
from benchmarks.rivals.bulks import CONCURRENCY, RIVALS
from benchmarks.server import served

_PAGES, _LATENCY = 5, 0.05
_BARE = "aiohttp + gather"


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: few listings, once; the figures are then rough.

    Returns:
        Seconds, CPU time and peak of few and of ten times as many listings.
    """
    few, rounds = (40, 1) if quick else (200, 5)
    runs: dict[tuple[str, int], list[Run]] = {
        (rival, listings): [] for listings in (few, 10 * few) for rival in RIVALS
    }
    with served(_PAGES, _LATENCY) as host, progress("bulk", rounds + 1) as step:
        for number in range(rounds + 1):
            for (rival, listings), found in runs.items():
                if (listings == few) == (number < rounds):
                    found.append(run("benchmarks.rivals.bulks", rival, host, listings, _PAGES))
            step()
    rows = [_row(rival, listings, runs, few) for rival, listings in runs]
    return Result(
        "bulk",
        f"Listings of {_PAGES} pages of {SIZE} media, {CONCURRENCY} requests at a time, from a "
        f"server in another process that answers after {1000 * _LATENCY:.0f} ms; fresh client "
        f"processes in turns, {rounds} rounds, one for ten times as many listings. The rivals "
        "gather a coroutine a listing, which takes a semaphore for each request, and make dicts of "
        "the JSON. A mapping was merged, so that all listings took turns. Peaks are ru_maxrss.",
        ("", "listings", "seconds", "median", "x aiohttp", "CPU us a media", "peak MB", "more"),
        rows,
        ("instagram-async", "aiohttp", "orjson"),
    )


def _row(rival: str, listings: int, runs: dict[tuple[str, int], list[Run]], few: int) -> list[str]:
    found = runs[rival, listings]
    walls = [run.seconds for run in found]
    bare = min(run.seconds for run in runs[_BARE, listings])
    peak = max(run.peak for run in found)
    media = listings * _PAGES * SIZE
    return [
        rival,
        f"{listings:,}",
        f"{min(walls):.2f}",
        f"{median(walls):.2f}",
        f"{min(walls) / bare:.2f}",
        f"{1e6 * min(run.cpu for run in found) / media:.1f}",
        f"{peak:.1f}",
        f"{peak - max(run.peak for run in runs[rival, few]):+.1f}",
    ]
