"""Pages are the caller's: whoever gives them holds none."""

from __future__ import annotations

import gc
from weakref import ref

from tests.support.hall import hall


async def test_a_page_that_was_given_is_held_by_nobody() -> None:
    made = hall(1, 3, seconds=0)
    pages = made.pager("0").pages()
    page = await anext(pages)
    items = [ref(item) for item in page.items]
    saved = page.checkpoint
    del page
    gc.collect()
    assert [item() for item in items] == [None] * 20
    assert pages.checkpoint == saved
    assert pages.report.items == 20


async def test_behind_the_last_page_its_place_is_known() -> None:
    made = hall(1, 3, seconds=0)
    pages = made.pager("0").pages()
    got = [len(page.items) async for page in pages]
    assert sum(got) == 60
    assert pages.report.complete
    assert await made.pager("0").resume(pages.checkpoint).collect() == []
