"""Errors and cancellations of a pager's iterators: the same page is asked for again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from instagram_async import Listing, Pager, PagingError, ServerError
from instagram_async.paging import ListReply
from instagram_async.paging.feed import Send
from instagram_async.transport import Pairs, Tally
from tests.support.lists import OWN_ID, Post, Shelf, listing

POSTS = [Post(pk) for pk in range(1, 51)]


def pager(shelf: Shelf) -> Pager[Post]:
    return Pager(listing(OWN_ID), shelf.send)


def slowly(shelf: Shelf, answer: asyncio.Event) -> Send:
    """A shelf that answers only when the event is set."""

    async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        await answer.wait()
        return await shelf.send(listing, params, tally)

    return send


async def test_after_an_error_the_same_page_is_asked_again() -> None:
    shelf = Shelf(POSTS, fail=[ServerError("HTTP 502", "GET things/{id}", 502)])
    items = aiter(pager(shelf))
    with pytest.raises(ServerError) as raised:
        await anext(items)
    assert raised.value.checkpoint == items.checkpoint
    assert [post.pk async for post in items] == list(range(50, 0, -1))
    assert shelf.asked[0] == shelf.asked[1]
    assert items.report.requests == 4


async def test_after_a_cancellation_too() -> None:
    shelf = Shelf(POSTS)
    answer = asyncio.Event()
    items = aiter(Pager(listing(OWN_ID), slowly(shelf, answer)))
    task = asyncio.ensure_future(anext(items))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    answer.set()
    assert len([post async for post in items]) == 50


async def test_two_at_once_are_refused() -> None:
    shelf = Shelf(POSTS)
    answer = asyncio.Event()
    items = aiter(Pager(listing(OWN_ID), slowly(shelf, answer)))
    first = asyncio.ensure_future(anext(items))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="under way"):
        await anext(items)
    answer.set()
    assert (await first).pk == 50
    assert len([post async for post in items]) == 49


async def test_errors_of_the_walk_carry_the_checkpoint() -> None:
    shelf = Shelf(POSTS)
    shelf.bend = lambda asked, reply: ListReply(reply.items, {"next_max_id": "31"}, reply.quota)
    items = aiter(pager(shelf))
    given = []
    with pytest.raises(PagingError) as raised:
        given.extend([post.pk async for post in items])
    assert raised.value.kind == "cycle"
    assert raised.value.checkpoint == items.checkpoint
    assert items.report.items == 40
    assert not items.report.complete


async def test_collect_hides_no_error_and_claims_no_progress() -> None:
    shelf = Shelf(POSTS)
    saved = (await anext(pager(shelf).pages())).checkpoint
    shelf.bend = lambda asked, reply: ListReply((), {"next_max_id": "31"}, reply.quota)
    with pytest.raises(PagingError) as raised:
        await pager(shelf).resume(saved).collect()
    shelf.bend = None
    rest = pager(shelf).resume(raised.value.checkpoint or "")
    assert [post.pk for post in await rest.collect()] == list(range(30, 0, -1))
