"""Days of a shared quota, simulated: processes, a server that counts, a clock that jumps."""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import Self

from attrs import frozen

from instagram_async.quota import Quota, ServerQuota, Store, WindowSpec
from instagram_async.quota.belief import Level
from instagram_async.quota.store import Grant, Outcome, Windows
from instagram_async.quota.tables import Tables

UPLINK, DOWNLINK = 1.5, 0.5  # seconds at most
REACH = UPLINK + DOWNLINK
Event = Callable[[], Awaitable[object]]
Tells = Callable[[int, int, random.Random], ServerQuota]


def honest(limit: int, left: int, _: random.Random) -> ServerQuota:
    """Headers that say what is so."""
    return ServerQuota(limit, left)


@frozen
class Server:
    """What the server allows, and what it says of it.

    Attributes:
        limit: requests in a window.
        tells: makes the headers from the limit and what is left, by chance if it wants.
    """

    limit: int
    tells: Tells = honest


class InTables:
    """A quota in tables, asked in this thread; a context manager.

    Args:
        clock: the processes' clock.
    """

    shared = True

    def __init__(self, clock: Callable[[], float]) -> None:
        self._tables = Tables(":memory:", clock)

    async def take(self, windows: Windows, now: float, reach: float = 0.0) -> Grant | float:
        value = self._tables.take(windows, reach).value
        return value if isinstance(value, Grant) else now + value

    async def settle(self, grant: Grant, outcome: Outcome, now: float) -> bool:
        until = None if outcome.until is None else outcome.until - now
        return self._tables.settle(grant, outcome._replace(until=until)).value

    async def forecast(self, windows: Windows, ahead: Sequence[int], now: float) -> float:
        return now + self._tables.forecast(windows, ahead).value

    def level(self, spec: WindowSpec, now: float) -> Level:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        self._tables.close()


class Days:
    """Four processes that want more, and what the server sees of them.

    Args:
        limit: requests in a window, as we count.
        per: seconds of a window.
        seed: of what happens by chance.
        server: what it allows; the same limit, if it is not told.
        cancelled: share of flights that never leave.
        killed: share of flights whose process is killed.
        rests: share of flights after which a process wants nothing for up to half a window.
        looks: how often in a window a waiting process looks again.
    """

    def __init__(
        self,
        limit: int,
        per: float,
        seed: int,
        *,
        server: Server | None = None,
        cancelled: float = 0.0,
        killed: float = 0.0,
        rests: float = 0.0,
        looks: int = 100,
    ) -> None:
        self.now = 1_500_000_000.0
        self.jumped = 0.0  # by how much the processes' clock is wrong
        self.worst = self.refused = self.arrived = 0
        self.seconds = 0.0
        self._per = per
        self._looks = looks
        self._server = server or Server(limit)
        self._cancelled, self._killed, self._rests = cancelled, killed, rests
        self._rng = random.Random(seed)
        self._windows = Quota(limit, per=per).windows("somebody", None)
        self._arrivals = deque[float]()
        self._events: list[tuple[float, int, Event]] = []
        self._numbers = count()

    def clock(self) -> float:
        """What the processes believe the time to be."""
        return self.now + self.jumped

    def at(self, when: float, event: Event) -> None:
        """Have something happen."""
        heapq.heappush(self._events, (when, next(self._numbers), event))

    async def run(self, store: Store, seconds: float) -> None:
        """Let time pass."""
        self._store, self.seconds = store, seconds
        end = self.now + seconds
        for _ in range(4):
            self.at(self.now, self._look)
        while self._events[0][0] < end:
            self.now, _number, event = heapq.heappop(self._events)
            await event()

    def jump(self, seconds: float) -> Event:
        """Put the processes' clock forward, or back."""

        async def jumps() -> None:
            self.jumped += seconds

        return jumps

    async def _look(self) -> None:
        """A process takes a place, or looks again later."""
        value = await self._store.take(self._windows, self.now, REACH)
        if not isinstance(value, Grant):
            self.at(min(value, self.now + self._per / self._looks) + 1e-6, self._look)
            return
        fate = self._rng.random()
        if fate < self._cancelled:
            await self._store.settle(value, Outcome(None), self.now)
        else:
            is_killed = fate < self._cancelled + self._killed
            uplink = self._rng.uniform(0.0, UPLINK)
            self.at(self.now + uplink, lambda: self._arrive(value, is_killed=is_killed))
        rests = self._rng.random() < self._rests
        self.at(self.now + self._rng.uniform(0.0, self._per / 2 if rests else 0.2), self._look)

    async def _arrive(self, grant: Grant, *, is_killed: bool) -> None:
        used, server = self._count(), self._server
        self.arrived += 1
        if is_killed:
            return
        left = server.limit - used
        quota = server.tells(server.limit, max(0, left), self._rng)
        refused = None
        if left < 0:
            quota, refused = ServerQuota(), ""
        downlink = self._rng.uniform(0.0, DOWNLINK)

        async def answered() -> None:
            outcome = Outcome(self.now + self._per, quota, refused)
            await self._store.settle(grant, outcome, self.now)

        self.at(self.now + downlink, answered)

    def _count(self) -> int:
        self._arrivals.append(self.now)
        while self._arrivals[0] <= self.now - self._per:
            self._arrivals.popleft()
        used = len(self._arrivals)
        self.worst = max(self.worst, used)
        self.refused += used > self._server.limit
        return used
