"""Looking ahead: the same items, errors and places, sooner."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from instagram_async import Listing, PagingError, ServerError
from instagram_async.paging import ListReply, Pager
from instagram_async.quota import ServerQuota
from instagram_async.transport import Pairs, Tally
from instagram_async.v1.cursors import TIME_SPANS
from tests.support.lists import OWN_ID, Post, Shelf, listing
from tests.support.virtual import run

POSTS = [Post(pk) for pk in range(1, 101)]
FAILURE = "HTTP 502"


def pager(shelf: Shelf, count: int = 20) -> Pager[Post]:
    return Pager(listing(OWN_ID, count), shelf.send)


async def unanswered(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
    await asyncio.get_running_loop().create_future()
    raise AssertionError


async def settle() -> None:
    """Let everybody go on as far as he can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_the_next_page_is_there_before_it_is_asked_for() -> None:
    shelf = Shelf(POSTS)
    async with pager(shelf).ahead() as items:
        await settle()
        assert shelf.asked == []
        assert await anext(items) == Post(100)
        await settle()
        assert len(shelf.asked) == 2
        for _ in range(19):
            await anext(items)
        await settle()
        assert len(shelf.asked) == 2
        assert await anext(items) == Post(80)
        await settle()
        assert len(shelf.asked) == 3
        assert [post.pk async for post in items] == list(range(79, 0, -1))
    assert len(shelf.asked) == 5
    assert items.report == aiter(pager(Shelf([]))).report._replace(
        items=100, pages=5, requests=5, complete=True
    )


@pytest.mark.parametrize("pages", [1, 2, 3, 9])
async def test_who_leaves_early_has_wasted_so_many_at_most(pages: int) -> None:
    shelf = Shelf(POSTS)
    async with pager(shelf).ahead(pages) as items:
        await anext(items)
        await settle()
    assert len(shelf.asked) == min(1 + pages, 5)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize(("limit", "requests"), [(0, 0), (1, 1), (20, 1), (21, 2), (60, 3)])
async def test_nothing_is_asked_for_beyond_the_limit(limit: int, requests: int) -> None:
    shelf = Shelf(POSTS)
    async with pager(shelf).limit(limit).ahead(3) as items:
        assert len([post async for post in items]) == limit
        await settle()
    assert len(shelf.asked) == requests


async def test_nothing_is_spent_ahead_of_what_the_server_has_left() -> None:
    shelf = Shelf(POSTS)
    left = 4

    def bend(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
        nonlocal left
        left -= 1
        return reply._replace(quota=ServerQuota(5000, left))

    shelf.bend = bend
    async with pager(shelf).ahead(2) as items:
        await anext(items)
        await settle()
        assert (len(shelf.asked), left) == (3, 1)  # the third says that fewer than two are left
        for _ in range(60):
            await anext(items)
        await settle()
        assert len(shelf.asked) == 4  # asked for by the user himself
        assert len([post async for post in items]) == 39


async def test_an_error_comes_at_its_place_and_the_page_is_asked_for_again() -> None:
    shelf = Shelf(POSTS)
    async with pager(shelf).ahead() as items:
        first = await anext(items)
        shelf.fail = [ServerError(FAILURE, "GET things/{id}", 502)]
        given = [first, *[await anext(items) for _ in range(19)]]
        await settle()
        with pytest.raises(ServerError) as raised:
            await anext(items)
        await settle()
        assert len(shelf.asked) == 2  # not before the user wants it again
        assert raised.value.checkpoint == items.checkpoint
        rest = await pager(shelf).resume(items.checkpoint).collect()
        assert [*given, *rest] == [*given, *[post async for post in items]] == POSTS[::-1]


async def test_a_cancelled_wait_loses_nothing() -> None:
    shelf = Shelf(POSTS)
    answer = asyncio.Event()

    async def slowly(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        await answer.wait()
        return await shelf.send(listing, params, tally)

    async with Pager(listing(OWN_ID), slowly).ahead() as items:
        for _ in range(3):
            waiting = asyncio.ensure_future(anext(items))
            await settle()
            waiting.cancel()
            await asyncio.wait([waiting])
            assert waiting.cancelled()
        answer.set()
        assert [post async for post in items] == POSTS[::-1]
    assert len(shelf.asked) == 5


async def test_two_at_once_are_refused() -> None:
    async with Pager(listing(OWN_ID), unanswered).ahead() as items:
        waiting = asyncio.ensure_future(anext(items))
        await settle()
        with pytest.raises(RuntimeError, match="under way"):
            await anext(items)
        waiting.cancel()
        await asyncio.wait([waiting])


async def test_the_items_end_with_the_block() -> None:
    shelf = Shelf(POSTS)
    ahead = pager(shelf).ahead()
    async with ahead as items:
        await anext(items)
        with pytest.raises(RuntimeError, match="entered already"):
            await ahead.__aenter__()
    for _ in range(19):
        await anext(items)  # of the page at hand
    with pytest.raises(RuntimeError, match="has ended"):
        await anext(items)
    async with ahead as again:
        assert [post async for post in again] == POSTS[::-1]


async def test_whoever_waits_when_the_block_ends_is_told() -> None:
    async with Pager(listing(OWN_ID), unanswered).ahead() as items:
        waiting = asyncio.ensure_future(anext(items))
        await settle()
    with pytest.raises(RuntimeError, match="has ended"):
        await waiting


@pytest.mark.parametrize("pages", [0, -1, 1.0, True, "1"])
def test_pages_are_a_whole_number(pages: Any) -> None:
    with pytest.raises(ValueError, match="pages must be a whole number"):
        pager(Shelf([])).ahead(pages)


async def test_a_span_that_the_present_fixes_is_the_same_for_both() -> None:
    times = iter(range(1_442_000_000, 1_443_000_000, 86_400))
    asked: list[Pairs] = []

    async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        asked.append(params)
        return ListReply((), {}, ServerQuota())

    made = Pager(listing(TIME_SPANS), send, now=lambda: float(next(times)))  # type: ignore[arg-type]
    async with made.ahead() as items:
        assert [item async for item in items] == []
    assert dict(asked[0])["max_timestamp"] == "1442000000"
    assert len(asked) == 1


@pytest.mark.parametrize("work", [0.5, 1.0, 2.0])
def test_it_takes_as_long_as_the_slower_of_the_two(work: float) -> None:
    """A reply takes a second, and the work on a page so many."""
    shelf = Shelf([Post(pk) for pk in range(1, 2001)])

    async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        await asyncio.sleep(1.0)
        return await shelf.send(listing, params, tally)

    async def scenario() -> float:
        clock = asyncio.get_running_loop().time
        started = clock()
        async with Pager(listing(OWN_ID), send).ahead() as items:
            async for _ in items:
                await asyncio.sleep(work / 20)
        return clock() - started

    slower = 100 * max(work, 1.0)
    assert slower <= run(scenario()) <= 1.1 * slower


async def test_pages_that_hold_nothing_are_told_once() -> None:
    shelf = Shelf(POSTS)

    def bend(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
        number = len(shelf.asked)
        return ListReply(
            (), {"next_max_id": str(1000 - number)} if number < 60 else {}, reply.quota
        )

    shelf.bend = bend
    async with pager(shelf).ahead(2) as items:
        with pytest.raises(PagingError) as raised:
            await anext(items)
        assert raised.value.kind == "empty_pages"
        with pytest.raises(StopAsyncIteration):
            await anext(items)
    assert len(shelf.asked) == 60
