"""A job from its making to its end, however that is reached."""

from __future__ import annotations

import asyncio
import copy
import pickle
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from instagram_async import ServerQuota, bulk
from tests.support.hall import due
from tests.support.jobs import Disk, FullDiskError, ListSink, hall_of, job, shown
from tests.support.leftovers import nothing_left


@asynccontextmanager
async def no_thread_left() -> AsyncIterator[None]:
    """See that no task, file or thread is left of what is done inside."""
    before = threading.active_count()
    async with nothing_left():
        yield
    assert threading.active_count() == before


class Held(ListSink):
    """A sink whose step waits until it is let go."""

    def __init__(self, disk: Disk, step: str) -> None:
        super().__init__(disk)
        self.step = step
        self.is_there = threading.Event()
        self.let_go = threading.Event()

    def flush(self, *, last: bool) -> str:
        if ("last" if last else "flush" if self._disk.rows else "first") == self.step:
            self.is_there.set()
            assert self.let_go.wait(10)
        return super().flush(last=last)

    async def reached(self) -> None:
        while not self.is_there.is_set():
            await asyncio.sleep(0.001)


def test_a_job_that_is_made_has_no_file_and_no_thread(tmp_path: Path) -> None:
    before = threading.active_count()
    job(tmp_path, Disk())
    assert list(tmp_path.iterdir()) == []
    assert threading.active_count() == before


async def test_a_job_leaves_nothing_behind(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()
    async with no_thread_left(), job(tmp_path, disk) as one:
        await one.run(hall.pagers())
    async with no_thread_left():
        with pytest.raises(LookupError):
            async with job(tmp_path, disk):
                raise LookupError
    assert {one.name for one in tmp_path.iterdir()} == {"ledger.db"}  # noqa: ASYNC240


@pytest.mark.parametrize("step", ["open", "flush", "close"])
async def test_a_job_that_can_not_be_opened_or_closed_leaves_nothing_behind(
    tmp_path: Path, step: str
) -> None:
    async with no_thread_left():
        with pytest.raises(FullDiskError, match=step):
            async with job(tmp_path, Disk(fail={step: 0})):
                pass
    async with no_thread_left(), job(tmp_path, Disk()):
        pass


async def test_cancelled_at_each_step_a_job_keeps_each_item_once(tmp_path: Path) -> None:
    steps, has_ended = 0, False
    while not has_ended:
        hall, disk = hall_of(shown("a", 8), shown("b", 3)), Disk()
        folder = tmp_path / f"{steps}"
        folder.mkdir()

        async def work(folder: Path = folder, disk: Disk = disk, hall: Any = hall) -> None:
            async with job(folder, disk) as one:
                await one.run(hall.pagers())

        async with no_thread_left():
            task = asyncio.create_task(work())
            for _ in range(steps):
                await asyncio.sleep(0)
            has_ended = task.done()
            task.cancel()
            await asyncio.wait([task])
            assert has_ended or task.cancelled()
        await work()
        for key in hall.shown:
            assert disk.pks(key) == due(hall.shown[key])
        steps += 1 + steps // 6
    assert steps > 20


@pytest.mark.parametrize("step", ["first", "flush", "last"])
async def test_a_cancellation_waits_for_what_is_being_kept(tmp_path: Path, step: str) -> None:
    hall, disk = hall_of(shown("a", 8)), Disk()
    sink = Held(disk, step)

    async def work() -> None:
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=sink) as one:
            await one.run(hall.pagers())

    async with no_thread_left():
        task = asyncio.create_task(work())
        await sink.reached()
        for _ in range(3):
            task.cancel()
            await asyncio.sleep(0.001)
        assert not task.done()
        sink.let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert disk.steps[-1] == "close"
    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Held(disk, "never")) as again:
        await again.run(hall.pagers())
    assert disk.pks("a") == due(hall.shown["a"])


async def test_two_runs_at_once_are_refused_and_the_first_is_not_harmed(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()
    async with job(tmp_path, disk) as one:
        first = asyncio.create_task(one.run(hall.pagers()))
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="another run of this job is under way"):
            await one.run(hall.pagers())
        assert (await first).items == 23


async def test_a_job_runs_inside_its_block_alone(tmp_path: Path) -> None:
    one = job(tmp_path, Disk())
    inside = r"a job runs inside its block: async with bulk\.Job"
    with pytest.raises(RuntimeError, match=inside):
        await one.run({})
    async with one:
        await one.run({})
        with pytest.raises(RuntimeError, match="it was entered before; make another"):
            await one.__aenter__()
        await one.run({})
    with pytest.raises(RuntimeError, match=inside):
        await one.run({})


async def test_a_block_that_ends_ends_its_run(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 8), shown("b", 8)), Disk()
    sink = Held(disk, "flush")
    async with no_thread_left():
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=sink) as one:
            running = asyncio.create_task(one.run(hall.pagers()))
            await sink.reached()
            asyncio.get_running_loop().call_later(0.01, sink.let_go.set)
        with pytest.raises(RuntimeError, match=r"`async with bulk\.Job\(\.\.\.\)` has ended"):
            await running
    assert disk.steps[-2:] == ["last", "close"]
    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Held(disk, "never")) as again:
        await again.run(hall.pagers())
    assert (disk.pks("a"), disk.pks("b")) == (due(hall.shown["a"]), due(hall.shown["b"]))


def test_a_job_can_not_be_pickled_and_what_it_says_can(tmp_path: Path) -> None:
    for way in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="a job can't be copied or pickled: make one in each"):
            way(job(tmp_path, Disk()))
    for value in (
        bulk.JobReport(items=3),
        bulk.Progress(listings=2, quota=ServerQuota(5000, 4)),
        bulk.Failure("me", "ServerError", "busy", "[]"),
        bulk.Row("me", "1", "an item"),
        bulk.LedgerError("nowhere is no ledger"),
    ):
        again = pickle.loads(pickle.dumps(value))
        assert (type(again), repr(again)) == (type(value), repr(value))
