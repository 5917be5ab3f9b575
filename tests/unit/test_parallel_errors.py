"""Errors of a parallel read: at their places, and never a flood."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from instagram_async import Listing, PagingError, ResponseError, ServerError
from instagram_async.paging import ListReply, Unreadable, WindowedPager
from instagram_async.transport import Pairs, Tally
from tests.support.lists import Post, listing
from tests.support.timelines import DATED, Timeline
from tests.support.virtual import run
from tests.support.windowed import PAGE, pager, read, timeline


def test_an_error_comes_at_its_place_and_is_asked_for_again_when_wanted() -> None:
    made = timeline(600)
    failed: list[dict[str, str]] = []

    def meddle(asked: dict[str, str]) -> None:
        if len(made.asked) >= 12 and len(failed) < 3:
            failed.append(asked)
            raise ServerError("HTTP 502", "GET things/{id}", 502)

    made.meddle = meddle

    async def scenario() -> None:
        got: list[Post] = []
        errors = 0
        async with pager(made).parallel(4) as items:
            while True:
                try:
                    got.append(await anext(items))
                except StopAsyncIteration:
                    break
                except ServerError as error:
                    errors += 1
                    assert error.checkpoint == items.checkpoint
                    rest = await pager(made).resume(items.checkpoint).collect()
                    assert [*got, *rest] == made.posts[::-1]
                    before = len(made.asked)
                    await asyncio.sleep(50)
                    assert len(made.asked) - before < 60
        assert got == made.posts[::-1]
        assert errors == len(failed) == 3

    run(scenario())


def test_an_error_that_stays_is_no_flood() -> None:
    made = timeline(2_000)

    def meddle(asked: dict[str, str]) -> None:
        if len(made.asked) > 20:
            raise ServerError("HTTP 502", "GET things/{id}", 502)

    made.meddle = meddle

    async def scenario() -> None:
        async with pager(made).parallel(8) as items:
            with pytest.raises(ServerError):
                while True:
                    await anext(items)
            for _ in range(5):
                with pytest.raises(ServerError):
                    await anext(items)

    run(scenario())
    assert len(made.asked) < 60


def test_a_count_that_fails_is_only_a_hint() -> None:
    made = timeline(300)

    async def number(listing: Listing[Any], tally: Tally) -> int | None:
        raise ServerError("HTTP 502", "GET things/{id}", 502)

    counted = WindowedPager(listing(DATED, PAGE), made.send, count=number)
    got, _, took = run(read(counted.parallel(8)))
    assert got == made.posts[::-1]
    assert took < 15


@pytest.mark.parametrize("ordered", [True, False])
def test_what_cant_be_read_keeps_its_place(ordered: bool) -> None:
    made = timeline(300)
    blind = {made.posts[at].pk for at in (*range(40, 75), 111, 299, 0)}

    async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        reply = await made.send(listing, params, tally)
        items = tuple(
            Unreadable("data[0]", "no id", {"pk": item.pk}) if item.pk in blind else item
            for item in reply.items
            if isinstance(item, Post)
        )
        return reply._replace(items=items, flawed=True)

    async def told(items: Any) -> list[int]:
        got: list[int] = []
        while True:
            try:
                got.append((await anext(items)).pk)
            except ResponseError as error:
                got.append(error.raw["pk"])
            except StopAsyncIteration:
                return got

    async def scenario() -> None:
        windowed: WindowedPager[Post] = WindowedPager(listing(DATED, PAGE), send)
        async with windowed.parallel(4, ordered) as items:
            got = await told(items)
        pks = [post.pk for post in reversed(made.posts)]
        if ordered:
            assert got == pks
        assert Counter(got) == Counter(pks)
        assert items.report.unreadable == len(blind)
        assert items.report.complete

    run(scenario())


def test_disorder_is_read_in_order() -> None:
    made = timeline(300)

    async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        reply = await made.send(listing, params, tally)
        first, second, *rest = reply.items
        return reply._replace(items=(second, first, *rest))

    windowed: WindowedPager[Post] = WindowedPager(listing(DATED, PAGE), send)
    got, report, _ = run(read(windowed.parallel(8)))
    assert got == run(windowed.collect())
    assert report.anomalies["disorder"] == 30

    async def scenario(step: int) -> list[Post]:
        async with windowed.parallel(8) as items:
            first = [await anext(items) for _ in range(step)]
            rest = windowed.resume(items.checkpoint)
        return [*first, *await rest.collect()]

    for step in (9, 10, 20, 25, 30):
        assert set(run(scenario(step))) == set(got)


def test_a_cycle_is_told() -> None:
    made = timeline(300)

    async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        reply = await made.send(listing, params, tally)
        return reply._replace(pagination={"next_max_id": made.posts[250].id})

    async def scenario() -> None:
        windowed: WindowedPager[Post] = WindowedPager(listing(DATED, PAGE), send)
        async with windowed.parallel(1) as items:
            with pytest.raises(PagingError) as raised:
                while True:
                    await anext(items)
        assert raised.value.kind == "cycle"

    run(scenario())


@pytest.mark.parametrize("ordered", [True, False])
def test_two_items_of_neighbouring_seconds_may_stand_the_wrong_way_round(ordered: bool) -> None:
    top = timeline(1).posts[0]
    made = Timeline([Post(top.pk + at, top.second - at) for at in range(40)])
    windowed: WindowedPager[Post] = WindowedPager(listing(DATED, 2), made.send)
    got, report, _ = run(read(windowed.parallel(4, ordered)))
    assert sorted(got, key=lambda post: post.pk) == made.posts
    assert report.complete
