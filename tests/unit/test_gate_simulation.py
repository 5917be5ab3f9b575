"""The gate against a server that counts arrivals, with slow lines and fickle callers.

Ten thousand callers, a quarter of whom are cancelled at random moments: while they wait, at
the grant, in flight. Requests arrive at the server some time after they left, also those
whose caller is gone.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque

import pytest
from attrs import define, field

from instagram_async import Quota
from instagram_async.quota import RateLimitSemaphore, WindowSpec
from instagram_async.quota.lane import Caller, Lane
from tests.support.virtual import VirtualClock, run

LIMIT, PER = 500, 600.0
UPLINK, DOWNLINK = 1.5, 0.5  # seconds at most; `reach` covers the first


@define
class Server:
    """Counts what arrives in a sliding window, as the reference says v1 did."""

    limit: int
    per: float
    arrivals: deque[float] = field(factory=deque)
    total: int = 0
    worst: int = 0
    last: float = 0.0

    def arrive(self) -> None:
        now = asyncio.get_running_loop().time()
        self.last = now
        self.total += 1
        self.arrivals.append(now)
        while self.arrivals[0] <= now - self.per:
            self.arrivals.popleft()
        self.worst = max(self.worst, len(self.arrivals))


@define
class Crowd:
    """Callers of one lane, and what became of them."""

    gate: RateLimitSemaphore
    windows: tuple[WindowSpec, ...]
    servers: tuple[Server, ...]
    rng: random.Random
    granted: list[int] = field(factory=list)
    finished: set[int] = field(factory=set)
    cancelled: dict[str, int] = field(factory=dict)
    doomed: set[asyncio.Task[None]] = field(factory=set)

    async def call(self, number: int, leaving: asyncio.Event | None = None) -> None:
        loop = asyncio.get_running_loop()
        async with self.gate.flight(self.windows, reach=UPLINK) as flight:
            self.granted.append(number)
            if self.rng.random() < 0.05:
                await asyncio.sleep(self.rng.random())  # signing takes its time, nothing left yet
            if leaving is not None:
                leaving.set()
            flight.leaves()
            uplink = self.rng.uniform(0.0, UPLINK)
            for server in self.servers:
                loop.call_later(uplink, server.arrive)
            await asyncio.sleep(uplink + self.rng.uniform(0.0, DOWNLINK))
            flight.answered()
        self.finished.add(number)

    async def fickle(self, number: int) -> None:
        """A caller who is cancelled: waiting, at the grant or in flight."""
        leaving = asyncio.Event()
        task = asyncio.ensure_future(self.call(number, leaving))
        moment = self.rng.choice(("queued", "at the grant", "in flight"))
        if moment == "queued":
            await asyncio.wait([task], timeout=self.rng.uniform(0.0, PER * 10))
        elif moment == "at the grant":
            self.doomed.add(task)
            await asyncio.wait([task])
        else:
            left = asyncio.ensure_future(leaving.wait())
            await asyncio.wait([task, left], return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait([task], timeout=self.rng.uniform(0.0, UPLINK))
        task.cancel()
        await asyncio.wait([task])
        if task.cancelled():
            self.cancelled[moment] = self.cancelled.get(moment, 0) + 1


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> set[asyncio.Task[None]]:
    """The tasks in this set are cancelled between being called and running."""
    doomed: set[asyncio.Task[None]] = set()
    waiting: dict[Caller, asyncio.Task[None] | None] = {}
    join, call = Lane.join, Caller.call

    def joined(lane: Lane, caller: Caller) -> None:
        waiting[caller] = asyncio.current_task()
        join(lane, caller)

    def called(caller: Caller) -> None:
        call(caller)
        task = waiting.get(caller)
        if task in doomed and task is not None:
            task.cancel()

    monkeypatch.setattr(Lane, "join", joined)
    monkeypatch.setattr(Caller, "call", called)
    return doomed


@pytest.mark.parametrize("seed", [1, 2])
def test_crowd(seed: int, tasks: set[asyncio.Task[None]]) -> None:
    """The server's window is never over, nobody starves, no place is lost."""
    rng = random.Random(seed)
    server = Server(LIMIT, PER)
    steady = set(rng.sample(range(10_000), 7_500))

    async def scenario() -> Crowd:
        gate = RateLimitSemaphore(64, clock=VirtualClock())
        windows = Quota(LIMIT, per=PER).windows("one", None)
        crowd = Crowd(gate, windows, (server,), rng, doomed=tasks)
        await asyncio.gather(
            *[crowd.call(n) if n in steady else crowd.fickle(n) for n in range(10_000)]
        )
        await _nothing_is_lost(gate, windows)
        return crowd

    crowd = run(scenario())
    assert server.worst <= LIMIT
    assert crowd.finished >= steady
    in_order = [number for number in crowd.granted if number in steady]
    assert in_order == sorted(in_order)
    assert min(crowd.cancelled[moment] for moment in ("queued", "at the grant", "in flight")) > 300


