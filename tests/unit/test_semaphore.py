"""The gate, one situation at a time."""

from __future__ import annotations

import asyncio

import pytest

from instagram_async.quota import MemoryStore
from instagram_async.quota.store import Grant, Outcome
from tests.support.gates import LIKE, ONE, READ, fly, gate, idle


async def test_slots_and_places_together() -> None:
    made, clock = gate(slots=1)
    log: list[str] = []
    async with made.flight(READ) as first:
        waiting = asyncio.ensure_future(fly(made, log=log, name="second"))
        await idle()
        assert log == []
        first.leaves()
        first.answered()
    await waiting
    third = asyncio.ensure_future(fly(made, log=log, name="third"))
    await idle()
    assert log == ["second"]
    clock.advance(59.9)
    await idle()
    assert log == ["second"]
    clock.advance(0.1)
    await third
    assert log == ["second", "third"]


async def test_what_never_left_gives_everything_back() -> None:
    made, _ = gate(slots=1)
    async with asyncio.timeout(1):
        for _ in range(10):
            async with made.flight(LIKE):
                pass
            async with made.flight(READ) as flight:
                flight.leaves()
                flight.never_sent()
        await fly(made, LIKE)


async def test_a_lost_request_holds_its_place_as_long_as_it_may_arrive() -> None:
    made, clock = gate()
    with pytest.raises(OSError, match="lost"):
        async with made.flight(READ, reach=30) as flight:
            flight.leaves()
            clock.advance(5)
            raise OSError("lost")
    await fly(made)
    log: list[str] = []
    waiting = [asyncio.ensure_future(fly(made, log=log, name=n)) for n in ("a", "b")]
    await idle()
    clock.advance(60)
    await idle()
    assert log == ["a"]  # the answered one's place
    clock.advance(24.9)
    await idle()
    assert log == ["a"]
    clock.advance(0.1)  # 30 s of reach and a window after it left
    await asyncio.gather(*waiting)


async def test_a_closed_family_holds_up_nobody_else() -> None:
    made, clock = gate()
    await fly(made, LIKE)
    log: list[str] = []
    like = asyncio.ensure_future(fly(made, LIKE, log=log, name="like"))
    await idle()
    await fly(made, READ, log=log, name="read")
    assert log == ["read"]
    clock.advance(60)
    await like


async def test_the_oldest_waiter_of_the_open_lanes_goes_first() -> None:
    made, _ = gate(slots=1)
    log: list[str] = []
    async with made.flight(READ):
        names = [("read 1", READ), ("like", LIKE), ("read 2", READ)]
        waiting = []
        for name, windows in names:
            waiting.append(asyncio.ensure_future(fly(made, windows, log=log, name=name)))
            await idle()
    await asyncio.gather(*waiting[:2])
    assert log == ["read 1", "like"]
    waiting[2].cancel()


async def test_a_newcomer_overtakes_nobody() -> None:
    made, _ = gate(slots=1)
    log: list[str] = []
    async with made.flight(READ):
        first = asyncio.ensure_future(fly(made, log=log, name="first"))
        await idle()
    second = asyncio.ensure_future(fly(made, log=log, name="second"))
    await asyncio.gather(first, second)
    assert log == ["first", "second"]


async def test_a_newcomer_takes_nothing_that_others_gave_back() -> None:
    store = MemoryStore()
    made, clock = gate(store=store)
    theirs = [await store.take(READ, clock.now()) for _ in range(2)]
    log: list[str] = []
    first = asyncio.ensure_future(fly(made, log=log, name="first"))
    await idle()
    assert isinstance(theirs[0], Grant)
    await store.settle(theirs[0], Outcome(None), clock.now())  # unseen by the gate
    second = asyncio.ensure_future(fly(made, log=log, name="second"))
    await idle()
    assert log == []
    clock.advance(60)
    await first
    assert log == ["first"]
    second.cancel()


async def test_a_place_given_back_wakes_who_waits() -> None:
    made, _ = gate()
    await fly(made)
    log: list[str] = []
    async with made.flight(READ):  # which never leaves
        waiting = asyncio.ensure_future(fly(made, log=log, name="next"))
        await idle()
        assert log == []
    await idle()
    assert log == ["next"]
    await waiting


async def test_who_asked_in_vain_has_given_back_one_slot() -> None:
    made, clock = gate(slots=1)
    await fly(made)
    await fly(made)
    waiting = asyncio.ensure_future(fly(made))
    await idle()
    clock.advance(60)
    await waiting
    log: list[str] = []
    async with made.flight(READ):
        other = asyncio.ensure_future(fly(made, ONE.windows("two", None), log=log, name="other"))
        await idle()
        assert log == []
    await other


async def test_a_cancelled_waiter_leaves_no_trace() -> None:
    made, clock = gate()
    await fly(made)
    await fly(made)
    waiting = [asyncio.ensure_future(fly(made)) for _ in range(5)]
    await idle()
    for task in waiting[:4]:
        task.cancel()
    await idle()
    clock.advance(60)
    await waiting[4]
    assert clock.next_timer() is None


async def test_one_who_is_called_after_he_was_cancelled() -> None:
    made, _ = gate(slots=1)
    log: list[str] = []
    async with made.flight(READ):
        first = asyncio.ensure_future(fly(made, log=log, name="first"))
        second = asyncio.ensure_future(fly(made, log=log, name="second"))
        await idle()
        first.cancel()  # and the flight ends before he has heard of it
    await second
    assert (first.cancelled(), log) == (True, ["second"])
