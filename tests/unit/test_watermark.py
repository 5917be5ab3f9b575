"""Only what is new: runs that are chained by watermarks and checkpoints."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from instagram_async import Client, Listing, Unreadable
from instagram_async.paging import ListReply, Pager
from instagram_async.paging.checkpoint import Mark, Marks, short
from instagram_async.paging.cursor import PaginationKey
from instagram_async.paging.watermark import WatermarkTracker, read, write
from instagram_async.testing import ScriptedTransport
from tests.support.lists import NEXT_ID, OWN_ID, Post, Shelf, listing, pk, second

BY_PK = evolve(OWN_ID, newest_first=True, axis=pk)
BY_SECOND = evolve(NEXT_ID, newest_first=True, axis=second)
BY_IDS = evolve(NEXT_ID, newest_first=True)
RULES = {"pk": BY_PK, "second": BY_SECOND, "ids": BY_IDS}


def pager(shelf: Shelf, rule: PaginationKey = BY_PK, count: int = 20) -> Pager[Post]:
    return Pager(listing(rule, count), shelf.send)


def shelf_of(*pks: int) -> Shelf:
    return Shelf([Post(number, number // 3) for number in pks])


async def read_all(made: Pager[Post]) -> tuple[list[int], str | None]:
    items = aiter(made)
    return [post.pk async for post in items], items.watermark


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
async def test_only_what_is_newer_is_given_and_asked_for(rule: PaginationKey) -> None:
    shelf = shelf_of(*range(100))
    given, mark = await read_all(pager(shelf, rule))
    assert given == list(range(99, -1, -1))
    shelf.posts += [Post(number, number // 3) for number in range(100, 105)]
    shelf.asked.clear()
    assert mark is not None
    items = aiter(pager(shelf, rule).since(mark))
    assert [post.pk async for post in items] == [104, 103, 102, 101, 100]
    assert len(shelf.asked) == 1
    assert (items.report.duplicates, items.report.complete) == (15, True)
    assert await read_all(pager(shelf, rule).since(items.watermark)) == ([], items.watermark)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
async def test_deleted_media_hide_nothing(rule: PaginationKey) -> None:
    shelf = shelf_of(*range(50))
    _, mark = await read_all(pager(shelf, rule))
    shelf.posts = [post for post in shelf.posts if post.pk < 45] + [Post(60, 20)]
    assert (await read_all(pager(shelf, rule).since(mark)))[0] == [60]


async def test_the_mark_is_the_old_one_until_all_was_given() -> None:
    shelf = shelf_of(*range(50))
    items = aiter(pager(shelf))
    for _ in range(49):
        await anext(items)
        assert items.watermark is None
    await anext(items)
    mark = items.watermark
    assert mark is not None
    shelf.posts += [Post(number) for number in range(50, 80)]
    fresh = aiter(pager(shelf).since(mark))
    for _ in range(29):
        await anext(fresh)
        assert fresh.watermark == mark
    await anext(fresh)
    assert fresh.watermark != mark
    limited = aiter(pager(shelf).since(mark).limit(10))
    assert len([post async for post in limited]) == 10
    assert limited.watermark == mark


async def test_a_walk_that_was_broken_off_ends_with_the_newest_it_had_seen() -> None:
    shelf = shelf_of(*range(50))
    _, mark = await read_all(pager(shelf))
    shelf.posts += [Post(number) for number in range(50, 80)]
    items = aiter(pager(shelf).since(mark))
    first = [(await anext(items)).pk for _ in range(25)]
    shelf.posts.append(Post(90))
    rest, newest = await read_all(pager(shelf).resume(items.checkpoint))
    assert first + rest == list(range(79, 49, -1))
    assert (await read_all(pager(shelf).since(newest)))[0] == [90]
    ended = aiter(pager(shelf).resume(items.checkpoint))
    assert len([post async for post in ended]) == 5
    assert (await read_all(pager(shelf).resume(ended.checkpoint))) == ([], newest)


async def test_since_after_resume_sets_the_old_mark_alone() -> None:
    shelf = shelf_of(*range(60))
    items = aiter(pager(shelf))
    for _ in range(25):
        await anext(items)
    old = write(listing(BY_PK), Mark(19, (short("19"),)))
    rest, newest = await read_all(pager(shelf).resume(items.checkpoint).since(old))
    assert rest == list(range(34, 19, -1))
    assert newest == write(listing(BY_PK), Mark(59, (short("59"),)))


async def test_an_old_one_that_comes_to_the_top_again_hides_nothing() -> None:
    shelf = shelf_of(*range(40))
    _, mark = await read_all(pager(shelf, BY_IDS))
    shelf.posts += [Post(number) for number in range(50, 60)]

    def again(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
        old = (Post(39),) if BY_IDS.parameter not in asked else ()
        return reply._replace(items=(*reply.items, *old))

    shelf.bend = again
    assert (await read_all(pager(shelf, BY_IDS, 1).since(mark)))[0] == list(range(59, 49, -1))


async def test_media_of_one_second_are_told_apart() -> None:
    shelf = Shelf([Post(1, 5), Post(2, 5), Post(3, 5)])
    _, mark = await read_all(pager(shelf, BY_SECOND, 2))
    shelf.posts += [Post(4, 5), Post(5, 6)]
    fresh, mark = await read_all(pager(shelf, BY_SECOND, 2).since(mark))
    assert fresh == [5, 4]
    shelf.posts += [Post(6, 6)]
    assert (await read_all(pager(shelf, BY_SECOND, 2).since(mark)))[0] == [6]


async def test_nothing_known_gives_everything_and_nothing_there_no_mark() -> None:
    assert await read_all(pager(Shelf([])).since(None)) == ([], None)
    given, mark = await read_all(pager(shelf_of(1, 2)).since(None))
    assert given == [2, 1]
    assert await read_all(pager(Shelf([])).since(mark)) == ([], mark)


async def test_what_can_not_be_read_is_no_mark() -> None:
    bad = Unreadable("data[0].id", "expected str", {"id": {}})
    shelf = shelf_of(1, 2)
    shelf.bend = lambda asked, reply: reply._replace(items=(bad, *reply.items, bad), flawed=True)
    page = await anext(pager(shelf).pages())
    mark = read(listing(BY_PK), write(listing(BY_PK), Mark(2, (short("2"),))) or "")
    tracker = WatermarkTracker(BY_PK, Marks(mark))
    assert len(page.unreadable) == 2
    assert not tracker.is_old(bad, "bad")
    assert not tracker.is_reached((bad,))
    assert tracker.is_reached((Post(3), Post(2), bad))


@pytest.mark.parametrize(
    ("make", "operation"),
    [
        (lambda client: client.user_follows("9"), "GET users/{id}/follows"),
        (lambda client: client.media_comments("64_9"), "GET media/{id}/comments"),
        (lambda client: client.media_popular(), "GET media/popular"),
    ],
)
def test_a_listing_that_has_no_watermark_says_so(make: Any, operation: str) -> None:
    made = make(Client("token", transport=ScriptedTransport()))
    with pytest.raises(TypeError, match=operation):
        made.since(None)
    with pytest.raises(TypeError, match=operation):
        _ = aiter(made).watermark


@pytest.mark.parametrize(
    "make",
    [
        lambda client: client.user_recent("9"),
        lambda client: client.user_feed(),
        lambda client: client.user_liked(),
        lambda client: client.tag_recent("snow"),
        lambda client: client.location_recent("1"),
        lambda client: client.geography_recent("1"),
        lambda client: client.media_search(1.0, 2.0),
    ],
)
def test_listings_that_have_one(make: Any) -> None:
    assert make(Client("token", transport=ScriptedTransport())).since(None) is not None


@pytest.mark.parametrize("ordered", [True, False])
def test_what_is_new_is_not_read_in_parallel(ordered: bool) -> None:
    mark = write(Client("token", transport=ScriptedTransport()).user_recent("9").listing, Mark(5))
    made = Client("token", transport=ScriptedTransport()).user_recent("9").since(mark)
    with pytest.raises(ValueError, match="in order, not in parallel"):
        made.parallel(4, ordered=ordered)


async def test_a_read_in_parallel_has_a_watermark_if_it_is_ordered() -> None:
    client = Client("token", transport=ScriptedTransport())
    async with client.user_recent("9").parallel(4) as items:
        assert items.watermark is None
    async with client.user_recent("9").parallel(4, ordered=False) as items:
        with pytest.raises(TypeError, match="not ordered"):
            _ = items.watermark


@pytest.mark.parametrize("text", ["", "null", "{}", "[]", "[1]", '[1,"GET things/7","5",[]]'])
def test_what_is_no_watermark_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a watermark"):
        pager(Shelf([])).since(text)


def test_watermarks_of_others_are_refused() -> None:
    text = write(listing(BY_PK, min_id=3), Mark(5))
    with pytest.raises(ValueError, match="another listing"):
        pager(Shelf([])).since(text)
    with pytest.raises(ValueError, match="another listing"):
        read(listing(BY_PK, min_id=3), write(listing(BY_PK), Mark(5)) or "")
    for version in (0, 2):
        with pytest.raises(ValueError, match=f"version {version}"):
            pager(Shelf([])).since(f'[{version},"GET things/7",5,[]]')


async def test_a_mark_that_is_not_settled_on_one_page_goes_on() -> None:
    shelf = shelf_of(*range(200))
    for count, size in ((1, 30), (7, 35), (50, 50), (200, 100)):
        _, text = await read_all(pager(shelf, BY_IDS, count))
        known = read(listing(BY_IDS), text or "").known
        assert known == tuple(short(str(number)) for number in range(199, 199 - size, -1))


def test_the_listing_of_a_mark_is_the_pagers() -> None:
    made: Listing[Post] = listing(BY_PK, count=5)
    assert read(listing(BY_PK, count=33), write(made, Mark(7, ("a",))) or "") == Mark(7, ("a",))
    assert write(made, None) is None
