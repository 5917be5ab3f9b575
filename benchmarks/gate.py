"""Passing the gate when nobody waits."""

from __future__ import annotations

from benchmarks import fresh
from benchmarks.report import Result, progress

_FLIGHTS = 4_000


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: few rounds; the figures are then rough.

    Returns:
        Microseconds to enter and leave, and the ratio to `asyncio.Semaphore`.
    """
    rounds = 3 if quick else 60
    with progress("gate", 1) as step:
        best: dict[str, float] = fresh.run("benchmarks.inside.gate", str(rounds), str(_FLIGHTS))
        step()
    plain = best["asyncio.Semaphore"]
    return Result(
        "gate",
        f"Enter, leaves(), answered() and leave, uncontended: best of {rounds} rounds of "
        f"{_FLIGHTS:,} in turns.",
        ("", "us a flight", "x asyncio.Semaphore"),
        [[name, f"{took * 1e6:.2f}", f"{took / plain:.1f}"] for name, took in best.items()],
        ("instagram-async",),
    )
