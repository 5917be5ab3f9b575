"""Decoding one page, against parsers and other ways to models."""

from __future__ import annotations

from benchmarks import fresh
from benchmarks.page import first
from benchmarks.report import MISSING, Result, progress, ratio

_PROCESSES = 5  # memory is laid out anew in each, which is worth some per cent


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: one short process; the figures are then rough.

    Returns:
        Microseconds a page, and the ratios to orjson, `json` and ours.
    """
    rounds, processes = (3, 1) if quick else (60, _PROCESSES)
    best: dict[str, float] = {}
    with progress("decode", processes) as step:
        for _ in range(processes):
            for name, seconds in fresh.run("benchmarks.inside.decode", str(rounds)).items():
                best[name] = min(best.get(name, seconds), seconds)
            step()
    size = len(first())
    return Result(
        "decode",
        f"One page of 33 media ({size:,} bytes), bytes to models: best of {processes} processes of "
        f"{rounds} rounds in turns, GC on. Every author, tag and instant of ours was compared.",
        ("", "us a page", "x orjson", "x json", "x ours"),
        [_row(name, seconds, best) for name, seconds in best.items()],
        ("instagram-async", "msgspec", "cattrs", "orjson", "pydantic"),
    )


def _row(name: str, seconds: float, best: dict[str, float]) -> list[str]:
    if seconds == MISSING:
        return [name, "not installed", "", "", ""]
    others = ("orjson.loads", "json.loads", "instagram_async")
    return [name, f"{seconds * 1e6:.0f}", *(ratio(seconds, best[other]) for other in others)]
