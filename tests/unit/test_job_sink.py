"""What a job asks of its sink, and what becomes of the errors that it raises."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest

from instagram_async import bulk
from instagram_async.bulk import Row
from instagram_async.bulk.ledger import Ledger
from tests.support.hall import due
from tests.support.jobs import Disk, FullDiskError, ListSink, hall_of, job, shown
from tests.support.until import until


class Later(ListSink):
    async def write(self, rows: Sequence[Row]) -> None:  # type: ignore[override]
        raise AssertionError


class Yielding(ListSink):
    def write(self, rows: Sequence[Row]) -> Iterator[None]:  # type: ignore[override]
        yield


class Lacking(ListSink):
    close = None  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("sink", "told"),
    [
        (object(), "sink must have a method open, which <object object at .*> has not"),
        (None, "sink must have a method open, which None has not"),
        (Lacking(Disk()), "sink must have a method close, which"),
        (bulk.SQLiteSink, "sink must be an object, not the class SQLiteSink"),
        (Later(Disk()), r"write of a sink must be a plain function, which .*Later\.write"),
        (Yielding(Disk()), r"write of a sink must be a plain function, which .*Yielding\.write"),
        (AsyncMock(), "open of a sink must be a plain function, which <AsyncMock"),
    ],
    ids=["object", "None", "lacks close", "class", "coroutine", "generator", "mock"],
)
def test_what_is_no_sink_is_told_at_once(tmp_path: Path, sink: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        bulk.Job(ledger=tmp_path / "ledger.db", sink=sink)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("position", [None, 3, b"3"])
async def test_a_position_that_is_no_text(tmp_path: Path, position: Any) -> None:
    disk = Disk()
    sink = ListSink(disk)
    told = rf"ListSink\.flush must give a position as text, not {position!r}"
    sink.flush = lambda *, last: position  # type: ignore[method-assign]
    with pytest.raises(TypeError, match=told):
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=sink):
            pass
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240
    del sink.flush
    hall = hall_of(shown("a", 8))
    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=sink) as one:
        sink.flush = lambda *, last: position  # type: ignore[method-assign]
        with pytest.raises(TypeError, match=told):
            await one.run(hall.pagers())
    del sink.flush
    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=sink) as one:
        await one.run(hall.pagers())
    assert disk.pks("a") == due(hall.shown["a"])


@pytest.mark.parametrize("step", ["open", "flush", "write", "last", "block"])
async def test_when_closing_fails_as_well_the_first_error_is_raised_and_tells_of_it(
    tmp_path: Path, step: str
) -> None:
    disk = Disk(fail={step: 0, "close": 0})
    with pytest.raises((FullDiskError, LookupError), match=step) as caught:
        async with job(tmp_path, disk) as one:
            if step == "block":
                raise LookupError(step)
            await one.run(hall_of(shown("a", 8)).pagers())
    assert caught.value.__notes__ == ["then came FullDiskError: close"]
    assert disk.steps[-1] == "close"
    async with job(tmp_path, disk):  # and the ledger was let go
        pass


async def test_an_error_of_closing_comes_with_those_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = Ledger.close

    def closing(ledger: Ledger) -> None:
        close(ledger)
        raise OSError("the ledger is gone")

    monkeypatch.setattr(Ledger, "close", closing)
    with pytest.raises(FullDiskError, match="last") as caught:
        async with job(tmp_path, Disk(fail={"last": 0, "close": 0})):
            pass
    told = ["then came FullDiskError: close", "then came OSError: the ledger is gone"]
    assert caught.value.__notes__ == told
    with pytest.raises(LookupError, match="block") as first:
        async with job(tmp_path, Disk(fail={"close": 0})):
            raise LookupError("block")
    assert first.value.__notes__ == told


async def test_a_sink_that_raises_the_same_again(tmp_path: Path) -> None:
    class Stubborn(ListSink):
        error = OSError("gone")

        def write(self, rows: Sequence[Row]) -> None:
            raise self.error

        def close(self) -> None:
            raise self.error

    sink = Stubborn(Disk())
    with pytest.raises(OSError, match="gone") as caught:
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=sink) as one:
            await one.run(hall_of(shown("a", 8)).pagers())
    assert caught.value is sink.error
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize("fail", [{"close": 0}, {}], ids=["fails", "is well"])
@pytest.mark.parametrize("moment", ["before", "within"])
async def test_a_cancellation_stays_one_when_closing_fails(
    tmp_path: Path, moment: str, fail: dict[str, int]
) -> None:
    is_open, is_closing, go_on = asyncio.Event(), threading.Event(), threading.Event()

    class Slow(ListSink):
        def close(self) -> None:
            is_closing.set()
            assert go_on.wait(10)
            super().close()

    async def work() -> None:
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Slow(Disk(fail=dict(fail)))):
            is_open.set()
            if moment == "before":
                await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await is_open.wait()
    if moment == "within":
        await until(is_closing.is_set)
    task.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError) as caught:
        await task
    told = ["then came FullDiskError: close"] if fail else []
    assert getattr(caught.value, "__notes__", []) == told
