"""A job tells how far it is, as often as it is asked to."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from instagram_async import Client, bulk
from instagram_async.testing import ManualClock
from tests.support.desk import Desk, listings
from tests.support.jobs import Disk, ListSink, hall_of, job, shown
from tests.support.leftovers import nothing_left
from tests.support.until import until


async def test_progress_is_told_after_commits_and_at_the_end(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23), shown("b", 7)), Disk()
    told = list[bulk.Progress]()
    async with job(tmp_path, disk) as one:
        await one.run(hall.pagers(), on_progress=told.append, progress_every=0)
        assert len(told) > 3
        assert [one.items for one in told] == sorted(one.items for one in told)
        assert told[-1]._replace(rate=0) == bulk.Progress(2, 2, 0, 0, 30, 7, eta=0.0)
        rarely = list[bulk.Progress]()
        await one.run(iter(hall.pagers().items()), on_progress=rarely.append, progress_every=1e9)
        assert rarely == [bulk.Progress(None, 2, 0, 0, 0, 0)]


async def test_progress_is_told_as_often_as_asked_for(tmp_path: Path) -> None:
    hall, disk, clock = hall_of(shown("a", 35)), Disk(), ManualClock(1000)
    loop = asyncio.get_running_loop()

    class Slow(ListSink):
        """Takes a second for five items."""

        def flush(self, *, last: bool) -> str:
            if disk.rows:
                loop.call_soon_threadsafe(clock.advance, 1)
            return super().flush(last=last)

    told = list[tuple[float, int, float]]()

    def tell(progress: bulk.Progress) -> None:
        told.append((clock.now() - 1000, progress.items, progress.rate))

    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Slow(disk), clock=clock) as one:
        await one.run(hall.pagers(), on_progress=tell, progress_every=3)
        assert clock.next_timer() is None
    assert told == [(3, 10, 10 / 3), (6, 25, 25 / 6), (7, 35, 5)]


@asynccontextmanager
async def waiting(desk: Desk, folder: Path) -> AsyncIterator[tuple[Client, bulk.Job]]:
    """A job of the desk's time, of which nothing is left behind."""
    desk.held.update("12")
    disk = Disk()
    async with nothing_left(), desk.client(seconds=1e9) as client:
        sink = ListSink(disk)
        async with bulk.Job(ledger=folder / "ledger.db", sink=sink, clock=desk.clock) as one:
            yield client, one
            assert desk.clock.next_timer() is None


async def test_a_job_that_waits_tells_so(tmp_path: Path) -> None:
    desk, told = Desk(), list[bulk.Progress]()
    async with waiting(desk, tmp_path) as (client, one):
        pagers = listings(client, "1", "2")
        running = asyncio.create_task(one.run(pagers, on_progress=told.append))
        await until(lambda: desk.asked.total() == 2)
        desk.clock.advance(10)
        assert [(one.items, one.open, one.rate) for one in told] == [(0, 2, 0)] * 10
        desk.let_go("1")

        def over() -> int:
            desk.clock.advance(1)
            return told[-1].over

        await until(over)
        assert told[-1].items == 6
        desk.let_go("2")
        await running
        assert (told[-1].over, told[-1].items) == (2, 12)


async def test_after_each_commit_is_by_no_clock(tmp_path: Path) -> None:
    desk, told = Desk(), list[bulk.Progress]()
    async with waiting(desk, tmp_path) as (client, one):
        pagers = listings(client, "1")
        running = asyncio.create_task(one.run(pagers, on_progress=told.append, progress_every=0))
        await until(lambda: desk.asked.total() == 1)
        desk.clock.advance(10)
        assert told == []
        desk.let_go("1")
        await running
        assert [one.items for one in told] == [2, 4, 6, 6]


async def test_what_the_callback_raises_while_a_job_waits_ends_it(tmp_path: Path) -> None:
    desk, calls = Desk(), 0

    def tell(progress: bulk.Progress) -> None:
        nonlocal calls
        calls += 1
        raise LookupError("no screen")

    async with waiting(desk, tmp_path) as (client, one):
        running = asyncio.create_task(one.run(listings(client, "1", "2"), on_progress=tell))
        await until(lambda: desk.asked.total() == 2)
        desk.clock.advance(10)
        with pytest.raises(LookupError, match="no screen"):
            await running
        assert calls == 1


async def test_what_the_callback_raises_during_a_commit_ends_the_run_behind_it(
    tmp_path: Path,
) -> None:
    hall, disk, clock = hall_of(shown("a", 23)), Disk(), ManualClock(1000)
    loop = asyncio.get_running_loop()

    class Slow(ListSink):
        def flush(self, *, last: bool) -> str:
            if disk.rows:
                loop.call_soon_threadsafe(clock.advance, 1)
            return super().flush(last=last)

    def tell(progress: bulk.Progress) -> None:
        raise LookupError("no screen")

    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Slow(disk), clock=clock) as one:
        with pytest.raises(LookupError, match="no screen"):
            await one.run(hall.pagers(), on_progress=tell)
        assert len(disk.rows) == 5
        assert (await one.run(hall.pagers())).items == 18


@pytest.mark.parametrize("every", [0, 1])
async def test_a_callback_that_gives_a_coroutine_is_told_of(tmp_path: Path, every: int) -> None:
    hall, disk = hall_of(shown("a", 7)), Disk()

    async def tell(progress: bulk.Progress) -> None:
        raise AssertionError

    def plain(progress: bulk.Progress) -> object:
        return tell(progress)

    async with job(tmp_path, disk) as one:
        with pytest.raises(TypeError, match=r"a plain function: .*plain.* gave a coroutine"):
            await one.run(hall.pagers(), on_progress=plain, progress_every=every)
        assert len(disk.rows) == (7 if every else 5)
    gc.collect()  # a coroutine that nobody awaits is told of then


async def test_what_earlier_runs_kept_says_how_long_listings_are(tmp_path: Path) -> None:
    hall, disk, clock = hall_of(shown("a", 23), shown("b", 35)), Disk(), ManualClock(1000)

    class Slow(ListSink):
        def flush(self, *, last: bool) -> str:
            clock.advance(1)
            return super().flush(last=last)

    told = list[bulk.Progress]()
    for pagers in ({"a": hall.pager("a")}, hall.pagers()):
        told.clear()
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Slow(disk), clock=clock) as one:
            await one.run(pagers, on_progress=told.append, progress_every=0)
    assert next(one.eta for one in told if one.items == 5) == (23 + 5) / 5


async def test_what_the_callback_raises_ends_the_run_and_no_more(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()

    def tell(progress: bulk.Progress) -> None:
        raise LookupError("no screen")

    async with job(tmp_path, disk) as one:
        with pytest.raises(LookupError, match="no screen"):
            await one.run(hall.pagers(), on_progress=tell, progress_every=0)
        assert len(disk.rows) == 5
        assert (await one.run(hall.pagers())).items == 18
