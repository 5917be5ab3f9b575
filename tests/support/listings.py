"""Every listing of the table, read from a world that has something for each of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from instagram_async import Client, Pager, Quota, Retry
from instagram_async.server import LocalInstagram, World
from instagram_async.v1.operations import OPERATIONS

ALL_SCOPES = "basic public_content follower_list comments relationships likes"
SPAN = {
    "min_timestamp": int(datetime(2015, 6, 1, tzinfo=UTC).timestamp()),
    "max_timestamp": int(datetime(2015, 9, 21, tzinfo=UTC).timestamp()),
}
PEOPLE = 45


def world() -> World:
    """Enough of everything: several pages of people, media, likes; busy places and tags."""
    made = World.seeded(3, users=PEOPLE, media=60)
    mine = made.self_id
    for user in made.users[1:]:
        made.follow(mine, user.id)
        made.follow(user.id, mine)
    media, _ = made.recent(mine, count=60)
    for one in media:
        made.like(one.id, mine)
    made.set_private(mine, True)
    for user in made.users[1:9]:
        made.unfollow(user.id, mine)
        made.follow(user.id, mine)
    return made


def listings(client: Client, made: World) -> dict[str, Callable[[], Pager[Any]]]:
    """How to read each listing, by the names of the table."""
    media, _ = made.recent(made.self_id, count=60)
    busiest = max(media, key=lambda one: one.comments.count)
    place = max(made.locations, key=lambda one: len(_at(made, one.id)))
    assert place.latitude is not None
    assert place.longitude is not None
    lat, lng = place.latitude, place.longitude
    tag = max((name for one in media for name in one.tags), key=lambda t: made.tag(t).media_count)
    return {
        "user_search": lambda: client.user_search("a", count=30),
        "user_feed": lambda: client.user_feed(count=33),
        "user_liked": lambda: client.user_liked(count=20),
        "user_recent": lambda: client.user_recent(count=9),
        "user_requested_by": client.user_requested_by,
        "user_followed_by": lambda: client.user_followed_by(count=20),
        "user_follows": lambda: client.user_follows(count=20),
        "media_search": lambda: client.media_search(lat, lng, distance=5000, count=30, **SPAN),
        "media_popular": client.media_popular,
        "media_comments": lambda: client.media_comments(busiest.id),
        "media_likes": lambda: client.media_likes(media[0].id),
        "tag_search": lambda: client.tag_search(tag[:1]),
        "tag_recent": lambda: client.tag_recent(tag, count=20),
        "location_search": lambda: client.location_search(lat=lat, lng=lng, distance=5000),
        "location_recent": lambda: client.location_recent(str(place.id), count=20),
        "geography_recent": lambda: client.geography_recent(made.geographies[0], count=20),
    }


def names(*, paged: bool | None = None) -> Iterator[str]:
    """The listings of the table: all, those with cursors, or those that are one page."""
    for row in OPERATIONS:
        if row.paging is not None:
            has_cursor = bool(getattr(row.paging, "keys", ()))
            if paged is None or has_cursor is paged:
                yield row.name


@asynccontextmanager
async def reading(made: World, **options: Any) -> AsyncIterator[tuple[LocalInstagram, Client]]:
    """A server of a world, and a client that never retries and knows no quota."""
    async with LocalInstagram(made) as server:
        token = server.access_token(scope=ALL_SCOPES)
        defaults: dict[str, Any] = {"quota": Quota.unlimited(), "retry": Retry(attempts=1)}
        async with Client(token, base_url=server.base_url, **defaults | options) as client:
            yield server, client


def _at(made: World, location_id: str | None) -> list[Any]:
    return made.at_location(str(location_id), count=60)[0]
