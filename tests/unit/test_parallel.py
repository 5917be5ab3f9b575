"""Reading by windows: what is asked for, what comes of errors and of deaf servers."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import pytest

from instagram_async import InvalidRequestError, Listing
from instagram_async.paging import ListReply, WindowedPager
from instagram_async.transport import Pairs, Tally
from tests.support.lists import OWN_ID, Post, listing
from tests.support.timelines import Heeds, Timeline
from tests.support.virtual import run
from tests.support.windowed import PAGE, pager, read, timeline


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("heeds", ["inclusive", "no"])
@pytest.mark.parametrize("number", range(0, 5 * PAGE + 1, 5))
def test_what_has_five_pages_at_most_wastes_two_requests_at_most(
    number: int, heeds: Heeds, counted: bool, ordered: bool
) -> None:
    made = timeline(number, times=heeds)
    got, report, took = run(read(pager(made, counted=counted).parallel(16, ordered)))
    plain = timeline(number)
    _, walked, alone = run(read(pager(plain).ahead()))
    assert sorted(got, key=lambda post: -post.pk) == made.posts[::-1]
    assert report.requests <= walked.requests + 2
    assert took <= max(alone, 1.0) * 1.2


async def test_nothing_is_asked_for_before_an_item_is() -> None:
    made = timeline(100)
    async with pager(made).parallel(4):
        await asyncio.sleep(0.01)
    assert made.asked == []


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("limit", [0, 1, 10, 50, 51, 80, 200])
def test_a_limit_is_no_flood(limit: int, ordered: bool) -> None:
    made = timeline(2_000)
    got, report, _ = run(read(pager(made).limit(limit).parallel(16, ordered)))
    assert len(got) == limit
    assert report.items == limit
    assert len(made.asked) <= 1.5 * -(-limit // PAGE) + 1


@pytest.mark.parametrize("ordered", [True, False])
def test_who_leaves_early_leaves_nothing_behind(ordered: bool) -> None:
    made = timeline(2_000)

    async def scenario() -> None:
        async with pager(made).parallel(8, ordered) as items:
            for _ in range(300):
                await anext(items)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        for _ in range(PAGE):
            with pytest.raises(RuntimeError, match="has ended"):
                while True:
                    await anext(items)

    run(scenario())
    assert made.under_way == 0


def test_no_more_is_read_than_there_is_room_for() -> None:
    made, other = timeline(2_000), timeline(2_000)

    async def scenario() -> None:
        async with pager(made).parallel(8, buffer=100) as items:
            await anext(items)
            await asyncio.sleep(100)
            assert 70 <= len(made.alive) <= 100
        async with pager(other).parallel(8, ordered=False) as items:
            await anext(items)
            await asyncio.sleep(100)
            assert 8 * PAGE - PAGE <= len(other.alive) <= 9 * PAGE

    run(scenario())


def test_ids_are_tried_where_times_are_ignored() -> None:
    made = timeline(1_000, times="no")
    got, report, took = run(read(pager(made).parallel(8)))
    assert got == made.posts[::-1]
    assert report.anomalies == {"bounds_ignored": 1}
    assert took < 30
    assert any("min_id" in asked for asked in made.asked)


@pytest.mark.parametrize("ordered", [True, False])
def test_bounds_that_are_refused_are_not_needed(ordered: bool) -> None:
    made = timeline(400)

    def meddle(asked: dict[str, str]) -> None:
        if set(asked) - {"count", "max_id"} or not asked.get("max_id", "0").isdecimal():
            raise InvalidRequestError("no such parameter", "GET things/{id}", 400)
        known = {str(post.pk) for post in made.posts}
        if asked.get("max_id", made.posts[0].id) not in known:
            raise InvalidRequestError("no such media", "GET things/{id}", 400)

    made.meddle = meddle
    got, report, _ = run(read(pager(made).parallel(8, ordered)))
    assert sorted(got, key=lambda post: -post.pk) == made.posts[::-1]
    assert report.anomalies == {"bounds_ignored": 2}
    assert report.complete


def test_bounds_that_are_ignored_later_on() -> None:
    for seed in range(20):
        made = timeline(400)
        dice = Random(seed)

        def meddle(asked: dict[str, str], made: Timeline = made, dice: Random = dice) -> None:
            made.times = "no" if dice.random() < 0.1 else "inclusive"

        made.meddle = meddle
        for ordered in (True, False):
            got, report, _ = run(read(pager(made).parallel(8, ordered)))
            assert sorted(got, key=lambda post: -post.pk) == made.posts[::-1]
            assert report.complete


async def test_two_at_once_are_refused_and_so_is_a_second_entry() -> None:
    never = asyncio.Event()

    async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        await never.wait()
        raise AssertionError

    for ordered in (True, False):
        made: WindowedPager[Post] = WindowedPager(listing(OWN_ID), send)
        parallel = made.parallel(2, ordered)
        async with parallel as items:
            with pytest.raises(RuntimeError, match="entered already"):
                await parallel.__aenter__()
            waiting = asyncio.ensure_future(anext(items))
            await asyncio.sleep(0)
            with pytest.raises(RuntimeError, match="under way"):
                await anext(items)
        with pytest.raises(RuntimeError, match="has ended"):
            await waiting


@pytest.mark.parametrize("bad", [0, -1, 1.0, True, "1"])
def test_numbers_are_whole(bad: Any) -> None:
    made = pager(timeline(1))
    with pytest.raises(ValueError, match="n must be a whole number"):
        made.parallel(bad)
    with pytest.raises(ValueError, match="buffer must be a whole number"):
        made.parallel(1, buffer=bad)


def test_an_unordered_place_is_no_place_in_order() -> None:
    made = timeline(400)

    async def scenario() -> None:
        async with pager(made).parallel(4, ordered=False) as items:
            got = [await anext(items) for _ in range(150)]
            place = items.checkpoint
        again = pager(made).resume(place)
        uses: tuple[Any, ...] = (again.ahead, again.pages, again.__aiter__)
        for use in (*uses, lambda: again.parallel(1)):
            with pytest.raises(ValueError, match="only that goes on"):
                use()
        async with again.parallel(4, ordered=False) as items:
            rest = [post async for post in items]
            end = items.checkpoint
        assert sorted([*got, *rest], key=lambda post: post.pk) == made.posts
        assert await pager(made).resume(end).collect() == []
        async with pager(made).resume(end).parallel(4, ordered=False) as items:
            assert [post async for post in items] == []

    run(scenario())


def test_bounds_of_ones_own_are_kept() -> None:
    made = timeline(600)
    low, high = made.posts[150].second, made.posts[500].second
    wanted = [post for post in reversed(made.posts) if low <= post.second <= high]
    for heeds in ("inclusive", "no"):
        made.times = heeds
        for ordered in (True, False):
            bounded = pager(made, min_timestamp=low, max_timestamp=high)
            got, report, _ = run(read(bounded.parallel(8, ordered)))
            assert sorted(got, key=lambda post: -post.pk) == wanted
            assert report.complete
