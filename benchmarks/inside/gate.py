"""Passes the gate when nobody waits: `python -m benchmarks.inside.gate ROUNDS FLIGHTS`.

It prints the best seconds a flight of each way. A round has fewer flights than the window
has places.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable

from benchmarks.report import MISSING
from benchmarks.rivals.limiters import (
    AioLimiter,
    Limiter,
    Limits,
    Ours,
    PyrateLimiter,
    Semaphore,
)

_LIMIT, _PER = 5000, 3600.0
_WAYS: dict[str, Callable[[], Limiter]] = {
    "ours, 5000 an hour": lambda: Ours(_LIMIT, _PER),
    "ours, a write: two windows": lambda: Ours(_LIMIT, _PER, "likes"),
    "ours, paced, none too soon": lambda: Ours(10**10, _PER, paced=True),
    "ours, no limit": lambda: Ours(None, _PER),
    "aiolimiter": lambda: AioLimiter(_LIMIT, _PER),
    "pyrate-limiter": lambda: PyrateLimiter(_LIMIT, _PER),
    "limits": lambda: Limits(_LIMIT, _PER),
    "asyncio.Semaphore": Semaphore,
}


async def _seconds(make: Callable[[], Limiter], flights: int) -> float:
    limiter = make()
    started = time.perf_counter()
    await limiter.passes(flights)
    took = time.perf_counter() - started
    limiter.close()
    return took / flights


async def _best(rounds: int, flights: int) -> dict[str, float]:
    best = dict.fromkeys(_WAYS, MISSING)
    missing = set[str]()
    for _ in range(rounds):
        for name, make in _WAYS.items():
            if name in missing:
                continue
            try:
                best[name] = min(best[name], await _seconds(make, flights))
            except ModuleNotFoundError:
                missing.add(name)
    return best


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_best(*map(int, sys.argv[1:])))))
