"""Those who wait at the gate: how long, who is refused, what is said about it."""

from __future__ import annotations

import asyncio
import logging

import pytest

from instagram_async import Quota, RateLimitError, ServerQuota
from instagram_async.hooks import QuotaWait
from instagram_async.quota import MemoryStore, RateLimitSemaphore
from instagram_async.quota.store import Grant, Outcome
from tests.support.gates import LIKE, ONE, READ, fly, gate, idle


async def test_max_wait_refuses_at_once() -> None:
    made, clock = gate()
    await fly(made)
    await fly(made)
    with pytest.raises(RateLimitError) as raised:
        await fly(made, max_wait=59)
    assert clock.now() == 1000
    error = raised.value
    assert (error.operation, error.family, error.status) == ("GET it", None, None)
    assert error.retry_at is not None
    assert error.retry_at.timestamp() == 1060
    assert "1970-01-01 00:17:40 UTC" in str(error)
    patient = asyncio.ensure_future(fly(made, max_wait=60))
    await idle()
    clock.advance(60)
    await patient


async def test_max_wait_counts_those_ahead() -> None:
    made, clock = gate()
    await fly(made)
    await fly(made)
    waiting = [asyncio.ensure_future(fly(made)) for _ in range(2)]
    await idle()
    with pytest.raises(RateLimitError) as raised:
        await fly(made, max_wait=100)
    assert raised.value.retry_at is not None
    assert raised.value.retry_at.timestamp() == 1120
    clock.advance(60)
    await asyncio.gather(*waiting)


async def test_a_forecast_stands_behind_those_who_wait() -> None:
    made, clock = gate()
    await fly(made)
    await fly(made)
    assert await made.opens_at(READ) == 1060
    waiting = asyncio.ensure_future(fly(made))
    await idle()
    assert await made.opens_at(READ) == 1060  # two places come free
    assert await made.opens_at(READ, ahead=1) == 1120
    clock.advance(60)
    await waiting


async def test_max_wait_names_the_family() -> None:
    made, _ = gate()
    await fly(made, LIKE)
    with pytest.raises(RateLimitError) as raised:
        await fly(made, LIKE, max_wait=1)
    assert raised.value.family == "likes"


async def test_a_window_that_closes_later_refuses_those_who_would_wait_too_long() -> None:
    made, clock = gate(slots=1)
    async with made.flight(READ) as flight:
        waiting = asyncio.ensure_future(fly(made, max_wait=30))
        await idle()
        flight.leaves()
        flight.answered(ServerQuota(retry_after=45), refused="")
    with pytest.raises(RateLimitError):
        await waiting
    assert clock.now() == 1000
    assert clock.next_timer() is None


async def test_a_deadline_that_passes_refuses() -> None:
    made, clock = gate()
    async with made.flight(READ) as one, made.flight(READ) as two:
        one.leaves()
        two.leaves()
        waiting = asyncio.ensure_future(fly(made, max_wait=60))
        await idle()
        clock.advance(59)
        await idle()
        assert not waiting.done()
        one.answered()
        two.answered()
    clock.advance(1)
    with pytest.raises(RateLimitError):
        await waiting


async def test_waiting_for_a_slot_is_no_waiting_for_quota() -> None:
    made, clock = gate(slots=1)
    async with made.flight(READ):
        waiting = asyncio.ensure_future(fly(made, max_wait=1))
        await idle()
        clock.advance(500)
        await idle()
        assert not waiting.done()
    await waiting


async def test_a_refusal_closes_for_all_and_a_probe_opens() -> None:
    made, clock = gate()
    await fly(made, refused="")
    log: list[str] = []
    waiting = asyncio.ensure_future(fly(made, log=log, name="later"))
    await idle()
    assert log == []
    assert await made.opens_at(READ) == 1060
    clock.advance(60)
    await waiting


async def test_a_families_refusal_leaves_the_general_window_open() -> None:
    made, _ = gate()
    await fly(made, ONE.windows("two", "likes"), refused="likes")
    await fly(made, ONE.windows("two", None))


@pytest.mark.parametrize("quota", [Quota.unlimited(), Quota(100, per=60)])
async def test_a_family_without_a_window_closes_the_general_one(quota: Quota) -> None:
    made, clock = gate()
    windows = quota.windows("plain", "likes")
    await fly(made, windows, refused="likes")
    waiting = asyncio.ensure_future(fly(made, quota.windows("plain", None)))
    await idle()
    assert not waiting.done()
    clock.advance(60)
    await waiting


