"""What listings and ids are drawn from: a generator is closed by who leaves it early."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field

from instagram_async import bulk
from tests.support.hall import due
from tests.support.jobs import Disk, hall_of, job, shown
from tests.support.leftovers import nothing_left
from tests.support.until import until

BOTH = pytest.mark.parametrize("is_async", [False, True])


@define
class Drawn:
    """A source of pairs or ids, and what becomes of it."""

    all: list[Any]
    is_async: bool = True
    fail: Exception | None = None  # at its end
    begun: set[Any] = field(factory=set)
    ended: list[Any] = field(factory=list)  # by which task

    def source(self) -> Any:
        return self.stream() if self.is_async else self.row()

    def row(self) -> Iterator[Any]:
        try:
            for one in self.all:
                self.begun.add(asyncio.current_task())
                yield one
        finally:
            self.end()

    async def stream(self) -> AsyncIterator[Any]:
        try:
            for one in self.all:
                self.begun.add(asyncio.current_task())
                yield one
        finally:
            await asyncio.sleep(0.001)  # is waited for
            self.end()

    def end(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0  # so that a timeout of its own would be one
        self.ended.append(task)
        if self.fail is not None:
            raise self.fail


async def plain(one: int) -> int:
    await asyncio.sleep(0)
    return one


async def forever(one: int) -> int:
    await asyncio.sleep(3600)
    return one


@BOTH
async def test_who_leaves_early_closes_the_generator_in_the_task_that_drew_from_it(
    is_async: bool,
) -> None:
    ids, hall = Drawn([*range(99)], is_async), hall_of(*[shown(f"{one}", 9) for one in range(99)])
    pairs = Drawn([*hall.pagers().items()], is_async)
    async with nothing_left():
        async with bulk.fetch(plain, ids.source(), concurrency=3) as results:
            await anext(results)
            assert ids.ended == []
        assert ids.ended == list(ids.begun)
        async with bulk.merge(pairs.source(), concurrency=3) as merged:
            await anext(merged)
        assert pairs.ended == list(pairs.begun)


@BOTH
async def test_a_run_that_ends_early_closes_the_generator_and_the_next_goes_on(
    tmp_path: Path, is_async: bool
) -> None:
    hall, disk = hall_of(*[shown(f"{one}", 9) for one in range(20)]), Disk()

    def broken(progress: object) -> None:
        raise LookupError

    async with nothing_left(), job(tmp_path, disk) as one:
        pairs = Drawn([*hall.pagers().items()], is_async)
        running = asyncio.create_task(one.run(pairs.source(), concurrency=2))
        await until(lambda: disk.rows)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert pairs.ended == list(pairs.begun)
        pairs = Drawn([*hall.pagers().items()], is_async)
        with pytest.raises(LookupError):
            await one.run(pairs.source(), concurrency=2, on_progress=broken, progress_every=0)
        assert pairs.ended == list(pairs.begun)
        pairs = Drawn([*hall.pagers().items()], is_async)
        await one.run(pairs.source(), concurrency=2)
        assert pairs.ended == list(pairs.begun)
    assert all(disk.pks(key) == due(one) for key, one in hall.shown.items())


@BOTH
@pytest.mark.parametrize("fail", [None, OSError("the database went away")])
async def test_a_pair_that_is_refused_closes_it_too(is_async: bool, fail: Exception | None) -> None:
    pairs = Drawn([("x", 5), ("y", 6)], is_async, fail)
    async with nothing_left(), bulk.merge(pairs.source()) as results:
        with pytest.raises(TypeError, match="the listing 'x' is no pager") as caught:
            await anext(results)
        assert pairs.ended == list(pairs.begun)
    noted = getattr(caught.value, "__notes__", [])
    assert noted == [f"closing the source raised {fail!r}"] * (fail is not None)


@BOTH
async def test_what_closing_raises_is_raised_by_who_leaves(is_async: bool) -> None:
    ids = Drawn([*range(99)], is_async, OSError("the database went away"))
    async with nothing_left():
        with pytest.raises(OSError, match="the database went away"):
            async with bulk.fetch(plain, ids.source(), concurrency=3) as results:
                await anext(results)


async def test_unless_something_else_is_raised_of_which_it_is_a_note(tmp_path: Path) -> None:
    fail = OSError("the database went away")
    ids = Drawn([*range(99)], fail=fail)
    async with nothing_left():
        with pytest.raises(LookupError) as caught:
            async with bulk.fetch(plain, ids.source(), concurrency=3) as results:
                await anext(results)
                raise LookupError
    assert caught.value.__notes__ == [f"closing the source raised {fail!r}"]

    hall, disk = hall_of(*[shown(f"{one}", 9) for one in range(20)]), Disk()
    pairs = Drawn([*hall.pagers().items()], fail=fail)
    async with nothing_left():
        async with job(tmp_path, disk) as one:
            running = asyncio.create_task(one.run(pairs.source(), concurrency=2))
            await until(lambda: disk.rows)
        with pytest.raises(RuntimeError, match="has ended") as ended:
            await running
    assert ended.value.__notes__ == [f"closing the source raised {fail!r}"]


async def test_what_it_raises_where_it_waits_is_told_as_well() -> None:
    async def waits() -> AsyncIterator[int]:
        yield 1
        try:
            await asyncio.sleep(3600)
        finally:
            raise OSError("the database went away")

    async with nothing_left():
        with pytest.raises(OSError, match="the database went away"):
            async with bulk.fetch(plain, waits()) as results:
                await anext(results)


async def test_closing_is_waited_for_by_who_is_cancelled() -> None:
    closed, gate = list[int](), asyncio.Event()

    async def slow() -> AsyncIterator[int]:
        try:
            yield 1
        finally:
            await gate.wait()
            closed.append(1)
            raise OSError("the database went away")

    async def leave() -> None:
        async with bulk.fetch(forever, slow(), concurrency=1) as results:
            await anext(results)

    async with nothing_left():
        leaving = asyncio.create_task(leave())
        for _ in range(5):
            await asyncio.sleep(0.001)
            leaving.cancel()
        assert not leaving.done()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await leaving
    assert closed == [1]


async def test_a_generator_that_takes_no_notice_is_closed() -> None:
    ended = list[str]()

    async def stubborn() -> AsyncIterator[int]:
        try:
            for one in range(99):
                with suppress(asyncio.CancelledError):
                    await asyncio.sleep(3600 if one else 0)
                yield one
        finally:
            ended.append("closed")

    async with nothing_left(), bulk.fetch(plain, stubborn()) as results:
        await anext(results)
    assert ended == ["closed"]


@define
class Lines:
    """An iterator that is no generator, though it can be closed."""

    at: int = 0
    is_closed: bool = False

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        self.at += 1
        return self.at

    def close(self) -> None:
        self.is_closed = True


@define
class Stream(Lines):
    """The same, to be awaited."""

    def __aiter__(self) -> AsyncIterator[int]:
        return self

    async def __anext__(self) -> int:
        return next(self)

    async def aclose(self) -> None:
        self.is_closed = True


@pytest.mark.parametrize("make", [Lines, Stream])
async def test_other_iterators_are_left_as_they_are(make: Callable[[], Lines]) -> None:
    lines = make()
    async with bulk.fetch(plain, lines, concurrency=2) as results:
        await anext(results)
    assert (lines.is_closed, lines.at) == (False, 2)
    async with bulk.fetch(plain, lines, concurrency=2) as results:
        assert await anext(results) == (3, 3)


@BOTH
async def test_one_that_is_never_drawn_from_is_left_as_it_is(is_async: bool) -> None:
    ids = Drawn([*range(9)], is_async)
    source = ids.source()
    async with bulk.fetch(plain, source):
        pass
    assert ids.ended == []
    async with bulk.fetch(plain, source) as results:
        assert len([pair async for pair in results]) == 9


@BOTH
async def test_an_iterable_that_makes_generators_may_be_drawn_from_again(is_async: bool) -> None:
    ids = Drawn([*range(9)], is_async)

    class Again:
        if is_async:

            def __aiter__(self) -> AsyncIterator[int]:
                return ids.stream()
        else:

            def __iter__(self) -> Iterator[int]:
                return ids.row()

    source: Any = Again()
    for times in (1, 2):
        async with bulk.fetch(plain, source, concurrency=2) as results:
            assert (await anext(results))[0] in (0, 1)
        assert len(ids.ended) == times
