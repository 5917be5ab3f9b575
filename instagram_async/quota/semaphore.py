"""The gate: a semaphore and the sliding windows, entered together or not at all.

A caller gets a *flight*: one of the slots and a place in every window concerned. Callers
who need the same windows form a lane, first come, first served. Among lanes whose windows
are open the oldest caller goes first; a lane whose windows are closed holds up nobody else.

Nothing is ever granted to somebody who is asleep. When there may be room, the gate calls
the caller whose turn it is, and he takes the place himself when he runs. One who was
cancelled in the meantime has taken nothing, so there is nothing to lose.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from instagram_async.clock import Clock, LoopClock
from instagram_async.errors import QuotaStoreError, RateLimitError
from instagram_async.hooks import QuotaWait
from instagram_async.quota.belief import share
from instagram_async.quota.flight import Flight
from instagram_async.quota.lane import Caller, Lane
from instagram_async.quota.lanes import Lanes
from instagram_async.quota.memory import MemoryStore
from instagram_async.quota.store import Grant, Outcome, Store, Windows

_LONG = 5.0
_LOOKS = 100  # in a window, where others may have given places back

_log = logging.getLogger("instagram_async.quota")


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
        store: Store | None = None,
        *,
        clock: Clock | None = None,
        on_wait: Callable[[QuotaWait], None] | None = None,
    ) -> None:
        if slots < 1:
            raise ValueError(f"slots must be at least 1, not {slots}")
        self.clock = clock or LoopClock()
        self.store: Store = store or MemoryStore()
        self._free = slots
        self._lanes = Lanes()
        self._called: Caller | None = None
        self._on_wait = on_wait
        self._tickets = 0

    def flight(
        self,
        windows: Windows,
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

    async def opens_at(self, windows: Windows, ahead: int = 0) -> float:
        """When a place would be had by the next caller, in the clock's seconds.

        Args:
            windows: where places are needed.
            ahead: how many more come before him than those who wait already.

        Returns:
            An instant before which it surely cannot be had; the present if at once.

        Raises:
            QuotaStoreError: the store can't be reached.
        """
        before = [waiting + ahead for waiting in self._lanes.ahead(windows)]
        return await self.store.forecast(windows, before, self.clock.now())

    def seconds_for(self, windows: Windows, requests: int) -> float:
        """In how many seconds so many requests may be sent over and over.

        Args:
            windows: where they need places.
            requests: how many.

        Returns:
            Their share of the window, or all of it at most; 0 where there is no limit. A
            limit of the server's counts where it is lower than ours.
        """
        level, now = self.store.level, self.clock.now()
        return max(share(spec, level(spec, now).limit, requests) for spec in windows)

    async def _enter(self, flight: Flight) -> Flight:
        windows, now = flight.windows, self.clock.now()
        if self._free and self._called is None and self._is_first(windows, now):
            grant = await self._take(flight, now)
            if isinstance(grant, Grant):
                flight.grant = grant
                return flight
        max_wait = flight.max_wait
        caller = Caller(self._tickets, None if max_wait is None else now + max_wait)
        self._tickets += 1
        if caller.deadline is not None:
            # From the same instant as the deadline, or no wait of 0 would ever be short enough.
            when = await self.store.forecast(windows, self._lanes.ahead(windows), now)
            if when > caller.deadline:
                raise _refusal(windows, when, flight.operation)
        flight.grant = await self._queue(flight, caller)
        return flight

    async def _queue(self, flight: Flight, caller: Caller) -> Grant:
        windows = flight.windows
        lane = self._lanes.join(windows, caller)
        try:
            while True:
                self._pump()
                await caller.called()
                if caller.failure is not None:
                    raise QuotaStoreError(caller.failure, flight.operation)
                if caller.refused_until is not None:
                    raise _refusal(windows, caller.refused_until, flight.operation)
                grant = await self._take(flight, self.clock.now())
                self._called = None
                if isinstance(grant, Grant):
                    return grant
                self._block(lane, grant)
        finally:
            if self._called is caller:
                self._called = None
            self._lanes.leave(lane, caller)
            self._pump()

    async def _take(self, flight: Flight, now: float) -> Grant | float:
        self._free -= 1
        grant: Grant | float = 0.0
        try:
            grant = await self.store.take(flight.windows, now, flight.reach)
        except QuotaStoreError as error:
            error.operation = flight.operation
            self._lanes.fail(error.message)  # or each of thousands would find out in his turn
            raise
        finally:
            if not isinstance(grant, Grant):
                self._free += 1
        return grant

    def _is_first(self, windows: Windows, now: float) -> bool:
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
        now = self.clock.now()
        look = until
        if self.store.shared:
            look = min(until, now + lane.windows[0].per / _LOOKS)
        lane.wait(look, self.clock.call_at(look, lambda: self._reopen(lane)))
        for caller in lane.overdue(until):
            caller.refuse(until)
        if until - now > _LONG and not lane.announced:
            lane.announced = True
            wait = QuotaWait(lane.family, until - now, len(lane.callers))
            lane.warn(wait)
            if self._on_wait is not None:
                self._on_wait(wait)

    def _reopen(self, lane: Lane) -> None:
        self._lanes.reopen(lane)
        self._pump()

    async def _leave(self, grant: Grant, outcome: Outcome) -> None:
        try:
            if await self.store.settle(grant, outcome, self.clock.now()):
                self._lanes.reopen_sharing(grant.windows)
        except QuotaStoreError as error:  # the reply is here and must not be lost for it
            _log.warning("%s: a place stays taken for as long as it was booked", error)
        finally:
            self._free += 1
            if self._lanes:
                self._pump()


def _refusal(windows: Windows, when: float, operation: str | None) -> RateLimitError:
    retry_at = datetime.fromtimestamp(when, UTC)
    message = f"the quota allows no request before {retry_at:%Y-%m-%d %H:%M:%S} UTC"
    return RateLimitError(message, operation, windows[-1].family, retry_at)