async def test_headers_that_say_more_wake_those_who_wait() -> None:
    made, clock = gate()
    wide = Quota(60, per=60).windows("wide", None)
    async with made.flight(wide) as probe:
        await fly(made, wide, quota=ServerQuota(60, 0))
        log: list[str] = []
        waiting = [asyncio.ensure_future(fly(made, wide, log=log, name=n)) for n in "abc"]
        await idle()
        assert log == []
        clock.advance(1)  # a sixtieth: one may go and look
        await idle()
        assert log == ["a"]
        probe.leaves()
    for _ in range(3):
        clock.advance(1)
        await idle()
    await asyncio.gather(*waiting)


async def test_one_warning_and_one_hook_for_a_long_wait(caplog: pytest.LogCaptureFixture) -> None:
    told: list[QuotaWait] = []
    made, clock = gate(on_wait=told.append)
    await fly(made)
    await fly(made)
    with caplog.at_level(logging.WARNING, logger="instagram_async.quota"):
        waiting = [asyncio.ensure_future(fly(made)) for _ in range(2)]
        await idle()
        clock.advance(60)
        await asyncio.gather(*waiting)
    assert [record.getMessage() for record in caplog.records] == [
        "quota of all requests is used up: 1 waiting, the next may go in 60 s"
    ]
    assert told == [QuotaWait(None, 60.0, 1)]


async def test_a_wait_for_a_family_is_told_by_its_name() -> None:
    told: list[QuotaWait] = []
    made, clock = gate(on_wait=told.append)
    await fly(made, LIKE)
    waiting = asyncio.ensure_future(fly(made, LIKE))
    await idle()
    clock.advance(60)
    await waiting
    assert told == [QuotaWait("likes", 60.0, 1)]


@pytest.mark.parametrize(("seconds", "words"), [(4.5, 0), (5.0, 0), (5.5, 1)])
async def test_short_waits_are_not_worth_a_word(
    seconds: float, words: int, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[QuotaWait] = []
    made, clock = gate(on_wait=told.append)
    brief = Quota(1, per=seconds).windows("brief", None)
    await fly(made, brief)
    waiting = asyncio.ensure_future(fly(made, brief))
    await idle()
    clock.advance(seconds)
    await waiting
    assert (len(told), len(caplog.records)) == (words, words)


async def test_a_flight_is_entered_before_it_is_left() -> None:
    made, _ = gate()
    with pytest.raises(RuntimeError, match="entered"):
        await made.flight(READ).__aexit__(None, None, None)


def test_a_gate_without_slots_is_refused() -> None:
    with pytest.raises(ValueError, match="slots"):
        RateLimitSemaphore(0)


async def test_windows_of_forgotten_owners_are_dropped() -> None:
    store = MemoryStore()
    made, clock = gate(store=store)
    for owner in range(1024):
        await fly(made, ONE.windows(str(owner), None))
    clock.advance(60)
    await fly(made, ONE.windows("new", None))
    assert len(vars(store)["_windows"]) == 1


async def test_windows_are_looked_through_whenever_they_have_doubled() -> None:
    store = MemoryStore()
    for owner in range(1100):
        await store.take(ONE.windows(str(owner), None), 1000.0)
    for owner in range(1100, 2049):
        assert len(vars(store)["_windows"]) == owner
        store.level(ONE.windows(str(owner), None)[0], 1000.0)
    assert len(vars(store)["_windows"]) == 1101


async def test_windows_are_not_looked_through_in_the_middle_of_a_take() -> None:
    store = MemoryStore()
    for owner in range(1023):
        store.level(ONE.windows(str(owner), None)[0], 1000.0)
    grant = await store.take(LIKE, 1000.0)
    assert [store.level(spec, 1000.0).used for spec in LIKE] == [1, 1]
    assert isinstance(grant, Grant)
    await store.settle(grant, Outcome(None), 1000.0)
    assert [store.level(spec, 1000.0).used for spec in LIKE] == [0, 0]


async def test_the_real_clock() -> None:
    made = RateLimitSemaphore(1)
    brief = Quota(1, per=0.01).windows("brief", None)
    start = asyncio.get_running_loop().time()
    for _ in range(4):
        await fly(made, brief)
    assert asyncio.get_running_loop().time() - start >= 0.03
