"""Every operation asked of a seeded world, by the client's own methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from instagram_async import Client, InstagramError, Media, Pager, PagingError
from instagram_async.server import LocalInstagram
from instagram_async.v1 import operations as table
from instagram_async.v1.operation import Operation

EVERYTHING = "basic public_content follower_list likes comments relationships"
NEWEST = 1_442_750_400  # when a seeded world ends


@frozen
class Whom:
    """Whom and what is asked about.

    Attributes:
        server: who is asked.
        user: id of a user.
        media: one of his media.
        cid: a comment of his on that media.
    """

    server: LocalInstagram
    user: str
    media: Media
    cid: str

    @property
    def lat(self) -> float:
        return self.server.world.locations[0].latitude or 0.0

    @property
    def lng(self) -> float:
        return self.server.world.locations[0].longitude or 0.0


def about(server: LocalInstagram, rank: int = 0) -> Whom:
    """A user with his newest media, on which the self user has said something."""
    world = server.world
    user = world.users[rank].id
    media = world.recent(user, count=1)[0][0]
    said = world.comment(media.id, world.self_id, "hi", media.created_time)
    return Whom(server, user, media, said.id)


ASKS: Mapping[Operation[Any], Callable[[Client, Whom], Any]] = {
    table.USER: lambda client, whom: client.user(whom.user),
    table.USER_SEARCH: lambda client, whom: client.user_search("a"),
    table.USER_FEED: lambda client, whom: client.user_feed(),
    table.USER_LIKED: lambda client, whom: client.user_liked(count=7),
    table.USER_RECENT: lambda client, whom: client.user_recent(whom.user, count=7),
    table.USER_REQUESTED_BY: lambda client, whom: client.user_requested_by(),
    table.USER_FOLLOWED_BY: lambda client, whom: client.user_followed_by(whom.user, count=2),
    table.USER_FOLLOWS: lambda client, whom: client.user_follows(whom.user, count=2),
    table.RELATIONSHIP: lambda client, whom: client.relationship(whom.server.world.users[1].id),
    table.CHANGE_RELATIONSHIP: lambda client, whom: client.follow(whom.server.world.users[1].id),
    table.MEDIA: lambda client, whom: client.media(whom.media.id),
    table.MEDIA_SHORTCODE: lambda client, whom: client.media_shortcode(str(whom.media.shortcode)),
    table.MEDIA_SEARCH: lambda client, whom: client.media_search(
        whom.lat, whom.lng, min_timestamp=NEWEST - 5 * 86_400, max_timestamp=NEWEST
    ),
    table.MEDIA_POPULAR: lambda client, whom: client.media_popular(),
    table.MEDIA_COMMENTS: lambda client, whom: client.media_comments(whom.media.id),
    table.CREATE_COMMENT: lambda client, whom: client.create_comment(whom.media.id, "hello"),
    table.DELETE_COMMENT: lambda client, whom: client.delete_comment(whom.media.id, whom.cid),
    table.MEDIA_LIKES: lambda client, whom: client.media_likes(whom.media.id),
    table.LIKE: lambda client, whom: client.like(whom.media.id),
    table.UNLIKE: lambda client, whom: client.unlike(whom.media.id),
    table.TAG_SEARCH: lambda client, whom: client.tag_search("s"),
    table.TAG: lambda client, whom: client.tag("snow"),
    table.TAG_RECENT: lambda client, whom: client.tag_recent("snow", count=7),
    table.LOCATION_SEARCH: lambda client, whom: client.location_search(lat=whom.lat, lng=whom.lng),
    table.LOCATION: lambda client, whom: client.location("4000"),
    table.LOCATION_RECENT: lambda client, whom: client.location_recent("4000", count=2),
    table.GEOGRAPHY_RECENT: lambda client, whom: client.geography_recent(
        whom.server.world.geographies[0], count=2
    ),
}
"""How each operation is asked."""


async def outcome(operation: Operation[Any], client: Client, whom: Whom) -> Any:
    """What an operation gives: a thing, the items of a list, or an error.

    A search of media whose bounds are ignored has no end of its own.
    """
    try:
        asked = ASKS[operation](client, whom)
        if not isinstance(asked, Pager):
            return await asked
        items = list[Any]()
        try:
            async for item in asked:
                items.append(item)
        except PagingError:
            assert operation is table.MEDIA_SEARCH
        return items
    except InstagramError as error:
        return error
