"""How time is handed in.

Everything that waits or counts by the clock takes a `Clock`, so that an hour's quota can
be tested in a millisecond.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    """A callback that was asked for and may still be called off."""

    def cancel(self) -> None:
        """Call it off; no harm if it has already been made."""
        ...


class Clock(Protocol):
    """What the client needs of time.

    Example:
        >>> from instagram_async.testing import ManualClock
        >>> clock = ManualClock(now=1_442_000_000)
        >>> clock.advance(60)
        >>> clock.now()
        1442000060.0
    """

    def now(self) -> float:
        """Seconds since 1970 that never go backwards, whatever the wall clock does."""
        ...

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        """Have a callback made at an instant, as `now` counts them."""
        ...


_AHEAD = time.time() - time.monotonic()  # once, so that all clients of a process agree


class LoopClock:
    """The machine's monotonic clock, set to the calendar once; the running loop calls back."""

    __slots__ = ()

    def now(self) -> float:
        """Seconds since 1970, counted by the monotonic clock."""
        return time.monotonic() + _AHEAD

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        """Have a callback made by the running loop."""
        return asyncio.get_running_loop().call_later(max(0.0, when - self.now()), callback)


async def sleep(clock: Clock, seconds: float) -> None:
    """Wait by a clock.

    Args:
        clock: whose time it is.
        seconds: how long; nothing at all still lets others run.
    """
    if seconds <= 0:
        await asyncio.sleep(0)
        return
    woken = asyncio.Event()
    timer = clock.call_at(clock.now() + seconds, woken.set)
    try:
        await woken.wait()
    finally:
        timer.cancel()
