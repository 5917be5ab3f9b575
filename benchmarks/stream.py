"""Streaming a long listing from another process: the client's CPU time for each media."""

from __future__ import annotations

from statistics import median

from benchmarks import fresh
from benchmarks.page import SIZE
from benchmarks.report import MISSING, Result, progress, ratio
from benchmarks.server import served

_OURS, _BARE = "instagram_async", "aiohttp + orjson"
_RIVALS = (_OURS, _BARE, "httpx + pydantic", "python-instagram")


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: a short listing, once; the figures are then rough.

    Returns:
        CPU microseconds a media, best and median of the rounds, and ratios of the best.
    """
    pages, rounds = (20, 1) if quick else (300, 9)
    times: dict[str, list[float]] = {rival: [] for rival in _RIVALS}
    with served(pages) as host, progress("stream", rounds) as step:
        for _ in range(rounds):
            for rival, found in times.items():
                found.append(_seconds(rival, host, pages * SIZE))
            step()
    best = {rival: min(found) for rival, found in times.items()}
    rows = [_row(rival, found, best) for rival, found in times.items()]
    return Result(
        "stream",
        f"{pages} pages of {SIZE} media from a server in another process, without a quota: CPU "
        f"time (user and system) of a fresh client process, imported and swept, GC on; {rounds} "
        "rounds in turns. python-instagram has its defaults but for host, protocol, max_pages.",
        ("", "CPU us a media", "median", "x bare loop", "x ours"),
        rows,
        ("instagram-async", "aiohttp", "orjson", "httpx", "pydantic", "python-instagram"),
    )


def _seconds(rival: str, host: str, due: int) -> float:
    try:
        seen, seconds = fresh.run("benchmarks.inside.stream", rival, host)
    except fresh.NotInstalledError:
        return MISSING
    if seen != due:
        raise RuntimeError(f"{rival} saw {seen} media of {due}")
    return float(seconds) / due


def _row(rival: str, found: list[float], best: dict[str, float]) -> list[str]:
    if best[rival] == MISSING:
        return [rival, "not installed", "", "", ""]
    times = [f"{seconds * 1e6:.1f}" for seconds in (best[rival], median(found))]
    return [rival, *times, *(ratio(best[rival], best[other]) for other in (_BARE, _OURS))]
