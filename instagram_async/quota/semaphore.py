"""The gate: a semaphore and the sliding windows, entered together or not at all.

A caller gets a *flight*: one of the slots and a place in every window concerned. Callers
who need the same windows form a lane, first come, first served. Among lanes whose windows
are open the oldest caller goes first; a lane whose windows are closed holds up nobody else.

Nothing is ever granted to somebody who is asleep. When there may be room, the gate calls
the caller whose turn it is, and he takes the place himself when he runs. One who was
cancelled in the meantime has taken nothing, so there is nothing to lose.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from instagram_async.clock import Clock, LoopClock
from instagram_async.errors import RateLimitError
from instagram_async.hooks import QuotaWait
from instagram_async.quota.flight import Flight
from instagram_async.quota.lane import Caller, Lane
from instagram_async.quota.lanes import Lanes
from instagram_async.quota.store import Grant, MemoryStore, Outcome, Store
from instagram_async.quota.window import WindowSpec

_LONG = 5.0


class RateLimitSemaphore:
    """Lets through what the quota and the number of slots allow.

    Args:
        slots: how many flights may be under way at once.
        store: where the windows are kept.
        clock: whose time it is.
        on_wait: told once when callers begin to wait for more than 5 seconds.

    Example:
        >>> from instagram_async import Quota
        >>> gate = RateLimitSemaphore(16)
        >>> windows = Quota.live().windows("somebody", None)
        >>> async def guarded():
        ...     async with gate.flight(windows) as flight:
        ...         flight.leaves()
        ...         reply = await something()
        ...         flight.answered()
    """

    def __init__(
        self,
        slots: int,
        *,
        store: Store | None = None,
        clock: Clock | None = None,
        on_wait: Callable[[QuotaWait], None] | None = None,
    ) -> None:
        if slots < 1:
            raise ValueError(f"slots must be at least 1, not {slots}")
        self.clock = clock or LoopClock()
        self._store: Store = store or MemoryStore()
        self._free = slots
        self._lanes = Lanes()
        self._called: Caller | None = None
        self._on_wait = on_wait
        self._tickets = 0

    def flight(
        self,
        windows: tuple[WindowSpec, ...],
        *,
        max_wait: float | None = None,
        reach: float = 0.0,
        operation: str | None = None,
    ) -> Flight:
        """A slot and a place in every window, as an async context manager.

        Args:
            windows: where places are needed, from `Quota.windows`.
            max_wait: seconds that the caller is ready to wait for quota; `None` is for
                ever. Waiting for a slot does not count.
            reach: seconds after leaving within which a request whose reply never came may
                still arrive at the server.
            operation: named by the error.

        Returns:
            The flight; entering it waits.

        Raises:
            RateLimitError: on entering, and at once, when it would take too long.
        """
        return Flight(self._enter, self._leave, self.clock, windows, max_wait, reach, operation)

    async def opens_at(self, windows: tuple[WindowSpec, ...]) -> float:
        """When a place would be had by the next caller, in the clock's seconds."""
        return await self._store.forecast(windows, self._lanes.ahead(windows), self.clock.now())

    async def _enter(self, flight: Flight) -> Flight:
        windows, now = flight.windows, self.clock.now()
        if self._free and self._called is None and self._is_first(windows, now):
            grant = await self._take(windows, now)
            if isinstance(grant, Grant):
                flight.grant = grant
                return flight
        max_wait = flight.max_wait
        caller = Caller(self._tickets, None if max_wait is None else now + max_wait)
        self._tickets += 1
        if caller.deadline is not None:
            # From the same instant as the deadline, or no wait of 0 would ever be short enough.
            when = await self._store.forecast(windows, self._lanes.ahead(windows), now)
            if when > caller.deadline:
                raise _refusal(windows, when, flight.operation)
        flight.grant = await self._queue(windows, caller, flight.operation)
        return flight

    async def _queue(
        self, windows: tuple[WindowSpec, ...], caller: Caller, operation: str | None
    ) -> Grant:
        lane = self._lanes.join(windows, caller)
        try:
            while True:
                self._pump()
                await caller.called()
                if caller.refused_until is not None:
                    raise _refusal(windows, caller.refused_until, operation)
                grant = await self._take(windows, self.clock.now())
                self._called = None
                if isinstance(grant, Grant):
                    return grant
                self._block(lane, grant)
        finally:
            if self._called is caller:
                self._called = None
            self._lanes.leave(lane, caller)
            self._pump()

    async def _take(self, windows: tuple[WindowSpec, ...], now: float) -> Grant | float:
        self._free -= 1
        grant: Grant | float = 0.0
        try:
            grant = await self._store.take(windows, now)
        finally:
            if not isinstance(grant, Grant):
                self._free += 1
        return grant

    def _is_first(self, windows: tuple[WindowSpec, ...], now: float) -> bool:
        """Whether a newcomer would overtake nobody."""
        if not self._lanes:
            return True
        return windows not in self._lanes and self._lanes.first(now) is None

    def _pump(self) -> None:
        """Call the caller whose turn it is, one at a time."""
        if self._free and self._called is None and self._lanes:
            self._called = self._lanes.first(self.clock.now())
            if self._called is not None:
                self._called.call()

    def _block(self, lane: Lane, until: float) -> None:
        """Keep a lane waiting until an instant before which its windows are closed."""
        lane.wait(until, self.clock.call_at(until, lambda: self._reopen(lane)))
        for caller in lane.overdue(until):
            caller.refuse(until)
        now = self.clock.now()
        if until - now > _LONG and not lane.announced:
            lane.announced = True
            lane.warn(until - now)
            if self._on_wait is not None:
                self._on_wait(QuotaWait(lane.family, until - now, len(lane.callers)))

    def _reopen(self, lane: Lane) -> None:
        self._lanes.reopen(lane)
        self._pump()

    async def _leave(self, grant: Grant, outcome: Outcome) -> None:
        try:
            if await self._store.settle(grant, outcome, self.clock.now()):
                self._lanes.reopen_sharing(grant.windows)
        finally:
            self._free += 1
            if self._lanes:
                self._pump()


def _refusal(windows: tuple[WindowSpec, ...], when: float, operation: str | None) -> RateLimitError:
    retry_at = datetime.fromtimestamp(when, UTC)
    message = f"the quota allows no request before {retry_at:%Y-%m-%d %H:%M:%S} UTC"
    return RateLimitError(message, operation, windows[-1].family, retry_at)
