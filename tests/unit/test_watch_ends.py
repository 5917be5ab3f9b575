"""A watch that is left, cancelled or asked twice, and one that can't begin."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from instagram_async import Client, watch
from instagram_async.testing import ScriptedTransport
from tests.support.virtual import run
from tests.support.watched import BY_IDS, BY_PK, Watched, nothing, posts, take


def test_nothing_is_sent_before_it_is_asked_for_and_nothing_is_left_of_who_leaves() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1))
        items = shelf.watch()
        await nothing(items, 10)
        shelf.posts += posts(2, 3)
        async for post in items:
            assert post.pk == 2
            break
        assert asyncio.all_tasks() == {asyncio.current_task()}
        await asyncio.sleep(1_000)
        assert len(shelf.times) == 2
        async for post in items:
            assert post.pk == 3
            break

    run(scenario())


def test_a_cancelled_wait_for_a_round_loses_nothing_and_asks_no_sooner() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1), slowness=1.0)
        items = shelf.watch()
        shelf.posts += posts(2)
        for _ in range(3):
            await nothing(items, 0.5)  # while the first page is on its way
        await nothing(items, 20)
        assert len(shelf.times) == 4
        shelf.posts += posts(*range(3, 50))
        for _ in range(5):
            await nothing(items, 5)  # until the next round
        assert len(shelf.times) == 4
        while len(shelf.times) < 6:
            await nothing(items, 1.6)  # inside it
        assert await take(items, 47) == list(range(3, 50))

    run(scenario())


def test_two_at_once_are_refused_while_one_waits_for_the_next_round() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1))
        items = shelf.watch()
        await nothing(items, 10)
        first = asyncio.ensure_future(anext(items))
        await asyncio.sleep(1)
        with pytest.raises(RuntimeError, match="while another"):
            await take(items, 1)
        shelf.posts += posts(2)
        assert (await first).pk == 2

    run(scenario())


def test_a_watch_of_a_listing_without_a_watermark_is_refused() -> None:
    client = Client("token", transport=ScriptedTransport())
    with pytest.raises(TypeError, match=r"GET users/\{id\}/follows does not give the newest first"):
        watch(client.user_follows("9"), every=60)
    with pytest.raises(TypeError, match="watch takes a pager, not Items"):
        watch(aiter(client.user_recent()), every=60)  # type: ignore[arg-type]


@pytest.mark.parametrize("every", [0, -1, float("inf"), float("nan"), timedelta(0)])
def test_a_time_that_is_none_is_refused(every: Any) -> None:
    with pytest.raises(ValueError, match="every must be"):
        watch(Watched([]).pager(), every=every)


@pytest.mark.parametrize("every", ["60", None, True, b""])
def test_what_is_no_time_is_refused(every: Any) -> None:
    with pytest.raises(TypeError, match="every must be seconds or a timedelta"):
        watch(Watched([]).pager(), every=every)


def test_other_ways_to_begin_are_refused() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(*range(50)))
        plain = aiter(shelf.pager())
        await anext(plain)
        for broken in (shelf.pager().resume(plain.checkpoint), shelf.pager(BY_PK).limit(3)):
            with pytest.raises(ValueError, match="a watch"):
                watch(broken, every=60)
        with pytest.raises(ValueError, match="buffer"):
            watch(shelf.pager(BY_IDS), every=60, buffer=0)

    run(scenario())
