"""A clock that goes only when it is told to."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")
_TURNS = 1000  # of the loop, in which whatever needs no socket has come to its wait


class ManualClock:
    """Time for tests: stands still until `advance`.

    Whatever a client waits for by its clock, the pause before a retry or a place in the
    quota, goes on when you advance it and not before.

    Args:
        now: where it begins, in seconds since 1970.

    Example:
        >>> clock = ManualClock(now=100)
        >>> timer = clock.call_at(160, lambda: print("rang"))
        >>> clock.advance(60)
        rang
    """

    def __init__(self, now: float = 0.0) -> None:
        self._now = float(now)
        self._timers: list[tuple[float, int, _Timer]] = []
        self._order = count()

    def now(self) -> float:
        """Where the clock stands, in seconds since 1970.

        Example:
            >>> ManualClock(now=100).now()
            100.0
        """
        return self._now

    def call_at(self, when: float, callback: Callable[[], object]) -> _Timer:
        """Have a callback made when `advance` comes by an instant.

        Example:
            >>> clock = ManualClock()
            >>> timer = clock.call_at(60, lambda: print("rang"))
            >>> timer.cancel()
            >>> clock.advance(60)
        """
        timer = _Timer(callback)
        heapq.heappush(self._timers, (when, next(self._order), timer))
        return timer

    def advance(self, seconds: float) -> None:
        """Let time pass, and make the callbacks that fall due, each at its own instant.

        Args:
            seconds: how long; not negative.

        Example:
            >>> clock = ManualClock()
            >>> clock.advance(3600)
            >>> clock.now()
            3600.0
        """
        if seconds < 0:
            raise ValueError(f"time does not go back: {seconds}")
        end = self._now + seconds
        while self._timers and self._timers[0][0] <= end:
            when, _, timer = heapq.heappop(self._timers)
            self._now = max(self._now, when)
            timer.ring()
        self._now = end

    def next_timer(self) -> float | None:
        """The instant of the earliest callback that is still wanted, `None` if none is.

        Example:
            >>> clock = ManualClock()
            >>> timer = clock.call_at(60, print)
            >>> clock.next_timer()
            60
        """
        return min((when for when, _, timer in self._timers if timer.wanted), default=None)

    async def waiting(self) -> float:
        """Let everybody else run until somebody waits by this clock.

        Returns:
            The instant of the earliest callback, as `next_timer` gives it.

        Raises:
            AssertionError: nobody waits, however long one lets them run.

        Example:
            >>> from instagram_async.testing import ScriptedTransport, make_user
            >>> async def main() -> str:
            ...     clock = ManualClock()
            ...     script = [TransportError("lost"), ScriptedTransport.reply(make_user(1))]
            ...     offline = Client("token", transport=ScriptedTransport(script), clock=clock)
            ...     call = asyncio.create_task(offline.user("1000001"))
            ...     clock.advance(await clock.waiting() - clock.now())
            ...     return (await call).username
            >>> await main()
            'user_1'
        """
        for _ in range(_TURNS):
            when = self.next_timer()
            if when is not None:
                return when
            await asyncio.sleep(0)
        raise AssertionError("nobody waits by this clock")

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something to its end, and let time jump to whatever it waits for.

        Args:
            work: such as a call of a client.

        Returns:
            Its result.

        Example:
            >>> from instagram_async.testing import ScriptedTransport, make_user
            >>> clock = ManualClock()
            >>> script = [TransportError("lost"), ScriptedTransport.reply(make_user(1))]
            >>> offline = Client("token", transport=ScriptedTransport(script), clock=clock)
            >>> (await clock.run(offline.user("1000001"))).username, clock.now() > 0
            ('user_1', True)
        """
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                await asyncio.sleep(0)
                when = self.next_timer()
                if when is not None:
                    self.advance(max(0.0, when - self._now))
            return await task
        finally:
            task.cancel()

    def __repr__(self) -> str:
        return f"ManualClock(now={self._now})"


class _Timer:
    def __init__(self, callback: Callable[[], object]) -> None:
        self._callback = callback
        self.wanted = True

    def cancel(self) -> None:
        self.wanted = False

    def ring(self) -> None:
        if self.wanted:
            self.wanted = False
            self._callback()
