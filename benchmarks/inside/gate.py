"""Passes the gate when nobody waits: `python -m benchmarks.inside.gate ROUNDS FLIGHTS`.

It prints the best seconds a flight of each way. A round has fewer flights than the window
has places.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial

from instagram_async import Quota, RateLimitSemaphore


def _gate(flights: int, family: str | None, limit: int | None) -> Callable[[], Awaitable[None]]:
    families = {} if family is None or limit is None else {family: limit}
    windows = Quota(limit, families=families).windows("somebody", family)

    async def pass_gate() -> None:
        gate = RateLimitSemaphore(16)
        for _ in range(flights):
            async with gate.flight(windows) as flight:
                flight.leaves()
                flight.answered()

    return pass_gate


async def _semaphore(flights: int) -> None:
    semaphore = asyncio.Semaphore(16)
    for _ in range(flights):
        async with semaphore:
            pass


async def _best(rounds: int, flights: int) -> dict[str, float]:
    ways: dict[str, Callable[[], Awaitable[None]]] = {
        "5000 an hour": _gate(flights, None, 5000),
        "a write, with a window of its own": _gate(flights, "likes", 5000),
        "no limit": _gate(flights, None, None),
        "asyncio.Semaphore": partial(_semaphore, flights),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            started = time.perf_counter()
            await way()
            best[name] = min(best[name], (time.perf_counter() - started) / flights)
    return best


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_best(*map(int, sys.argv[1:])))))
