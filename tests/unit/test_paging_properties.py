"""Whatever happens between two runs: what was there all along is given exactly once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instagram_async import Pager, ResponseError, TransportError, Unreadable
from instagram_async.paging.cursor import PaginationKey
from tests.support.lists import NEXT_ID, OPAQUE, OWN_ID, Post, Shelf, listing

rules = st.sampled_from([OWN_ID, NEXT_ID, OPAQUE])
numbers = st.sets(st.integers(1, 200), max_size=60)
counts = st.integers(1, 25)


def pager(shelf: Shelf, rule: PaginationKey, count: int) -> Pager[Post]:
    return Pager(listing(rule, count), shelf.send)


async def part(pages: Pager[Post], stop: int) -> tuple[list[int], str]:
    items = aiter(pages)
    given: list[int] = []
    while len(given) < stop and (item := await anext(items, None)) is not None:
        given.append(item.pk)
    return given, items.checkpoint


@settings(max_examples=300)
@given(
    rules, numbers, st.lists(st.tuples(counts, st.integers(0, 30)), max_size=4), counts, st.data()
)
def test_resuming(
    rule: PaginationKey, pks: set[int], parts: list[tuple[int, int]], last: int, data: st.DataObject
) -> None:
    """Stop anywhere, post and delete, resume with another page size, several times."""
    shelf = Shelf([Post(pk) for pk in pks])
    always = set(pks)
    seen: list[int] = []
    saved: str | None = None
    newest = 201
    for count, stop in [*parts, (last, 10_000)]:
        pages = pager(shelf, rule, count)
        if saved is not None:
            pages = pages.resume(saved)
        given, saved = asyncio.run(part(pages, stop))
        seen += given
        gone = data.draw(st.sets(st.integers(1, 200), max_size=30))
        came = range(newest, newest := newest + data.draw(st.integers(0, 4)))
        always -= gone
        shelf.posts = [post for post in shelf.posts if post.pk not in gone]
        shelf.posts += [Post(pk) for pk in came]
    assert len(seen) == len(set(seen))
    assert always <= set(seen)
    end, _ = asyncio.run(part(pager(shelf, rule, 5).resume(saved), 10)) if saved else ([], "")
    assert end == []


@settings(max_examples=200)
@given(rules, numbers, counts, st.lists(st.booleans(), max_size=40))
def test_errors_lose_and_repeat_nothing(
    rule: PaginationKey, pks: set[int], count: int, failures: list[bool]
) -> None:
    """After an error the same iterator goes on; a resume from its checkpoint does too."""
    shelf = Shelf([Post(pk) for pk in pks])
    plan = iter(failures)

    async def walk() -> list[int]:
        items: Any = aiter(pager(shelf, rule, count))
        given: list[int] = []
        while True:
            if next(plan, False):
                shelf.fail = [TransportError("connection lost", "GET things/{id}")]
            try:
                given.append((await anext(items)).pk)
            except TransportError as error:
                assert error.checkpoint == items.checkpoint
                if len(given) % 2:
                    items = aiter(pager(shelf, rule, count).resume(error.checkpoint or ""))
            except StopAsyncIteration:
                assert items.report.complete
                return given
            finally:
                shelf.fail = []

    assert asyncio.run(walk()) == sorted(pks, reverse=True)


@settings(max_examples=200)
@given(rules, numbers, counts, st.sets(st.integers(1, 200)), st.integers(0, 70))
def test_unreadable_items_sink_nothing(
    rule: PaginationKey, pks: set[int], count: int, broken: set[int], limit: int
) -> None:
    """At the place of an unreadable item comes one error, and then what is behind it."""
    shelf = Shelf([Post(pk) for pk in pks])

    def bend(asked: dict[str, str], reply: Any) -> Any:
        items = [
            Unreadable(f"data[{at}]", "broken", item.pk) if item.pk in broken else item
            for at, item in enumerate(reply.items)
        ]
        return type(reply)(tuple(items), reply.pagination, reply.quota, bool(broken))

    shelf.bend = bend

    async def walk() -> list[int]:
        items = aiter(pager(shelf, rule, count).limit(limit))
        met: list[int] = []
        readable = 0
        while True:
            try:
                met.append((await anext(items)).pk)
                readable += 1
            except ResponseError as error:
                met.append(error.raw)
                assert error.operation == "GET things/{id}"
                assert error.checkpoint == items.checkpoint
            except StopAsyncIteration:
                assert readable == min(limit, len(pks - broken))
                assert items.report.unreadable == len(met) - readable
                assert items.report.items == readable
                return met

    met = asyncio.run(walk())
    assert met == sorted(pks, reverse=True)[: len(met)]


@settings(max_examples=200)
@given(numbers, counts, st.integers(0, 220), st.integers(0, 220), st.booleans())
def test_bounds(pks: set[int], count: int, low: int, high: int, honest: bool) -> None:
    """Bounds hold whether or not the server knows them."""
    shelf = Shelf([Post(pk, pk // 3) for pk in pks])

    def bend(asked: dict[str, str], reply: Any) -> Any:
        kept = [p for p in reply.items if not honest or low // 3 <= p.second <= high // 3]
        return type(reply)(tuple(kept), reply.pagination, reply.quota)

    shelf.bend = bend
    bounded = listing(OWN_ID, count, min_timestamp=low // 3, max_timestamp=high // 3)
    given = asyncio.run(Pager(bounded, shelf.send).collect())
    inside = [pk for pk in sorted(pks, reverse=True) if low // 3 <= pk // 3 <= high // 3]
    assert [post.pk for post in given] == inside


@pytest.mark.parametrize("rule", [OWN_ID, NEXT_ID, OPAQUE])
def test_what_was_given_of_the_first_page_is_owed_behind_all_that_came_since(
    rule: PaginationKey,
) -> None:
    """Left on the first page, again among new posts, and only then behind them."""
    shelf = Shelf([Post(1), Post(2)])
    seen, saved = asyncio.run(part(pager(shelf, rule, 2), 1))
    shelf.posts += [Post(201), Post(202)]
    for stop in (1, 10):
        given, saved = asyncio.run(part(pager(shelf, rule, 1).resume(saved), stop))
        seen += given
    assert sorted(seen) in ([1, 2], [1, 2, 201, 202])
    assert json.loads(saved)[4]
