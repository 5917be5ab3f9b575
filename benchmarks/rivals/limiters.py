"""Ways to keep within a limit of requests, ours first, each as its own documentation has it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from instagram_async import Quota, RateLimitSemaphore

Send = Callable[[], Awaitable[None]]

_SLOTS = 1_000  # more than anybody wants at once, as the rivals have none


class Limiter:
    """Lets so many through in a window of time."""

    async def passes(self, times: int) -> None:
        """Go through one after the other; there is room, so nobody waits."""
        raise NotImplementedError

    async def sends(self, send: Send) -> None:
        """Wait until it is allowed, then send."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of what runs in the background."""


class Ours(Limiter):
    """A flight of the gate, which also hears of the reply."""

    def __init__(
        self, limit: int | None, per: float, family: str | None = None, *, paced: bool = False
    ) -> None:
        families = {} if family is None or limit is None else {family: limit}
        quota = Quota(limit, per=per, families=families, paced=paced)
        self._windows = quota.windows("somebody", family)
        self._gate = RateLimitSemaphore(_SLOTS)

    async def passes(self, times: int) -> None:
        gate, windows = self._gate, self._windows
        for _ in range(times):
            async with gate.flight(windows) as flight:
                flight.leaves()
                flight.answered()

    async def sends(self, send: Send) -> None:
        async with self._gate.flight(self._windows) as flight:
            flight.leaves()
            await send()
            flight.answered()


class Semaphore(Limiter):
    """`asyncio.Semaphore`, which limits nothing in time."""

    def __init__(self) -> None:
        self._semaphore = asyncio.Semaphore(_SLOTS)

    async def passes(self, times: int) -> None:
        semaphore = self._semaphore
        for _ in range(times):
            async with semaphore:
                pass


class AioLimiter(Limiter):
    """aiolimiter: a leaky bucket."""

    def __init__(self, limit: int, per: float) -> None:
        self._limiter = import_module("aiolimiter").AsyncLimiter(limit, per)

    async def passes(self, times: int) -> None:
        limiter = self._limiter
        for _ in range(times):
            async with limiter:
                pass

    async def sends(self, send: Send) -> None:
        async with self._limiter:
            await send()


class PyrateLimiter(Limiter):
    """pyrate-limiter: a log of the window, in memory, wrapped for asyncio."""

    def __init__(self, limit: int, per: float) -> None:
        module: Any = import_module("pyrate_limiter")
        bucket = module.InMemoryBucket([module.Rate(limit, int(per * 1000))])
        self._limiter = module.Limiter(module.BucketAsyncWrapper(bucket))

    async def passes(self, times: int) -> None:
        limiter = self._limiter
        for _ in range(times):
            await limiter.try_acquire_async("somebody")

    async def sends(self, send: Send) -> None:
        await self._limiter.try_acquire_async("somebody")
        await send()

    def close(self) -> None:
        self._limiter.close()


class Limits(Limiter):
    """limits: a moving window in memory; it never waits, but says until when to."""

    def __init__(self, limit: int, per: float) -> None:
        aio: Any = import_module("limits.aio")
        self._limiter = aio.strategies.MovingWindowRateLimiter(aio.storage.MemoryStorage())
        self._item = import_module("limits").RateLimitItemPerSecond(limit, int(per))

    async def passes(self, times: int) -> None:
        limiter, item = self._limiter, self._item
        for _ in range(times):
            if not await limiter.hit(item, "somebody"):
                raise RuntimeError("there was to be room")

    async def sends(self, send: Send) -> None:
        while not await self._limiter.hit(self._item, "somebody"):
            window = await self._limiter.get_window_stats(self._item, "somebody")
            await asyncio.sleep(window.reset_time - time.time())
        await send()


def keeping(limit: int, per: float) -> dict[str, Callable[[], Limiter]]:
    """Those that are to keep within a limit, by name.

    Args:
        limit: requests in a window.
        per: its whole seconds.
    """
    return {
        "ours": lambda: Ours(limit, per),
        "ours, paced": lambda: Ours(limit, per, paced=True),
        "aiolimiter": lambda: AioLimiter(limit, per),
        "aiolimiter, no bursts": lambda: AioLimiter(1, per / limit),
        "pyrate-limiter": lambda: PyrateLimiter(limit, per),
        "limits": lambda: Limits(limit, per),
    }
