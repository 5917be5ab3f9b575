"""Checkpoints and watermarks: what comes behind each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from instagram_async import Client, Pager, Request, WindowedPager
from tests.support.kept.answering import Answers, client, media

_TIMES = {"min_timestamp": 1_440_000_000, "max_timestamp": 1_440_100_000}
LISTINGS: dict[str, Callable[[Client], Pager[Any]]] = {
    "user_recent": lambda one: one.user_recent("7", count=3),
    "user_recent, bounded": lambda one: one.user_recent("7", count=3, min_id=media(1).id),
    "tag_recent": lambda one: one.tag_recent("snow", count=3),
    "user_liked": lambda one: one.user_liked(count=3),
    "user_follows": lambda one: one.user_follows("7", count=3),
    "media_search": lambda one: one.media_search(48.1, 11.6, **_TIMES),
    "media_likes": lambda one: one.media_likes(media(1).id),
}
WINDOWED = "location_recent, by windows"
_TAKEN, _TAKEN_BY_WINDOWS = 4, 50
_FEW, _MANY, _NEW = 10, 60, 5  # posts


def _windowed(answers: Answers) -> WindowedPager[Any]:
    return client(answers).location_recent("5", count=3)


async def write() -> str:
    """Places, and what comes behind them, as JSON."""
    told = [await _told(name, make) for name, make in LISTINGS.items()]
    async with _windowed(Answers(_MANY)).parallel(3, ordered=False) as items:
        for _ in range(_TAKEN_BY_WINDOWS):
            await anext(items)
        place = items.checkpoint
    ranges = {"listing": WINDOWED, "checkpoint": place, **await behind(WINDOWED, place)}
    return json.dumps([*told, ranges], indent=1) + "\n"


async def _told(name: str, make: Callable[[Client], Pager[Any]]) -> dict[str, Any]:
    items = aiter(make(client(Answers())))
    for _ in range(_TAKEN):
        await anext(items)
    place = items.checkpoint
    async for _ in items:
        pass
    told = {"listing": name, "checkpoint": place, **await behind(name, place)}
    if not make(client(Answers())).listing.rule.newest_first:
        return told
    mark = items.watermark
    assert mark is not None
    items = aiter(make(client(Answers(_FEW + _NEW))).since(mark))
    await anext(items)
    new, later = await newer(name, mark), await behind(name, items.checkpoint, _FEW + _NEW)
    return {**told, "watermark": mark, "new": new, "marked": items.checkpoint, "later": later}


async def behind(name: str, place: str, posts: int = _FEW) -> dict[str, Any]:
    """What is asked for first when a checkpoint is gone on with, and the ids that come."""
    if name == WINDOWED:  # whose requests have no order
        async with _windowed(Answers(_MANY)).resume(place).parallel(3, ordered=False) as items:
            return {"asked": {}, "rest": sorted([item.id async for item in items])}
    answers = Answers(posts)
    found = await LISTINGS[name](client(answers)).resume(place).collect()
    return {"asked": _asked(answers.asked), "rest": [item.id for item in found]}


async def newer(name: str, mark: str) -> list[str]:
    """What is new behind a watermark, when some were posted."""
    found = await LISTINGS[name](client(Answers(_FEW + _NEW))).since(mark).collect()
    return [item.id for item in found]


def _asked(requests: list[Request]) -> dict[str, str]:
    """What the first request said, but for who asks."""
    told = dict(requests[0].query) if requests else {}
    return {name: value for name, value in told.items() if name != "access_token"}
