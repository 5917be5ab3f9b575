"""A pause, such as a quota that is used up: what was asked for is kept before it is raised."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from instagram_async import (
    AuthenticationError,
    ClientClosedError,
    Pager,
    QuotaStoreError,
    RateLimitError,
    ServerQuota,
    UserSummary,
    bulk,
)
from instagram_async.paging import ListReply
from tests.support.desk import LIMIT, Desk, listings
from tests.support.jobs import Disk, FullDiskError, hall_of, job, shown
from tests.support.leftovers import nothing_left
from tests.support.lists import OPAQUE, listing
from tests.support.until import until

KEYS = ("1", "2", "3", "4")


def kept(disk: Disk) -> list[tuple[str, str]]:
    return sorted({(row.listing, row.identity) for row in disk.rows})


async def refused(desk: Desk, running: asyncio.Task[Any], *others: str) -> None:
    """Let all be asked for, and the first be refused; the others are awaited yet."""
    await until(lambda: desk.asked.total() == 1 + len(others))
    desk.let_go("1")
    await idle(running)
    assert desk.asked.total() == 1 + len(others)


async def idle(running: asyncio.Task[Any]) -> None:
    """Let whoever can go on do so; the run is not over by that."""
    for _ in range(50):
        await asyncio.sleep(0.001)
    assert not running.done()


async def test_pages_under_way_at_a_limit_are_kept_and_not_asked_for_again(tmp_path: Path) -> None:
    desk, disk = Desk(held=set(KEYS), refused={"1": LIMIT}), Disk()
    async with nothing_left(), desk.client() as client, job(tmp_path, disk) as one:
        running = asyncio.create_task(one.run(listings(client, *KEYS)))
        await refused(desk, running, "2", "3", "4")
        desk.let_go("4")
        await until(lambda: len(disk.rows) == 2)
        assert not running.done()  # two are awaited yet, and what came is kept
        desk.let_go("2", "3")
        with pytest.raises(RateLimitError) as caught:
            await running
        assert caught.value.status == 429
        assert desk.asked.total() == 4  # none has gone on
        assert {key for key, _ in kept(disk)} == {"2", "3", "4"}
        assert len(disk.rows) == 6
        assert list(one.failures()) == []

        desk.refused.clear()
        desk.clock.advance(7200)
        report = await one.run(listings(client, *KEYS))
        assert (report.over, report.items) == (4, 24 - 6)
        assert desk.asked.pop(("1", "0")) == 2
        assert set(desk.asked.values()) == {1}
    assert len(kept(disk)) == len(disk.rows) == 24


async def test_a_page_that_never_comes_is_waited_for_no_longer_than_it_may_take(
    tmp_path: Path,
) -> None:
    desk, disk = Desk(held=set(KEYS), refused={"1": LIMIT}), Disk()
    async with nothing_left(), desk.client() as client, job(tmp_path, disk) as one:
        running = asyncio.create_task(one.run(listings(client, "1", "2", "3")))
        await refused(desk, running, "2", "3")
        desk.clock.advance(59)
        await idle(running)
        desk.clock.advance(1)
        with pytest.raises(RateLimitError):
            await running
        assert desk.asked.total() == 3
        failures = sorted((failure.key, failure.error) for failure in one.failures())
        assert failures == [("2", "TransportError"), ("3", "TransportError")]


async def test_nor_longer_than_its_retries_take(tmp_path: Path) -> None:
    desk = Desk(held=set(KEYS), refused={"1": LIMIT})
    async with nothing_left(), desk.client(attempts=3) as client, job(tmp_path, Disk()) as one:
        running = asyncio.create_task(one.run(listings(client, "1", "2", "3")))
        await refused(desk, running, "2", "3")
        for _ in range(3 * 61 + 2):  # and two pauses of less than a second
            desk.clock.advance(1)
            for _ in range(50):
                await asyncio.sleep(0)
        async with asyncio.timeout(5):
            with pytest.raises(RateLimitError):
                await running


async def test_a_cancellation_does_not_wait(tmp_path: Path) -> None:
    desk, disk = Desk(held=set(KEYS), refused={"1": LIMIT}), Disk()
    async with nothing_left(), desk.client() as client, job(tmp_path, disk) as one:
        running = asyncio.create_task(one.run(listings(client, *KEYS)))
        await refused(desk, running, "2", "3", "4")
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running


async def test_the_end_of_the_block_does_not_wait(tmp_path: Path) -> None:
    desk, disk = Desk(held=set(KEYS), refused={"1": LIMIT}), Disk()
    async with nothing_left(), desk.client() as client:
        async with job(tmp_path, disk) as one:
            running = asyncio.create_task(one.run(listings(client, *KEYS)))
            await refused(desk, running, "2", "3", "4")
        with pytest.raises(RuntimeError, match=r"the block of `async with bulk\.Job\("):
            await running


@pytest.mark.parametrize(
    "end",
    [
        KeyError("oh"),
        AuthenticationError("oh", "GET it", 400),
        ClientClosedError("oh", "GET it"),
    ],
)
async def test_what_no_waiting_would_mend_does_not_wait(tmp_path: Path, end: Exception) -> None:
    gate = asyncio.Event()

    async def never(listing: Any, params: Any, tally: Any) -> ListReply[Any]:
        await gate.wait()
        raise AssertionError

    async def later(listing: Any, params: Any, tally: Any) -> ListReply[Any]:
        await asyncio.sleep(0.01)
        raise end

    pause = RateLimitError("later", "GET it", None, None, None)
    hall, disk = hall_of(shown("a", 9, mishaps=[pause])), Disk()
    pagers: dict[str, Pager[Any]] = {
        "a": hall.pager("a"),
        "b": Pager(listing(OPAQUE), later),
        "c": Pager(listing(OPAQUE), never),
    }
    async with nothing_left(), job(tmp_path, disk) as one:
        with pytest.raises(type(end), match="oh"):
            await one.run(pagers)
        assert list(one.failures()) == []


async def test_a_sink_that_fails_does_not_wait(tmp_path: Path) -> None:
    desk, disk = Desk(held=set(KEYS), refused={"1": LIMIT}), Disk(fail={"write": 0})
    async with nothing_left(), desk.client() as client, job(tmp_path, disk) as one:
        running = asyncio.create_task(one.run(listings(client, *KEYS)))
        await refused(desk, running, "2", "3", "4")
        desk.let_go("4")
        with pytest.raises(FullDiskError):
            await running


@pytest.mark.parametrize("first", [RateLimitError, QuotaStoreError])
async def test_the_first_pause_is_the_one_that_is_raised(tmp_path: Path, first: Any) -> None:
    gate = asyncio.Event()

    async def later(listing: Any, params: Any, tally: Any) -> ListReply[Any]:
        await gate.wait()
        raise RateLimitError("later", "GET it", None, None, None)

    async def now(listing: Any, params: Any, tally: Any) -> ListReply[Any]:
        asyncio.get_running_loop().call_later(0.01, gate.set)
        raise first("at first", "GET it")

    pagers: dict[str, Pager[Any]] = {
        "a": Pager(listing(OPAQUE), later),
        "b": Pager(listing(OPAQUE), now),
    }
    async with nothing_left(), job(tmp_path, Disk()) as one:
        with pytest.raises(first, match="at first"):
            await one.run(pagers)
        assert list(one.failures()) == []


@pytest.mark.parametrize("is_async", [False, True])
async def test_a_source_is_not_drawn_during_a_pause(tmp_path: Path, is_async: bool) -> None:
    desk, disk, drawn = Desk(held=set(KEYS), refused={"1": LIMIT}), Disk(), list[str]()

    async with nothing_left(), desk.client() as client, job(tmp_path, disk) as one:

        def source() -> Iterator[tuple[str, Pager[UserSummary]]]:
            for key, pager in listings(client, *KEYS).items():
                drawn.append(key)
                yield key, pager

        async def stream() -> AsyncIterator[tuple[str, Pager[UserSummary]]]:
            for pair in source():
                yield pair

        pairs: Any = stream() if is_async else source()
        running = asyncio.create_task(one.run(pairs, concurrency=2))
        await refused(desk, running, "2")
        desk.let_go("2")
        with pytest.raises(RateLimitError):
            await running
        assert drawn == ["1", "2"]
    assert len(disk.rows) == 2


async def test_what_a_pause_waits_for_is_told_and_so_is_its_end(tmp_path: Path) -> None:
    desk, told = Desk(held=set(KEYS), refused={"1": LIMIT}), list[bulk.Progress]()
    async with nothing_left(), desk.client() as client, job(tmp_path, Disk()) as one:
        running = asyncio.create_task(
            one.run(listings(client, "1", "2"), on_progress=told.append, progress_every=0)
        )
        await refused(desk, running, "2")
        desk.let_go("2")
        with pytest.raises(RateLimitError):
            await running
    assert [(one.items, one.open) for one in told] == [(0, 2), (2, 2), (2, 2)]
    assert told[-1].quota == ServerQuota()
