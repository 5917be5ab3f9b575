"""A timeline in pages of ten, read by windows."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

from instagram_async.paging import WindowedPager
from tests.support.lists import Post, listing
from tests.support.timelines import DATED, Timeline, shaped

PAGE = 10


def timeline(number: int, **kinds: Any) -> Timeline:
    return Timeline(shaped("uniform", number, 1), trip=1.0, dice=Random(1), **kinds)


def pager(made: Timeline, *, counted: bool = True, **bounds: int) -> WindowedPager[Post]:
    number = made.count if counted else None
    return WindowedPager(listing(DATED, PAGE, **bounds), made.send, count=number)


async def read(made: Any) -> tuple[list[Post], Any, float]:
    clock = asyncio.get_running_loop().time
    started = clock()
    async with made as items:
        return [item async for item in items], items.report, clock() - started
