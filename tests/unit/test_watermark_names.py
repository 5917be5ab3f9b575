"""Only what is new where items have no numbers, and are known again by their names."""

from __future__ import annotations

import pytest

from instagram_async import Unreadable
from instagram_async.paging import ListReply, Pager
from tests.support.lists import Post, Shelf, listing
from tests.support.news import BY_IDS


def pager(shelf: Shelf, count: int) -> Pager[Post]:
    return Pager(listing(BY_IDS, count), shelf.send)


def shelf_of(*pks: int) -> Shelf:
    return Shelf([Post(number) for number in pks])


async def read_all(made: Pager[Post]) -> tuple[list[int], str | None]:
    items = aiter(made)
    return [post.pk async for post in items], items.watermark


@pytest.mark.parametrize(
    ("size", "count", "deleted", "posted"),
    [(33, 33, 1, 0), (33, 33, 28, 2), (20, 100, 0, 0), (20, 100, 9, 3), (50, 7, 44, 0)],
)
async def test_what_stands_behind_known_ones_is_old_though_it_is_not_known(
    size: int, count: int, deleted: int, posted: int
) -> None:
    shelf = shelf_of(*range(200))
    _, mark = await read_all(pager(shelf, size))
    shelf.posts = [Post(number) for number in range(200 - deleted)]
    shelf.posts += [Post(number) for number in range(200, 200 + posted)]
    items = aiter(pager(shelf, count).since(mark))
    assert [post.pk async for post in items] == list(range(199 + posted, 199, -1))
    assert (items.report.requests, items.report.complete) == (1, True)


@pytest.mark.parametrize("late", [199, 337, 381])
async def test_one_that_comes_late_between_known_ones_is_new(late: int) -> None:
    shelf = shelf_of(*range(0, 400, 2))
    _, mark = await read_all(pager(shelf, 33))
    shelf.posts.append(Post(late))
    expected = [late] if late > 334 else []  # among those that are not known nothing is new
    items = aiter(pager(shelf, 33).since(mark))
    assert [post.pk async for post in items] == expected
    assert items.report.requests == 1


async def test_what_can_not_be_read_is_old_behind_known_ones_alone() -> None:
    shelf = shelf_of(*range(200))
    _, mark = await read_all(pager(shelf, 33))

    def blind(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
        bad = [Unreadable(f"data[{at}].id", "expected str", {"at": at}) for at in (3, 32)]
        return reply._replace(items=(*reply.items[:3], bad[0], *reply.items[4:], bad[1]))

    shelf.bend = blind
    (page,) = [page async for page in pager(shelf, 32).since(mark).pages()]
    assert [one.path for one in page.unreadable] == ["data[3].id"]
    assert page.items == ()


async def test_what_no_mark_has_between_two_of_them_is_old() -> None:
    shelf = shelf_of(*range(50))
    _, mark = await read_all(pager(shelf, 20))
    shelf.posts += [Post(number) for number in range(50, 110)]
    given, mark = await read_all(pager(shelf, 20).since(mark))
    assert given == list(range(109, 49, -1))
    assert (await read_all(pager(shelf, 100).since(mark)))[0] == []
    shelf.posts += [Post(number) for number in range(110, 120)]
    given, mark = await read_all(pager(shelf, 100).since(mark))
    assert given == list(range(119, 109, -1))
    assert await read_all(pager(shelf, 100).since(mark)) == ([], mark)


async def test_a_walk_that_begins_at_the_top_again_knows_what_was_posted_meanwhile() -> None:
    shelf = shelf_of(*range(100))
    items = aiter(pager(shelf, 40))
    assert (await anext(items)).pk == 99  # who breaks off on the first page begins there again
    shelf.posts += [Post(number) for number in range(100, 110)]
    rest, mark = await read_all(pager(shelf, 1).resume(items.checkpoint))
    assert rest == [*range(109, 99, -1), *range(98, -1, -1)]
    shelf.posts.append(Post(110))
    assert (await read_all(pager(shelf, 9).since(mark)))[0] == [110]


@pytest.mark.parametrize("again", [(199, 198, 197, 196), (190, 191, 192, 193, 194, 195)])
async def test_some_that_come_to_the_top_again_hide_nothing(again: tuple[int, ...]) -> None:
    """They are few, or come in another order than they had."""
    shelf = shelf_of(*range(200))
    _, mark = await read_all(pager(shelf, 33))
    shelf.posts += [Post(number) for number in range(200, 210)]

    def top(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
        old = tuple(map(Post, again)) if BY_IDS.parameter not in asked else ()
        rest = tuple(item for item in reply.items if item not in old)
        return reply._replace(items=(*old, *rest))

    shelf.bend = top
    assert (await read_all(pager(shelf, 33).since(mark)))[0] == list(range(209, 199, -1))


async def test_an_empty_listing_has_no_mark_until_something_is_there() -> None:
    shelf = shelf_of()
    assert await read_all(pager(shelf, 9).since(None)) == ([], None)
    shelf.posts.append(Post(1))
    given, mark = await read_all(pager(shelf, 9).since(None))
    assert given == [1]
    assert await read_all(pager(shelf, 9).since(mark)) == ([], mark)
