"""How each operation that reads is asked of a scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from instagram_async import Client
from instagram_async.v1 import operations as table
from instagram_async.v1.operation import Operation
from tests.support.matrix.scene import NEWEST, OLDEST, PAGE, PLACE, TAG, Scene, media

_SINCE = OLDEST.created_time
_ABOVE = str(int(media(2).id.partition("_")[0]) + 1)  # the next older media lies below it


def _person(there: Scene) -> str:
    return there.world.users[1].id


READS: Mapping[Operation[Any], Callable[[Client, Scene], Any]] = {
    table.USER: lambda client, there: client.user(),
    table.RELATIONSHIP: lambda client, there: client.relationship(_person(there)),
    table.MEDIA: lambda client, there: client.media(NEWEST.id),
    table.MEDIA_SHORTCODE: lambda client, there: client.media_shortcode(str(NEWEST.shortcode)),
    table.TAG: lambda client, there: client.tag(TAG),
    table.LOCATION: lambda client, there: client.location(str(PLACE.id)),
    table.USER_SEARCH: lambda client, there: client.user_search("user", count=8),
    table.USER_FEED: lambda client, there: client.user_feed(count=PAGE, min_id=_ABOVE),
    table.USER_LIKED: lambda client, there: client.user_liked(count=PAGE),
    table.USER_RECENT: lambda client, there: client.user_recent(count=PAGE, min_timestamp=_SINCE),
    table.USER_REQUESTED_BY: lambda client, there: client.user_requested_by(),
    table.USER_FOLLOWED_BY: lambda client, there: client.user_followed_by(count=PAGE),
    table.USER_FOLLOWS: lambda client, there: client.user_follows(count=PAGE),
    table.MEDIA_SEARCH: lambda client, there: client.media_search(
        60,
        10,
        distance=1000,
        count=PAGE,
        min_timestamp=media(0).created_time,  # more than a week behind the first page
        max_timestamp=NEWEST.created_time,
    ),
    table.MEDIA_POPULAR: lambda client, there: client.media_popular(),
    table.MEDIA_COMMENTS: lambda client, there: client.media_comments(NEWEST.id),
    table.MEDIA_LIKES: lambda client, there: client.media_likes(NEWEST.id),
    table.TAG_SEARCH: lambda client, there: client.tag_search(TAG),
    table.TAG_RECENT: lambda client, there: client.tag_recent(TAG, count=PAGE, min_tag_id=_ABOVE),
    table.LOCATION_SEARCH: lambda client, there: client.location_search(
        lat=60, lng=10, distance=5000
    ),
    table.LOCATION_RECENT: lambda client, there: client.location_recent(
        str(PLACE.id), count=PAGE, min_timestamp=_SINCE
    ),
    table.GEOGRAPHY_RECENT: lambda client, there: client.geography_recent(
        there.world.geographies[0], count=PAGE, min_id=_ABOVE
    ),
}
"""The reads; whatever takes a bound has one that cuts three media off."""
