"""Pagers and their iterators, by their contract."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from instagram_async import (
    Client,
    Pager,
    Report,
    Unreadable,
    WindowedPager,
)
from instagram_async.paging import ListReply
from instagram_async.testing import ScriptedTransport
from tests.support.canary import TOKEN
from tests.support.lists import OWN_ID, Post, Shelf, listing

POSTS = [Post(pk) for pk in range(1, 51)]


def pager(shelf: Shelf, count: int = 20) -> Pager[Post]:
    return Pager(listing(OWN_ID, count), shelf.send)


async def test_every_iteration_starts_afresh() -> None:
    shelf = Shelf(POSTS)
    pages = pager(shelf)
    assert await pages.collect() == await pages.collect() == sorted(POSTS, key=lambda p: -p.pk)
    assert len(shelf.asked) == 6


async def test_nothing_is_sent_before_it_is_iterated() -> None:
    shelf = Shelf(POSTS)
    aiter(pager(shelf).limit(3))
    pager(shelf).pages()
    assert shelf.asked == []


async def test_what_is_shown_is_what_was_asked_for() -> None:
    shelf = Shelf(POSTS[:1])
    asked = (
        "Listing(operation='GET things/{id}', path='things/7', params=(), "
        "page_size=(('count', '20'),), model=<class 'tests.support.lists.Post'>, windowed=False)"
    )
    assert repr(pager(shelf).limit(3)) == f"Pager(listing={asked}, _limit=3)"
    page = await anext(pager(shelf).pages())
    assert repr(page) == (
        f"Page(items=({POSTS[0]!r},), cursor=None, next=None, quota={page.quota!r}, "
        "pagination={}, unreadable=())"
    )


async def test_fluent_methods_leave_the_pager_alone() -> None:
    pages = pager(Shelf(POSTS))
    assert pages.limit(3) is not pages
    assert len(await pages.collect()) == 50


@pytest.mark.parametrize(("limit", "requests"), [(0, 0), (1, 1), (20, 1), (21, 2), (99, 3)])
async def test_limit(limit: int, requests: int) -> None:
    shelf = Shelf(POSTS)
    assert len(await pager(shelf).limit(limit).collect()) == min(limit, 50)
    assert len(shelf.asked) == requests


async def test_a_page_can_be_fetched_before_its_items_are_taken() -> None:
    shelf = Shelf(POSTS)
    items = aiter(pager(shelf).limit(25))
    start = items.checkpoint
    assert (items.at_hand, items.is_over, len(shelf.asked)) == (0, False, 0)
    for _ in range(2):
        assert await items.fill()
        assert (items.at_hand, items.checkpoint, len(shelf.asked)) == (20, start, 1)
    first = await anext(items)
    assert items.at_hand == 19
    got = [first, *[await anext(items) for _ in range(items.at_hand)]]
    assert (items.at_hand, items.is_over, items.report.items) == (0, False, 20)
    assert await items.fill()
    assert (items.at_hand, items.is_over) == (5, False)
    got += [post async for post in items]
    assert (items.at_hand, items.is_over, await items.fill()) == (0, True, False)
    assert [post.pk for post in got] == list(range(50, 25, -1))
    assert (len(shelf.asked), items.report.complete) == (2, False)


async def test_the_last_limit_counts() -> None:
    assert len(await pager(Shelf(POSTS)).limit(3).limit(5).collect()) == 5


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        pager(Shelf(POSTS)).limit(-1)


async def test_limit_counts_from_where_the_iteration_starts() -> None:
    pages = pager(Shelf(POSTS))
    items = aiter(pages.limit(7))
    first = [post.pk async for post in items]
    second = [post.pk async for post in pages.resume(items.checkpoint).limit(7)]
    assert first + second == list(range(50, 36, -1))


async def test_first() -> None:
    shelf = Shelf(POSTS)
    assert await pager(shelf).first() == Post(50)
    assert len(shelf.asked) == 1
    assert await pager(Shelf([])).first() is None
    assert await pager(Shelf(POSTS)).limit(0).first() is None


async def test_pages() -> None:
    pages = pager(Shelf(POSTS)).pages()
    got = [page async for page in pages]
    assert [len(page.items) for page in got] == [20, 20, 10]
    assert [page.cursor for page in got] == [None, "31", "11"]
    assert [page.next for page in got] == ["31", "11", None]
    assert got[0].pagination == {"next_max_id": "31"}
    assert [page.report.items for page in got] == [20, 40, 50]
    assert [page.report.complete for page in got] == [False, False, True]
    assert pages.report == got[-1].report
    assert pages.checkpoint == got[-1].checkpoint
    assert aiter(pages) is pages
    assert len({*got, *got}) == 3  # a page is itself, whatever it holds


async def test_a_page_can_be_gone_on_behind() -> None:
    shelf = Shelf(POSTS)
    page = await anext(pager(shelf).pages())
    rest = await pager(shelf, 7).resume(page.checkpoint).collect()
    assert [post.pk for post in rest] == list(range(30, 0, -1))


async def test_limit_cuts_the_last_page() -> None:
    shelf = Shelf(POSTS)
    pages = [page async for page in pager(shelf).limit(25).pages()]
    assert [len(page.items) for page in pages] == [20, 5]
    assert [post.pk async for post in pager(shelf).resume(pages[-1].checkpoint).limit(1)] == [25]


async def test_pages_note_what_can_not_be_read() -> None:
    bad = Unreadable("data[0].id", "expected str", {"id": {}})
    shelf = Shelf([Post(3), Post(2)])
    shelf.bend = lambda asked, reply: ListReply((bad, *reply.items), {}, reply.quota, True)
    page = await anext(pager(shelf).pages())
    assert (page.items, page.unreadable) == ((Post(3), Post(2)), (bad,))
    assert (page.report.items, page.report.unreadable) == (2, 1)


async def test_report() -> None:
    items = aiter(pager(Shelf(POSTS)))
    assert items.report == Report()
    await anext(items)
    assert (items.report.items, items.report.pages, items.report.requests) == (1, 1, 1)
    assert not items.report.complete
    async for _ in items:
        pass
    assert (items.report.items, items.report.pages, items.report.complete) == (50, 3, True)


async def test_pages_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", logger="instagram_async.paging"):
        await pager(Shelf(POSTS)).collect()
    assert [record.getMessage() for record in caplog.records] == [
        "GET things/7: page 1 gives 20",
        "GET things/7: page 2 gives 20",
        "GET things/7: page 3 gives 10",
    ]


async def test_a_limit_short_of_the_end_is_not_complete() -> None:
    items = aiter(pager(Shelf(POSTS)).limit(49))
    assert len([post async for post in items]) == 49
    assert not items.report.complete


async def test_the_end_stays_the_end() -> None:
    shelf = Shelf(POSTS[:3])
    items = aiter(pager(shelf))
    assert len([post async for post in items]) == 3
    for _ in range(2):
        with pytest.raises(StopAsyncIteration):
            await anext(items)
    assert len(shelf.asked) == 1
    assert await pager(shelf).resume(items.checkpoint).collect() == []
    assert len(shelf.asked) == 1


@pytest.mark.parametrize("limit", [1.5, "3", True])
def test_a_limit_is_a_whole_number(limit: Any) -> None:
    with pytest.raises(ValueError, match="whole"):
        pager(Shelf(POSTS)).limit(limit)


def test_a_listing_is_a_value() -> None:
    client = Client(TOKEN, transport=ScriptedTransport())
    made = client.user_recent("25025320", min_id="64_9", max_timestamp=1_442_000_000, count=5)
    thawed = pickle.loads(pickle.dumps(made.listing))
    assert thawed == made.listing
    assert hash(thawed) == hash(made.listing)
    assert str(thawed) == ("GET users/25025320/media/recent?max_timestamp=1442000000&min_id=64_9")
    assert isinstance(client.pager(thawed), WindowedPager)
    assert client.pager(thawed).listing == made.listing
    assert type(client.pager(listing(OWN_ID))) is Pager
    assert TOKEN not in repr(made) + repr(thawed) + str(thawed)


async def test_a_bound_listing_pages() -> None:
    media = {"id": "64_9", "created_time": "1442000000", "user": {"id": "9", "username": "ann"}}
    transport = ScriptedTransport([ScriptedTransport.reply([media], pagination={})])
    client = Client(TOKEN, transport=transport)
    bound = client.pager(client.user_recent("9").listing)
    assert [item.id for item in await bound.collect()] == ["64_9"]


def test_checkpoints_of_other_listings_are_refused_at_once() -> None:
    client = Client(TOKEN, transport=ScriptedTransport())
    saved = aiter(client.user_recent("1")).checkpoint
    with pytest.raises(ValueError, match="another listing"):
        client.user_recent("2").resume(saved)
    assert client.user_recent("1", count=3).resume(saved).listing.page_size == (("count", "3"),)
