"""Holds a store that others share against the one in memory: the same asked, the same said."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import strategies as st

from instagram_async.quota import MemoryStore, Quota, ServerQuota, Store
from instagram_async.quota.store import Grant, Outcome, Windows

PER = 60.0
REACH = 10_000.0  # so that no flight ends unsettled, which memory does not know
_FAMILIES = (None, "likes", "comments")

quotas = st.builds(
    Quota,
    st.one_of(st.none(), st.integers(2, 5), st.integers(2, 5), st.integers(2, 5)),
    per=st.just(PER),
    families=st.fixed_dictionaries({"likes": st.integers(1, 3)}),
    paced=st.sampled_from((False, False, True)),
)
remainders = st.one_of(st.none(), st.integers(0, 6))
headers = st.one_of(
    st.none(),
    st.builds(
        ServerQuota, remainders, remainders, st.one_of(st.none(), st.sampled_from((0.5, 7.0, 90.0)))
    ),
)
_pauses = st.sampled_from((0.0, 0.001, 0.5, 3.0, 13.0, 29.0, 61.0))
_take = st.tuples(st.just("take"), _pauses, st.sampled_from(_FAMILIES))
_settle = st.tuples(
    st.just("settle"),
    _pauses,
    st.integers(0, 5),
    st.sampled_from((None, -1.0, 0.0, 5.0, PER, PER, PER, PER + 20.0)),
    headers,
    st.sampled_from((None, None, "", "likes", "comments")),
)
steps = st.lists(st.one_of(_take, _settle), min_size=10, max_size=60)


@dataclass
class Pair:
    """Two stores that are asked the same things at the same time."""

    quota: Quota
    other: Store
    present: float = 1_500_000_000.0
    memory: MemoryStore = field(default_factory=MemoryStore)
    flights: list[tuple[Grant, Grant]] = field(default_factory=list)

    def windows(self, family: str | None) -> Windows:
        return self.quota.windows("somebody", family)

    async def take(self, family: str | None) -> None:
        windows = self.windows(family)
        one = await self.memory.take(windows, self.present, REACH)
        two = await self.other.take(windows, self.present, REACH)
        if isinstance(one, Grant) and isinstance(two, Grant):
            self.flights.append((one, two))
        else:
            assert not isinstance(one, Grant)
            assert not isinstance(two, Grant)
            self.same(one, two)

    async def settle(
        self, at: int, until: float | None, quota: ServerQuota | None, refused: str | None
    ) -> None:
        if not self.flights:
            return
        one, two = self.flights.pop(at % len(self.flights))
        end = None if until is None else self.present + until
        outcome = Outcome(end, quota, None if quota is None else refused)
        changed = await self.memory.settle(one, outcome, self.present)
        assert await self.other.settle(two, outcome, self.present) == changed

    async def look(self, ahead: tuple[int, ...]) -> None:
        """Everything that can be known of the windows, and what it would be behind others."""
        windows = self.windows("likes")
        one = await self.memory.forecast(windows, ahead, self.present)
        two = await self.other.forecast(windows, ahead, self.present)
        self.same(one, two)
        for spec in windows:
            ours, theirs = (store.level(spec, self.present) for store in (self.memory, self.other))
            if spec.limit is not None:
                assert theirs.used == ours.used
            assert (theirs.left, theirs.limit) == (ours.left, ours.limit)
            self.same(ours.free_at, theirs.free_at)

    def same(self, one: float, two: float) -> None:
        assert abs(max(one, self.present) - max(two, self.present)) < 1e-4

    async def run(self, asked: list[tuple[Any, ...]]) -> None:
        """Ask both."""
        for name, pause, *arguments in asked:
            self.present += pause
            await getattr(self, name)(*arguments)
            for before in (0, 1, 4):
                await self.look((before, before // 2))


async def take_and_cancel(store: Store, windows: Windows, turns: int, late: float | None) -> None:
    """Ask for places twenty times and cancel each; what was granted even so is given back.

    Args:
        store: who is asked.
        windows: for places in which.
        turns: of the loop, after which it is cancelled.
        late: seconds that pass besides, `None` for no time at all.
    """
    for _ in range(20):
        task = asyncio.ensure_future(store.take(windows, 0.0))
        for _ in range(turns):
            await asyncio.sleep(0)
        if late is not None:
            await asyncio.sleep(late)
        task.cancel()
        with suppress(asyncio.CancelledError):
            grant = await task
            if isinstance(grant, Grant):
                await store.settle(grant, Outcome(None), 0.0)


async def settle_and_cancel(store: Store, windows: Windows) -> None:
    """Give a place back, and be cancelled as soon as that was asked for."""
    grant = await store.take(windows, 0.0)
    assert isinstance(grant, Grant)
    task = asyncio.ensure_future(store.settle(grant, Outcome(None), 0.0))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
