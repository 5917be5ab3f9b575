"""Many listings at once: whole, fair, bounded."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest

from instagram_async import Pager, bulk
from tests.support.hall import (
    SOURCES,
    Hall,
    Shown,
    Source,
    counted,
    due,
    hall,
    read,
)
from tests.support.lists import Post
from tests.support.virtual import run


@SOURCES
@pytest.mark.parametrize("concurrency", [1, 3, 50])
def test_each_listing_comes_whole_and_in_its_order(source: Source, concurrency: int) -> None:
    shown = hall(7, 3)
    shown.shown["0"].posts.clear()
    del shown.shown["1"].posts[1:]

    async def scenario() -> None:
        async with bulk.merge(source(shown), concurrency=concurrency) as results:
            got = await read(results, shown)
            assert got == {key: due(one) for key, one in shown.shown.items()}
            with pytest.raises(StopAsyncIteration):
                await anext(results)
        assert results.report == bulk.MergeReport(
            listings=7, over=7, items=5 * 60 + 1, pages=17, requests=17
        )
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scenario())
    assert shown.most <= concurrency


@SOURCES
@pytest.mark.parametrize("work", [0.0, 0.01, 0.1])
def test_requests_under_way_and_pages_held_are_bounded(source: Source, work: float) -> None:
    shown = hall(40, 4)

    async def scenario() -> None:
        async with bulk.merge(source(shown), concurrency=8) as results:
            await read(results, shown, work)

    run(scenario())
    assert shown.most == 8


@SOURCES
def test_what_was_given_is_not_held(source: Source) -> None:
    shown = hall(20, 3)

    async def scenario() -> int:
        most = 0
        async with bulk.merge(source(shown), concurrency=4) as results:
            async for key, _ in results:
                shown.gave(key)
                if shown.shown[key].given % 20 == 0:  # the last of a page
                    await asyncio.sleep(3)
                    most = max(most, shown.alive())
        return most

    assert run(scenario()) == 4 * 20 + 1
    assert len(shown.made) == 20 * 60


@pytest.mark.parametrize("work", [0.0, 0.001, 0.04, 0.1])
@pytest.mark.parametrize(("listings", "concurrency"), [(3, 2), (5, 5), (9, 4), (30, 8), (6, 1)])
def test_a_mapping_s_listings_differ_by_a_page_at_most(
    listings: int, concurrency: int, work: float
) -> None:
    shown = hall(listings, 6)
    spreads: list[int] = []

    async def scenario() -> None:
        async with bulk.merge(shown.pagers(), concurrency=concurrency) as results:
            async for key, _ in results:
                shown.gave(key)
                if not any(one.is_whole for one in shown.shown.values()):
                    spreads.append(shown.spread())
                if work:
                    await asyncio.sleep(work)

    run(scenario())
    assert len(spreads) >= listings * 5 * 20
    assert max(spreads) == 20


def test_who_has_small_pages_has_more_of_them() -> None:
    posts = [Post(pk) for pk in range(1, 401)]
    shown = Hall({"small": Shown("small", posts, 5), "large": Shown("large", posts, 40)})
    spreads: list[int] = []

    async def scenario() -> None:
        async with bulk.merge(shown.pagers(), concurrency=1) as results:
            async for key, _ in results:
                shown.gave(key)
                if not any(one.is_whole for one in shown.shown.values()):
                    spreads.append(shown.spread())

    run(scenario())
    assert max(spreads) == 40


def test_a_slow_listing_holds_up_no_other() -> None:
    shown = hall(6, 5)
    shown.shown["3"].seconds = [100.0]
    order: list[str] = []

    async def scenario() -> float:
        clock = asyncio.get_running_loop().time
        started = clock()
        async with bulk.merge(shown.pagers(), concurrency=2) as results:
            async for key, _ in results:
                order.append(key)
        return clock() - started

    # It is asked for in the second round, and has four pages more.
    assert run(scenario()) == 1.0 + 100.0 + 4.0
    assert order[-100:] == ["3"] * 100


def test_of_a_source_without_an_end_as_many_take_turns_as_may_be_asked_for() -> None:
    drawn = Counter[str]()
    posts = [Post(pk) for pk in range(1, 41)]

    def endless() -> Iterator[tuple[int, Pager[Post]]]:
        key = 0
        while True:
            yield key, Hall({"": Shown("", posts)}).pager("")
            key += 1

    async def scenario() -> None:
        got = Counter[int]()
        async with bulk.merge(counted(endless(), drawn), concurrency=4) as results:
            assert drawn["drawn"] == 0
            async for key, _ in results:
                got[key] += 1
                over = sum(given == 40 for given in got.values())
                assert drawn["drawn"] <= 4 + over
                if over == 10:
                    break
        assert min(got) == 0
        assert results.report.listings == drawn["drawn"]

    run(scenario())


def test_who_leaves_a_merge_early_leaves_nothing_behind() -> None:
    shown = hall(40, 5)

    async def scenario() -> None:
        async with bulk.merge(shown.pagers(), concurrency=8) as results:
            async for _ in results:
                break
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert sum(one.requests for one in shown.shown.values()) == 8
        assert results.report.requests == results.report.pages == results.report.items == 1

    run(scenario())


def test_what_was_handed_out_is_followed_up_before_the_next_is() -> None:
    """By a reader who never waits himself, and pages that all come at once."""
    shown = hall(8, 2)
    requests: list[int] = []

    async def scenario() -> None:
        async with bulk.merge(shown.pagers(), concurrency=8) as results:
            async for key, _ in results:
                shown.gave(key)
                requests.append(sum(one.requests for one in shown.shown.values()))

    run(scenario())
    assert requests[0:160:20] == [8, 9, 10, 11, 12, 13, 14, 15]


def test_200_listings_take_as_long_as_their_requests() -> None:
    """1,000 requests of 50 ms, 32 at a time, are 32 rounds."""
    shown = hall(200, 5, seconds=0.05)

    async def scenario() -> float:
        clock = asyncio.get_running_loop().time
        started = clock()
        async with bulk.merge(shown.pagers(), concurrency=32) as results:
            async for _ in results:
                pass
        return clock() - started

    assert run(scenario()) == pytest.approx(32 * 0.05)
