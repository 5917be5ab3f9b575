"""Peak memory of a short and of a long listing."""

from __future__ import annotations

from benchmarks import fresh
from benchmarks.page import SIZE
from benchmarks.report import Result, progress
from benchmarks.server import served

_MEGABYTE = 2**20


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: a short listing; the figures are then rough.

    Returns:
        Megabytes (2**20 bytes) of the peak, and what the long listing adds.
    """
    few, many = (500, 2_000) if quick else (10_000, 200_000)
    peaks: list[float] = []
    with served(many // SIZE + 1) as host, progress("memory", many + few) as step:
        for media in (few, many):
            peaks.append(fresh.run("benchmarks.inside.memory", host, str(media)) / _MEGABYTE)
            step(media)
    return Result(
        "memory",
        "ru_maxrss of a fresh process that streams with client.user_recent and Quota.unlimited().",
        ("media", "peak MB", "more than the first"),
        [
            [f"{media:,}", f"{peak:.1f}", f"{peak - peaks[0]:+.1f}"]
            for media, peak in zip((few, many), peaks, strict=True)
        ],
        ("instagram-async", "aiohttp", "msgspec"),
    )
