"""Whose turn it is among many lanes."""

from __future__ import annotations

import asyncio
from random import Random

from instagram_async import Quota, RateLimitSemaphore
from instagram_async.quota.lane import Caller, Lane
from instagram_async.quota.lanes import Lanes
from instagram_async.testing import ManualClock

QUOTA = Quota(10, per=60, families={"likes": 5})


def joined(lanes: Lanes, *owners: int, family: str | None = None) -> list[tuple[Lane, Caller]]:
    stands = []
    for ticket, owner in enumerate(owners):
        caller = Caller(ticket, None)
        stands.append((lanes.join(QUOTA.windows(str(owner), family), caller), caller))
    return stands


def test_the_oldest_of_all_heads_is_first() -> None:
    lanes = Lanes()
    stands = dict(enumerate(joined(lanes, 1, 2, 1, 3, 2)))
    for gone in Random(7).sample(range(5), 5):
        assert lanes.first(0.0) is stands[min(stands)][1]
        lanes.leave(*stands.pop(gone))
    assert lanes.first(0.0) is None
    assert not lanes
    assert not any(vars(lanes).values())  # nothing is kept of those who are gone


def test_a_closed_lane_holds_up_nobody() -> None:
    lanes = Lanes()
    (first, _), (_, second) = joined(lanes, 1, 2)
    clock = ManualClock(now=0)
    first.wait(50.0, clock.call_at(50.0, lambda: None))
    assert lanes.first(10.0) is second
    lanes.reopen(first)
    assert lanes.first(10.0) is first.head


def test_only_lanes_that_share_a_window_are_opened() -> None:
    lanes = Lanes()
    (likes, _), (other, _) = joined(lanes, 1, 2, family="likes")
    reads = lanes.join(QUOTA.windows("1", None), Caller(9, None))
    clock = ManualClock(now=0)
    for lane in (likes, reads, other):
        lane.wait(50.0, clock.call_at(50.0, lambda: None))
    assert lanes.first(10.0) is None
    lanes.reopen_sharing(QUOTA.windows("1", None))
    assert (likes.closed_until, reads.closed_until, other.closed_until) == (0.0, 0.0, 50.0)
    assert lanes.first(10.0) is likes.head
    assert lanes.ahead(QUOTA.windows("1", "likes")) == [2, 1]
    assert lanes.ahead(QUOTA.windows("3", None)) == [0]


def test_only_those_are_overdue_whose_deadline_passes() -> None:
    lane = Lane(QUOTA.windows("1", None))
    callers = [Caller(ticket, until) for ticket, until in enumerate((None, 50.0, 70.0, None))]
    for caller in callers:
        lane.join(caller)
    for caller in callers:
        if caller.deadline is None:
            lane.leave(caller)
    assert [*lane.overdue(50.0)] == []
    assert [*lane.overdue(50.1)] == [callers[1]]


async def test_thousands_of_tokens_in_the_order_in_which_they_came() -> None:
    gate = RateLimitSemaphore(1)
    served: list[int] = []

    async def call(owner: int) -> None:
        async with gate.flight(QUOTA.windows(str(owner), None)) as flight:
            served.append(owner)
            await asyncio.sleep(0)
            flight.leaves()
            flight.answered()

    await asyncio.gather(*[call(owner) for owner in range(3000)])
    assert served == list(range(3000))
