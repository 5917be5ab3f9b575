"""Reads that own tasks, page by page."""

from __future__ import annotations

import pytest

from tests.support.leftovers import nothing_left
from tests.support.lists import Post
from tests.support.windowed import pager, timeline


@pytest.mark.parametrize("way", ["ahead", "ordered", "unordered"])
async def test_pages_have_what_the_items_are(way: str) -> None:
    made = timeline(300)
    made.trip = 0
    plain = pager(made)
    block = plain.ahead(2) if way == "ahead" else plain.parallel(4, way == "ordered")
    got, places = list[Post](), list[tuple[str, int]]()
    async with nothing_left(), block.pages() as pages:
        async for page in pages:
            got.extend(page.items)
            places.append((page.checkpoint, len(got)))
    wanted = made.posts[::-1]
    assert sorted(got, key=lambda post: -post.pk) == wanted
    if way != "unordered":
        assert got == wanted
        for saved, number in places[::7]:
            assert await plain.resume(saved).collect() == wanted[number:]


async def test_a_block_is_entered_one_way_at_a_time() -> None:
    block = pager(timeline(30)).ahead()
    async with block.pages():
        with pytest.raises(RuntimeError, match="entered already"):
            async with block:
                pass
    async with block:
        with pytest.raises(RuntimeError, match="entered already"):
            async with block.pages():
                pass
