"""Those who wait at the gate: callers, and the lanes that they form."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterator

from instagram_async.clock import Timer
from instagram_async.hooks import QuotaWait
from instagram_async.quota.belief import WindowSpec

_log = logging.getLogger("instagram_async.quota")


class Caller:
    """Somebody who waits for a flight.

    Args:
        ticket: his number; the lower, the longer he waits.
        deadline: when he gives up waiting for quota, `None` for never.
    """

    __slots__ = ("_turn", "deadline", "failure", "refused_until", "ticket")

    def __init__(self, ticket: int, deadline: float | None) -> None:
        self.ticket = ticket
        self.deadline = deadline
        self.refused_until: float | None = None
        self.failure: str | None = None
        self._turn: asyncio.Future[None] | None = None

    async def called(self) -> None:
        """Wait for the turn, or for the news that it would come too late."""
        if self._turn is None:
            self._turn = asyncio.get_running_loop().create_future()
        try:
            await self._turn
        finally:
            self._turn = None

    def call(self) -> None:
        """Say that it is his turn."""
        if self._turn is None:
            self._turn = asyncio.get_running_loop().create_future()
        if not self._turn.done():
            self._turn.set_result(None)

    def refuse(self, until: float) -> None:
        """Say that his turn would come too late."""
        self.refused_until = until
        self.call()

    def fail(self, why: str) -> None:
        """Say that nobody's turn comes any more."""
        self.failure = why
        self.call()


class Lane:
    """Those who need the same windows, first come, first served.

    Args:
        windows: what they need.
    """

    __slots__ = ("_deadlines", "_timer", "announced", "callers", "closed_until", "windows")

    def __init__(self, windows: tuple[WindowSpec, ...]) -> None:
        self.windows = windows
        self.callers: OrderedDict[Caller, None] = OrderedDict()
        self.closed_until = 0.0
        self.announced = False
        self._timer: Timer | None = None
        self._deadlines = 0

    @property
    def head(self) -> Caller:
        """Who has waited longest."""
        return next(iter(self.callers))

    @property
    def family(self) -> str | None:
        """Whose writes the lane is for, `None` for all other requests."""
        return self.windows[-1].family

    def join(self, caller: Caller) -> None:
        """Stand at the end."""
        self.callers[caller] = None
        self._deadlines += caller.deadline is not None

    def leave(self, caller: Caller) -> None:
        """Go, from wherever one stands."""
        del self.callers[caller]
        self._deadlines -= caller.deadline is not None

    def overdue(self, until: float) -> Iterator[Caller]:
        """Those who would have given up before an instant."""
        if self._deadlines:
            yield from [c for c in self.callers if c.deadline is not None and c.deadline < until]

    def wait(self, until: float, timer: Timer) -> None:
        """Hold everybody until an instant, at which the timer looks again."""
        self.close()
        self.closed_until = until
        self._timer = timer

    def reopen(self) -> None:
        """Let the head try again: what was known of the windows may have changed."""
        self.closed_until = 0.0

    def close(self) -> None:
        """Call the timer off."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def warn(self, wait: QuotaWait) -> None:
        """Log that people wait for long."""
        _log.warning(
            "quota of %s is used up: %d waiting, the next may go in %.0f s",
            wait.family or "all requests",
            wait.waiting,
            wait.seconds,
            extra=wait._asdict(),
        )
