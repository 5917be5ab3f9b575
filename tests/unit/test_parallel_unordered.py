"""A parallel read without order: its checkpoints, and its account item by item."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from instagram_async import Listing, ResponseError
from instagram_async.paging import ListReply, Unreadable, WindowedPager, checkpoint
from instagram_async.paging.checkpoint import Place, short
from instagram_async.transport import Pairs, Tally
from tests.support.lists import Post, listing
from tests.support.timelines import DATED, Timeline
from tests.support.virtual import run
from tests.support.windowed import PAGE, pager, timeline

READ = listing(DATED, PAGE)


async def some(made: WindowedPager[Post], n: int, most: int) -> tuple[list[int], str]:
    """So many items, and the checkpoint behind them."""
    got: list[int] = []
    async with made.parallel(n, ordered=False) as items:
        while len(got) < most and (post := await anext(items, None)) is not None:
            got.append(post.pk)
        return got, items.checkpoint


@pytest.mark.parametrize("number", [1, PAGE, 2 * PAGE + 5])
def test_behind_each_item_there_is_a_place_that_the_rest_follows(number: int) -> None:
    made = timeline(number)
    for step in range(number + 1):
        got, place = run(some(pager(made), 4, step))
        rest, end = run(some(pager(made).resume(place), 4, number))
        assert sorted(got + rest) == [post.pk for post in made.posts]
        assert checkpoint.read(READ, end).ended


@pytest.mark.parametrize("step", [3, 7, 19])
def test_a_read_that_is_broken_off_over_and_over_gives_each_once(step: int) -> None:
    made, place = timeline(300), None
    got: list[int] = []
    while place is None or not checkpoint.read(READ, place).ended:
        at = pager(made) if place is None else pager(made).resume(place)
        more, place = run(some(at, 4, step))
        got += more
        assert len(got) <= 300
    assert sorted(got) == [post.pk for post in made.posts]


def test_its_ranges_lie_one_behind_the_other() -> None:
    _, text = run(some(pager(timeline(600)), 4, 45))
    place = checkpoint.read(READ, text)
    assert place.axis == "min_timestamp"
    assert len(place.open) > 2
    assert (place.open[0].high, place.open[-1].low) == (None, None)
    for newer, older in pairwise(place.open):
        assert newer.low is not None
        assert older.high is not None
        assert newer.low >= older.high


@pytest.mark.parametrize("step", [0, 5, 45])
def test_who_asks_for_nothing_stays_where_he_was(step: int) -> None:
    made = timeline(600)
    _, place = run(some(pager(made), 4, step))
    assert run(some(pager(made).resume(place), 4, 0)) == ([], place)


@pytest.mark.parametrize("given", [(), ("2", "7")])
def test_it_goes_on_from_a_place_of_the_plain_walk(given: tuple[str, ...]) -> None:
    made = timeline(60)
    pks = [post.pk for post in reversed(made.posts)]
    hashes = tuple(sorted(short(str(pks[20 + int(at)])) for at in given))
    place = checkpoint.write(READ, Place(str(pks[19]), hashes))
    wanted = [pk for pk in pks[20:] if short(str(pk)) not in hashes]
    for step in (0, 3, 40):
        got, then = run(some(pager(made).resume(place), 4, step))
        rest, _ = run(some(pager(made).resume(then), 4, 60))
        assert sorted(got + rest) == sorted(wanted)


def blinded(made: Timeline, blind: set[int]) -> WindowedPager[Post]:
    """A pager of a timeline some of whose posts can't be read."""

    async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        reply = await made.send(listing, params, tally)
        items = tuple(
            Unreadable("data[0]", "no id", {"pk": item.pk}) if item.pk in blind else item
            for item in reply.items
            if isinstance(item, Post)
        )
        return reply._replace(items=items, flawed=True)

    return WindowedPager(READ, send)


def test_what_was_given_at_the_top_is_not_given_again_from_whatever_window() -> None:
    made = timeline(600)
    newest = made.posts[-5:]
    place = checkpoint.write(READ, Place(None, tuple(sorted(short(post.id) for post in newest))))
    top = newest[-1]
    days = [86_400 * day for day in range(1, 400)]
    made.replace([*made.posts, *(Post(top.pk + day, top.second + day) for day in days)])
    got, _ = run(some(pager(made).resume(place), 8, 1_000))
    assert sorted(got) == [post.pk for post in made.posts if post not in newest]


def test_each_that_cant_be_read_is_counted_when_it_is_told() -> None:
    made = timeline(300)
    blind = {made.posts[at].pk for at in (*range(40, 75), 111, 150, 152, 299, 0)}

    async def scenario() -> None:
        items_given = told = 0
        async with blinded(made, blind).parallel(4, ordered=False) as items:
            while True:
                try:
                    await anext(items)
                    items_given += 1
                except ResponseError:
                    told += 1
                except StopAsyncIteration:
                    break
                assert items.report.items == items_given
                assert items.report.unreadable == told
        assert (items_given, told) == (300 - len(blind), len(blind))

    run(scenario())
