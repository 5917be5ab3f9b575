"""An imaginary app: what an account posted in a week, and how it went down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from instagram_async import Client, Media, NotFoundError

WEEK = timedelta(days=7)


async def week_of(client: Client, until: datetime) -> list[Media]:
    """What was posted in the week before an instant, newest first."""
    return await client.user_recent(min_timestamp=until - WEEK, max_timestamp=until).collect()


def summary(media: Iterable[Media]) -> str:
    """A line about some media."""
    found = list(media)
    if not found:
        return "nothing this week"
    likes = sum(one.likes.count for one in found)
    best = max(found, key=lambda one: one.likes.count)
    return f"{len(found)} posts, {likes} likes, best: {best.link}"


async def like_all(client: Client, media: Iterable[Media]) -> int:
    """Like what is still there, and say how much that was."""
    liked = 0
    for one in media:
        try:
            await client.like(one.id)
        except NotFoundError:
            continue  # deleted since
        liked += 1
    return liked
