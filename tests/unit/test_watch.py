"""Watching: where it begins, what it gives and when it asks."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from instagram_async import ResponseError, Unreadable, watch
from instagram_async.paging import ListReply
from instagram_async.paging.cursor import PaginationKey
from tests.support.lists import Post
from tests.support.virtual import run
from tests.support.watched import BY_SECOND, RULES, Watched, nothing, posts, take


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_what_comes_is_given_once_and_oldest_first(rule: PaginationKey) -> None:
    async def scenario() -> None:
        shelf = Watched(posts(*range(50)))
        items = shelf.watch(rule=rule)
        marks = [items.watermark]
        await nothing(items)
        marks.append(items.watermark)
        assert [mark is None for mark in marks] == [True, False]
        shelf.posts += posts(*range(50, 95))
        assert await take(items, 45) == list(range(50, 95))
        await nothing(items)
        shelf.posts += posts(95)
        assert await take(items, 1) == [95]

    run(scenario())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_watch_goes_on_behind_its_watermark_wherever_it_was_left(rule: PaginationKey) -> None:
    async def scenario() -> None:
        shelf = Watched(posts(*range(50)))
        items = shelf.watch(rule=rule)
        await nothing(items)
        shelf.posts += posts(*range(50, 95))
        for number in range(50, 94):
            assert await take(items, 1) == [number]
            again = shelf.watch(items.watermark, rule=rule)
            assert (
                await take(again, 2 if number < 93 else 1)
                == [number + 1, number + 2][: 94 - number]
            )
        rest = shelf.watch(items.watermark, rule=rule)
        assert await take(rest, 1) == [94]
        await nothing(rest)

    run(scenario())


def test_what_is_posted_to_an_empty_listing_is_new_also_after_a_restart() -> None:
    async def scenario() -> None:
        shelf = Watched([])
        items = shelf.watch()
        await nothing(items)
        again = shelf.watch(items.watermark)
        shelf.posts += posts(1, 2)
        assert await take(items, 2) == await take(again, 2) == [1, 2]

    run(scenario())


def test_it_begins_behind_a_watermark_of_the_plain_pager() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(*range(50)))
        plain = aiter(shelf.pager())
        assert len([post async for post in plain]) == 50
        shelf.posts += posts(50, 51)
        assert await take(shelf.watch(plain.watermark), 2) == [50, 51]

    run(scenario())


def test_all_of_the_newest_second_are_known_from_the_first_look_on() -> None:
    async def scenario() -> None:
        shelf = Watched([Post(number, 7) for number in range(250)])
        items = shelf.watch(rule=BY_SECOND)
        await nothing(items)
        shelf.posts += [Post(number, 8) for number in range(250, 500)]
        assert len(set(await take(items, 250))) == 250
        await nothing(items)

    run(scenario())


def test_deleted_ones_bring_nothing_back() -> None:
    async def scenario() -> None:
        for rule in RULES.values():
            shelf = Watched(posts(*range(50)))
            items = shelf.watch(rule=rule)
            await nothing(items)
            shelf.posts = posts(*range(40), 60)
            assert await take(items, 1) == [60]
            shelf.posts = posts(*range(30))
            await nothing(items)

    run(scenario())


def test_more_than_may_be_held_is_given_in_parts_and_in_order() -> None:
    async def scenario() -> None:
        for rule in RULES.values():
            shelf = Watched(posts(*range(10)))
            first = shelf.watch(rule=rule)
            await nothing(first)
            shelf.posts += posts(*range(10, 100))
            shelf.times.clear()
            items = watch(shelf.pager(rule, 10).since(first.watermark), every=60, buffer=40)
            assert await take(items, 1) == [10]
            assert items.at_hand == 39
            assert await take(items, 89) == list(range(11, 100))
            assert shelf.times[-1] == shelf.times[0]  # of what is held back nobody has to wait
            await nothing(items)

    run(scenario())


def test_an_order_that_does_not_fall_loses_nothing_at_a_restart() -> None:
    def shuffled(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
        here = [post for post in reply.items if isinstance(post, Post)]
        here.sort(key=lambda one: (one.pk < 10, one.pk % 7))
        return reply._replace(items=tuple(here))

    async def scenario() -> None:
        shelf = Watched(posts(*range(10)))
        items = shelf.watch()
        await nothing(items)
        shelf.posts += posts(*range(10, 18))
        shelf.bend = shuffled
        got = []
        for _ in range(8):
            got += await take(items, 1)
            items = shelf.watch(items.watermark)
        assert got == list(range(10, 18))

    run(scenario())


def test_rounds_begin_so_many_seconds_from_start_to_start() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1), slowness=10.0)
        await nothing(shelf.watch(every=60), 200)
        assert shelf.times == [0.0, 60.0, 120.0, 180.0]
        shelf.times.clear()
        later = watch(shelf.pager(), every=timedelta(minutes=2))
        await nothing(later, 300)
        assert [at - shelf.times[0] for at in shelf.times] == [0.0, 120.0, 240.0]
        shelf.posts += posts(*range(2, 50))
        shelf.times.clear()
        await take(later, 48)
        await nothing(later, 100)
        assert [at - shelf.times[0] for at in shelf.times] == [0.0, 10.0, 20.0, 120.0]

    run(scenario())


def test_a_round_that_takes_long_is_followed_at_once_and_by_one() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1), slowness=100.0)
        await nothing(shelf.watch(every=60), 250)
        assert shelf.times == [0.0, 100.0, 200.0]

    run(scenario())


def test_for_whoever_is_slow_there_is_one_round_and_no_pile() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1))
        items = shelf.watch(every=60)
        await nothing(items, 10)
        for number in (2, 3, 4):
            shelf.posts += posts(number)
            await asyncio.sleep(1_000)
            assert await take(items, 1) == [number]
        assert shelf.times == [0.0, 1010.0, 2010.0, 3010.0]
        await nothing(items, 100)
        assert shelf.times[4:] == [3070.0]

    run(scenario())


def test_a_round_of_many_requests_is_followed_by_as_much_patience() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(*range(10)))
        items = shelf.watch(every=60, count=5, seconds_for=lambda requests: requests * 25.0)
        await nothing(items, 60.5)
        assert shelf.times == [0.0, 60.0]
        shelf.posts += posts(*range(10, 28))
        await take(items, 18)
        assert shelf.times[2:] == [120.0] * 4
        await nothing(items, 150)
        assert shelf.times[6:] == [220.0]

    run(scenario())


def test_what_can_not_be_read_is_told_once_at_its_place() -> None:
    bad = [Unreadable(f"data[{at}].id", "expected str", {"id": {}, "at": at}) for at in (0, 1)]

    def spoilt(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
        new = [post for post in reply.items if isinstance(post, Post) and post.pk >= 10]
        old = reply.items[len(new) :]
        between: list[Post | Unreadable] = [*new[:1], bad[1], *new[1:]] if new else []
        return reply._replace(items=(*between, *old, bad[0]), flawed=True)

    async def scenario() -> None:
        for rule in RULES.values():
            shelf = Watched(posts(*range(10)), bend=spoilt)
            items = shelf.watch(rule=rule)
            await nothing(items)  # one that was there already
            shelf.posts += posts(10, 11)
            assert await take(items, 1) == [10]
            with pytest.raises(ResponseError, match=r"GET things/\{id\}: expected str") as caught:
                await anext(items)
            assert (caught.value.path, caught.value.raw) == (bad[1].path, bad[1].raw)
            assert caught.value.checkpoint is not None
            again = watch(shelf.pager(rule).resume(caught.value.checkpoint), every=60)
            assert await take(items, 1) == [11]
            await nothing(items)
            with pytest.raises(ResponseError):
                await take(again, 2)

    run(scenario())
