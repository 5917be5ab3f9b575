"""A gate, and callers who pass it."""

from __future__ import annotations

import asyncio

from instagram_async import Quota, ServerQuota
from instagram_async.quota import RateLimitSemaphore, WindowSpec
from instagram_async.testing import ManualClock

ONE = Quota(2, per=60, families={"likes": 1})
READ, LIKE = ONE.windows("one", None), ONE.windows("one", "likes")


async def idle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def gate(slots: int = 8, **options: object) -> tuple[RateLimitSemaphore, ManualClock]:
    clock = ManualClock(1000)
    return RateLimitSemaphore(slots, clock=clock, **options), clock  # type: ignore[arg-type]


async def fly(
    gate: RateLimitSemaphore,
    windows: tuple[WindowSpec, ...] = READ,
    *,
    log: list[str] | None = None,
    name: str = "",
    quota: ServerQuota | None = None,
    refused: str | None = None,
    max_wait: float | None = None,
) -> None:
    async with gate.flight(windows, max_wait=max_wait, operation="GET it") as flight:
        if log is not None:
            log.append(name)
        flight.leaves()
        flight.answered(quota, refused)
