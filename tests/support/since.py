"""A server with a listing of each kind that gives the newest first, and news for all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from attrs import evolve

from instagram_async import Client, Media, Pager, Quota
from instagram_async.server import LocalInstagram, World
from instagram_async.testing import ManualClock
from tests.support.listings import ALL_SCOPES

PLACES: dict[str, Callable[[Client, Any], Pager[Media]]] = {
    "user_recent": lambda client, media: client.user_recent(count=9),
    "user_feed": lambda client, media: client.user_feed(count=9),
    "user_liked": lambda client, media: client.user_liked(count=9),
    "tag_recent": lambda client, media: client.tag_recent(media.tags[0], count=9),
    "location_recent": lambda client, media: client.location_recent(media.location.id, count=9),
    "media_search": lambda client, media: client.media_search(
        media.location.latitude, media.location.longitude, count=9
    ),
}


@asynccontextmanager
async def served() -> AsyncIterator[tuple[LocalInstagram, Client, Media]]:
    """A server, and a media of `self`'s with a tag and a point on the map."""
    world = World.seeded(7, users=6, media=60)
    newest = world.recent(world.self_id, count=1)[0][0].created_time
    async with (
        LocalInstagram(world) as server,
        Client(
            server.access_token(scope=ALL_SCOPES),
            base_url=server.base_url,
            quota=Quota.unlimited(),
            clock=ManualClock(now=(newest + timedelta(hours=1)).timestamp()),
        ) as client,
    ):
        media, _ = world.recent(world.self_id, count=60)
        pattern = next(
            one
            for one in media
            if one.tags and one.location and one.location.id and one.location.latitude is not None
        )
        yield server, client, pattern


def post(world: World, pattern: Media, later: int) -> str:
    """Post the like of it, so many minutes after the newest, and like it."""
    newest = world.recent(world.self_id, count=1)[0][0]
    when = newest.created_time + timedelta(minutes=later)
    made = evolve(pattern, id=world.free_id(world.self_id, when), created_time=when)
    world.post(made)
    world.like(made.id, world.self_id)
    return made.id