async def _nothing_is_lost(gate: RateLimitSemaphore, windows: tuple[WindowSpec, ...]) -> None:
    """A window later every place can be had at once, and not one more."""
    await asyncio.sleep(2 * PER)
    now = asyncio.get_running_loop().time
    start = now()
    for _ in range(LIMIT):
        async with gate.flight(windows) as flight:
            flight.leaves()
            flight.answered()
    assert now() == start
    async with gate.flight(windows):
        assert now() >= start + PER


def test_use_under_steady_demand(tasks: set[asyncio.Task[None]]) -> None:
    """With demand that never ends, at least 99 % of what the server allows is used."""
    server = Server(LIMIT, PER)
    rng = random.Random(3)

    async def scenario() -> float:
        gate = RateLimitSemaphore(64, clock=VirtualClock())
        windows = Quota(LIMIT, per=PER).windows("one", None)
        crowd = Crowd(gate, windows, (server,), rng, doomed=tasks)
        start = asyncio.get_running_loop().time()
        await asyncio.gather(
            *[crowd.call(n) if n % 4 else crowd.fickle(n) for n in range(20 * LIMIT)]
        )
        return server.last - start

    seconds = run(scenario())
    assert server.worst <= LIMIT
    # The best possible: a full window at once, and the next one the moment it has slid by.
    ideal = PER * ((server.total - 1) // LIMIT)
    assert ideal / seconds >= 0.99


def test_jumps_of_the_calendar_are_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of a client reads the calendar once, and then counts seconds."""
    rng = random.Random(6)
    server = Server(LIMIT, PER)

    async def scenario() -> float:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr("time.monotonic", loop.time)
        monkeypatch.setattr("time.time", lambda: rng.uniform(0.0, 4e9))
        start = loop.time()
        crowd = Crowd(
            RateLimitSemaphore(64), Quota(LIMIT, per=PER).windows("one", None), (server,), rng
        )
        await asyncio.gather(*[crowd.call(n) for n in range(4 * LIMIT)])
        return loop.time() - start

    seconds = run(scenario())
    assert server.worst == LIMIT
    assert 3 * PER / seconds >= 0.99


def test_families() -> None:
    """A closed family holds up nobody else, and stays first come, first served."""
    rng = random.Random(4)
    quota = Quota(LIMIT, per=PER, families={"likes": 20})
    general, likes = Server(LIMIT, PER), Server(20, PER)

    async def scenario() -> tuple[Crowd, Crowd, float]:
        gate = RateLimitSemaphore(64, clock=VirtualClock())
        reads = Crowd(gate, quota.windows("one", None), (general,), rng)
        writes = Crowd(gate, quota.windows("one", "likes"), (general, likes), rng)
        start = asyncio.get_running_loop().time()
        likers = asyncio.gather(*[writes.call(n) for n in range(100)])
        await asyncio.sleep(0)
        await asyncio.gather(*[reads.call(n) for n in range(LIMIT - 20)])
        undisturbed = asyncio.get_running_loop().time() - start
        await likers
        return reads, writes, undisturbed

    reads, writes, undisturbed = run(scenario())
    assert (general.worst, likes.worst) == (LIMIT, 20)
    assert undisturbed < PER / 10
    assert reads.granted == sorted(reads.granted)
    assert writes.granted == list(range(100))
