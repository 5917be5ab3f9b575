"""Looking ahead says what the plain walk says, whatever goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from instagram_async import Listing, PagingError, ServerError
from instagram_async.paging import ListReply, Pager
from instagram_async.paging.items import Items
from instagram_async.transport import Pairs, Tally
from tests.support.lists import NEXT_ID, OPAQUE, OWN_ID, Post, Shelf, listing

Told = list[tuple[str, str]]


async def _told(items: Items[Post]) -> Told:
    """All that the items say, and the place after each of it."""
    told: Told = []
    for _ in range(400):
        try:
            post = await anext(items)
        except StopAsyncIteration:
            return [*told, ("end", items.checkpoint)]
        except PagingError as error:
            told.append((error.kind, items.checkpoint))
            if error.kind == "cycle":
                return told
        except ServerError as error:
            assert error.checkpoint == items.checkpoint
            told.append(("error", items.checkpoint))
        else:
            told.append((post.id, items.checkpoint))
    raise AssertionError("it does not end")


async def _plain(made: Pager[Post]) -> tuple[Told, Any]:
    items = aiter(made)
    return await _told(items), items.report


def _ahead(pages: int) -> Callable[[Pager[Post]], Coroutine[Any, Any, tuple[Told, Any]]]:
    async def read(made: Pager[Post]) -> tuple[Told, Any]:
        async with made.ahead(pages) as items:
            return await _told(items), items.report

    return read


@given(
    st.sampled_from((OWN_ID, NEXT_ID, OPAQUE)),
    st.lists(st.integers(1, 200), unique=True, max_size=60),
    st.integers(1, 20),
    st.one_of(st.none(), st.integers(0, 70)),
    st.lists(st.sampled_from(("fine", "fine", "fail", "empty", "repeat")), max_size=20),
    st.integers(1, 4),
)
def test_it_says_what_the_plain_walk_says(
    rule: Any, pks: list[int], count: int, limit: int | None, mishaps: list[str], pages: int
) -> None:
    def made() -> Pager[Post]:
        left = iter(mishaps)
        shelf = Shelf([Post(pk) for pk in pks])
        last: list[ListReply[Any]] = []

        async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
            mishap = next(left, "fine")
            if mishap == "fail":
                shelf.fail = [ServerError("HTTP 502", "GET things/{id}", 502)]
            reply = await shelf.send(listing, params, tally)
            if mishap == "empty":
                reply = reply._replace(items=())
            if mishap == "repeat" and last:
                reply = reply._replace(pagination=last[-1].pagination)
            last.append(reply)
            return reply

        pager = Pager(listing(rule, count), send)
        return pager if limit is None else pager.limit(limit)

    plain, report = asyncio.run(_plain(made()))
    assert asyncio.run(_ahead(pages)(made())) == (plain, report)
