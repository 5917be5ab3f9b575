"""Many objects at once: as they come, drawn as they are needed, errors among them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from instagram_async import InstagramError, NotFoundError, bulk
from tests.support.hall import counted, slowly
from tests.support.virtual import run

SOURCES = pytest.mark.parametrize("is_async", [False, True])


async def double(one: int) -> int:
    """Takes as many seconds as the last digit says."""
    await asyncio.sleep(one % 10)
    if one % 7 == 0:
        raise NotFoundError("no such thing", "GET things/{id}", 400)
    return 2 * one


@SOURCES
@pytest.mark.parametrize("concurrency", [1, 4, 99])
def test_each_comes_once_with_its_object_or_its_error(is_async: bool, concurrency: int) -> None:
    async def scenario() -> None:
        ids: Any = slowly(range(50)) if is_async else range(50)
        got: dict[int, Any] = {}
        async with bulk.fetch(double, ids, concurrency=concurrency) as results:
            async for one, outcome in results:
                assert one not in got
                got[one] = outcome
        assert sorted(got) == list(range(50))
        for one, outcome in got.items():
            assert isinstance(outcome, NotFoundError) if one % 7 == 0 else outcome == 2 * one
        assert results.report == bulk.FetchReport(objects=42, failed=8)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scenario())


def test_they_come_as_they_are_done() -> None:
    async def scenario() -> list[int]:
        async with bulk.fetch(double, [8, 3, 1, 5], concurrency=3) as results:
            return [one async for one, _ in results]

    assert run(scenario()) == [1, 3, 5, 8]


@SOURCES
@pytest.mark.parametrize("work", [0.0, 0.5, 20.0])
def test_no_more_are_started_than_can_be_handed_out(is_async: bool, work: float) -> None:
    drawn, started = Counter[str](), 0

    async def called(one: int) -> int:
        nonlocal started
        started += 1
        return await double(one)

    async def scenario() -> None:
        endless = counted(count(1), drawn)
        ids: Any = slowly(endless) if is_async else endless
        handed = 0
        async with bulk.fetch(called, ids, concurrency=5) as results:
            await asyncio.sleep(1)
            assert (drawn["drawn"], started) == (0, 0)
            async for _ in results:
                handed += 1
                assert started - handed < 5
                assert drawn["drawn"] - handed <= 5 + is_async  # one is on its way
                if handed == 60:
                    break
                await asyncio.sleep(work)
                assert started - handed == 5 or not work
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scenario())


def test_as_many_are_under_way_as_may_be() -> None:
    async def second(one: int) -> int:
        await asyncio.sleep(1)
        return one

    async def scenario() -> float:
        clock = asyncio.get_running_loop().time
        started = clock()
        async with bulk.fetch(second, range(100), concurrency=10) as results:
            assert len([pair async for pair in results]) == 100
        return clock() - started

    assert run(scenario()) == 10.0


async def test_what_is_no_error_of_ours_is_raised_and_the_rest_comes() -> None:
    async def call(one: int) -> int:
        if one == 2:
            raise ZeroDivisionError
        return one

    got = []
    async with bulk.fetch(call, range(5)) as results:
        with pytest.raises(ZeroDivisionError):
            async for one, _ in results:
                got.append(one)
        got += [one async for one, _ in results]
    assert sorted(got) == [0, 1, 3, 4]
    assert results.report == bulk.FetchReport(4, 1)


async def test_what_would_look_like_the_end_or_a_cancellation_is_told() -> None:
    async def end(one: int) -> int:
        raise StopAsyncIteration

    async def cancelled(one: int) -> int:
        raise asyncio.CancelledError

    async with bulk.fetch(end, [1]) as results:
        with pytest.raises(RuntimeError, match="raised StopAsyncIteration"):
            await anext(results)
    async with bulk.fetch(cancelled, [1, 2]) as results:
        for _ in range(2):
            with pytest.raises(asyncio.CancelledError):
                await anext(results)
        with pytest.raises(StopAsyncIteration):
            await anext(results)


@SOURCES
async def test_what_the_ids_raise_comes_behind_what_they_gave(is_async: bool) -> None:
    def broken() -> Iterator[int]:
        yield from range(1, 5)
        raise OSError("the file ends here")

    async def plain(one: int) -> int:
        await asyncio.sleep(0)
        return one

    ids: Any = slowly(broken()) if is_async else broken()
    got = []
    async with bulk.fetch(plain, ids) as results:
        with pytest.raises(OSError, match="the file ends here"):
            async for one, _ in results:
                got.append(one)
        with pytest.raises(StopAsyncIteration):
            await anext(results)
    assert sorted(got) == [1, 2, 3, 4]


async def test_an_iteration_belongs_to_its_block() -> None:
    results = bulk.fetch(double, [10, 20])
    with pytest.raises(RuntimeError, match=r"enter it first: async with bulk\.fetch\("):
        await anext(results)
    async with results:
        assert (await anext(results))[1] == 20
        with pytest.raises(RuntimeError, match="entered before"):
            await results.__aenter__()
    with pytest.raises(RuntimeError, match=r"`async with bulk\.fetch\(\.\.\.\)` has ended"):
        await anext(results)
    with pytest.raises(RuntimeError, match="entered before"):
        await results.__aenter__()


async def test_two_at_once_are_refused_and_whoever_waits_at_the_end_is_told() -> None:
    async with bulk.fetch(asyncio.sleep, [3600]) as results:
        waiting = asyncio.ensure_future(anext(results))
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="under way"):
            await anext(results)
    with pytest.raises(RuntimeError, match="has ended"):
        await waiting


def test_leaving_waits_for_those_who_take_their_time_to_end() -> None:
    ended = []

    async def stubborn(one: int) -> None:
        try:
            await asyncio.sleep(100)
        finally:
            await asyncio.sleep(5)
            ended.append(one)

    async def leave(results: bulk.Fetched[int, None]) -> None:
        async with results:
            await anext(results)

    async def scenario() -> None:
        leaving = asyncio.create_task(leave(bulk.fetch(stubborn, range(3))))
        await asyncio.sleep(1)
        for _ in range(3):
            leaving.cancel()
            await asyncio.sleep(1)
            assert not leaving.done()
        await asyncio.wait([leaving])
        assert leaving.cancelled()
        assert sorted(ended) == [0, 1, 2]
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scenario())


@pytest.mark.parametrize("concurrency", [0, -1, 1.0, True, "1"])
def test_concurrency_is_a_whole_number(concurrency: Any) -> None:
    for make in (bulk.fetch, bulk.merge):
        arguments: Any = (double, []) if make is bulk.fetch else ({},)
        with pytest.raises(ValueError, match="concurrency must be a whole number"):
            make(*arguments, concurrency=concurrency)


async def test_errors_are_values() -> None:
    error = InstagramError("no")

    async def fails(one: int) -> int:
        raise error

    async with bulk.fetch(fails, [1]) as results:
        assert [pair async for pair in results] == [(1, error)]
