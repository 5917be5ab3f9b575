"""Passing the gate, and what others take for less, when nobody waits."""

from __future__ import annotations

from benchmarks import fresh
from benchmarks.report import MISSING, Result, progress


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: few rounds; the figures are then rough.

    Returns:
        Microseconds to enter and leave, and the ratios to ours and `asyncio.Semaphore`.
    """
    rounds, flights = (3, 500) if quick else (240, 1_000)
    with progress("gate", 1) as step:
        best: dict[str, float] = fresh.run("benchmarks.inside.gate", str(rounds), str(flights))
        step()
    ours, plain = next(iter(best.values())), best["asyncio.Semaphore"]
    return Result(
        "gate",
        "Enter, leaves(), answered() and leave, and as much of it as the others have, uncontended: "
        f"best of {rounds} rounds of {flights:,} in turns.",
        ("", "us a flight", "x ours", "x asyncio.Semaphore"),
        [_row(name, took, ours, plain) for name, took in best.items()],
        ("instagram-async", "aiolimiter", "pyrate-limiter", "limits"),
    )


def _row(name: str, took: float, ours: float, plain: float) -> list[str]:
    if took == MISSING:
        return [name, "not installed", "", ""]
    return [name, f"{took * 1e6:.2f}", f"{took / ours:.2f}", f"{took / plain:.1f}"]
