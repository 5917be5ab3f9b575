"""The operation table: what v1 can be asked for (reference A).

The one source of method, path, parameters, scope, paging and result. The client's methods
send what a row says, the local server serves it, and the documentation and the OpenAPI
document are made from it.
"""

from __future__ import annotations

from types import NoneType
from typing import Any

from attrs import evolve

from instagram_async.models import Comment, Location, Media, Relationship, Tag, User, UserSummary
from instagram_async.v1 import cursors
from instagram_async.v1.operation import Operation, Parameter

_END_OF_2015 = "2015-11-17"

_COUNT = Parameter("count", "integer")
_EXTRA_COUNT = Parameter("count", "integer", documented=False)
_CURSOR = Parameter("cursor", documented=False)
_DISTANCE = Parameter("distance", "integer")
_QUERY = Parameter("q", required=True)
_IDS = (Parameter("min_id"), Parameter("max_id"))
_TIMES = (Parameter("min_timestamp", "instant"), Parameter("max_timestamp", "instant"))

# Users (reference A.7).
USER = Operation(
    name="user", path="users/{id}", arguments=("user_id",), model=User, scope="basic", row=21
)
USER_SEARCH = Operation(
    name="user_search",
    path="users/search",
    parameters=(_QUERY, _COUNT),
    model=UserSummary,
    paging=cursors.WHOLE,
    row=18,
)
USER_FEED = Operation(
    name="user_feed",
    path="users/self/feed",
    parameters=(_COUNT, *_IDS),
    model=Media,
    paging=cursors.MAX_ID,
    scope="basic",
    public=False,
    deprecated=_END_OF_2015,
    row=19,
)
USER_LIKED = Operation(
    name="user_liked",
    path="users/self/media/liked",
    parameters=(_COUNT, Parameter("max_like_id")),
    model=Media,
    paging=cursors.MAX_LIKE_ID,
    public=False,
    row=20,
)
USER_RECENT = Operation(
    name="user_recent",
    path="users/{id}/media/recent",
    arguments=("user_id",),
    parameters=(_COUNT, *_IDS, *_TIMES),
    model=Media,
    paging=cursors.MAX_ID,
    windowed=True,
    scope="basic",
    row=22,
)

# Relationships (reference A.8).
USER_REQUESTED_BY = Operation(
    name="user_requested_by",
    path="users/self/requested-by",
    model=UserSummary,
    paging=cursors.WHOLE,
    scope="follower_list",
    public=False,
    row=23,
)
USER_FOLLOWED_BY = Operation(
    name="user_followed_by",
    path="users/{id}/followed-by",
    arguments=("user_id",),
    parameters=(_EXTRA_COUNT, _CURSOR),
    model=UserSummary,
    paging=cursors.CURSOR,
    scope="follower_list",
    row=24,
)
USER_FOLLOWS = evolve(USER_FOLLOWED_BY, name="user_follows", path="users/{id}/follows", row=25)
RELATIONSHIP = Operation(
    name="relationship",
    path="users/{id}/relationship",
    arguments=("user_id",),
    model=Relationship,
    scope="follower_list",
    public=False,
    row=26,
)
CHANGE_RELATIONSHIP = Operation(
    name="change_relationship",
    method="POST",
    path="users/{id}/relationship",
    arguments=("user_id",),
    parameters=(Parameter("action", required=True),),
    model=Relationship,
    scope="relationships",
    public=False,
    family="relationships",
    row=27,
)

# Media (reference A.3).
MEDIA = Operation(
    name="media", path="media/{id}", arguments=("media_id",), model=Media, scope="basic", row=8
)
MEDIA_SHORTCODE = Operation(
    name="media_shortcode",
    path="media/shortcode/{code}",
    arguments=("shortcode",),
    model=Media,
    scope="basic",
    row=7,
)
MEDIA_SEARCH = Operation(
    name="media_search",
    path="media/search",
    parameters=(
        Parameter("lat", "number", required=True),
        Parameter("lng", "number", required=True),
        _DISTANCE,
        *_TIMES,
        _EXTRA_COUNT,
    ),
    model=Media,
    paging=cursors.TIME_SPANS,
    windowed=True,
    row=6,
)
MEDIA_POPULAR = Operation(
    name="media_popular",
    path="media/popular",
    parameters=(_EXTRA_COUNT,),
    model=Media,
    paging=cursors.WHOLE,
    scope="basic",
    deprecated=_END_OF_2015,
    row=5,
)

# Comments (reference A.4).
MEDIA_COMMENTS = Operation(
    name="media_comments",
    path="media/{id}/comments",
    arguments=("media_id",),
    model=Comment,
    paging=cursors.WHOLE,
    scope="basic",
    row=9,
)
CREATE_COMMENT = Operation(
    name="create_comment",
    method="POST",
    path="media/{id}/comments",
    arguments=("media_id",),
    parameters=(Parameter("text", required=True),),
    model=Comment,
    scope="comments",
    public=False,
    family="comments",
    repeatable=False,
    row=10,
)
DELETE_COMMENT = Operation(
    name="delete_comment",
    method="DELETE",
    path="media/{id}/comments/{cid}",
    arguments=("media_id", "comment_id"),
    model=NoneType,
    scope="comments",
    public=False,
    family="comments",
    row=11,
)

# Likes (reference A.5).
MEDIA_LIKES = Operation(
    name="media_likes",
    path="media/{id}/likes",
    arguments=("media_id",),
    model=UserSummary,
    paging=cursors.WHOLE,
    scope="basic",
    row=12,
)
LIKE = Operation(
    name="like",
    method="POST",
    path="media/{id}/likes",
    arguments=("media_id",),
    model=NoneType,
    scope="likes",
    public=False,
    family="likes",
    row=13,
)
UNLIKE = evolve(LIKE, name="unlike", method="DELETE", row=14)

# Tags (reference A.6).
TAG_SEARCH = Operation(
    name="tag_search",
    path="tags/search",
    parameters=(_QUERY, _EXTRA_COUNT),
    model=Tag,
    paging=cursors.WHOLE_BY_NAME,
    row=15,
)
TAG = Operation(name="tag", path="tags/{name}", arguments=("name",), model=Tag, row=16)
TAG_RECENT = Operation(
    name="tag_recent",
    path="tags/{name}/media/recent",
    arguments=("name",),
    parameters=(_COUNT, Parameter("min_tag_id"), Parameter("max_tag_id")),
    model=Media,
    paging=cursors.MAX_TAG_ID,
    row=17,
)

# Locations (reference A.2).
LOCATION_SEARCH = Operation(
    name="location_search",
    path="locations/search",
    parameters=(
        Parameter("lat", "number"),
        Parameter("lng", "number"),
        _DISTANCE,
        Parameter("facebook_places_id"),
        Parameter("foursquare_v2_id"),
        Parameter("foursquare_id"),
        _EXTRA_COUNT,
    ),
    model=Location,
    paging=cursors.WHOLE,
    row=2,
)
LOCATION = Operation(
    name="location", path="locations/{id}", arguments=("location_id",), model=Location, row=3
)
LOCATION_RECENT = Operation(
    name="location_recent",
    path="locations/{id}/media/recent",
    arguments=("location_id",),
    parameters=(_EXTRA_COUNT, *_IDS, *_TIMES),
    model=Media,
    paging=cursors.MAX_PK,
    windowed=True,
    row=4,
)

# Geographies (reference A.1).
GEOGRAPHY_RECENT = Operation(
    name="geography_recent",
    path="geographies/{id}/media/recent",
    arguments=("geo_id",),
    parameters=(_COUNT, Parameter("min_id")),
    model=Media,
    paging=cursors.MAX_PK,
    scope="basic",
    deprecated=_END_OF_2015,
    row=1,
)

OPERATIONS: tuple[Operation[Any], ...] = (
    USER, USER_SEARCH, USER_FEED, USER_LIKED, USER_RECENT,
    USER_REQUESTED_BY, USER_FOLLOWED_BY, USER_FOLLOWS, RELATIONSHIP, CHANGE_RELATIONSHIP,
    MEDIA, MEDIA_SHORTCODE, MEDIA_SEARCH, MEDIA_POPULAR,
    MEDIA_COMMENTS, CREATE_COMMENT, DELETE_COMMENT, MEDIA_LIKES, LIKE, UNLIKE,
    TAG_SEARCH, TAG, TAG_RECENT, LOCATION_SEARCH, LOCATION, LOCATION_RECENT, GEOGRAPHY_RECENT,
)  # fmt: skip
"""All 27, section by section."""

_BY_TEMPLATE: dict[tuple[str, str], Operation[Any]] = {
    (known.method, known.template): known for known in OPERATIONS
}


def row_of(method: str, template: str) -> Operation[Any] | None:
    """The row of an operation, `None` if the table has none.

    Args:
        method: of HTTP.
        template: the path with `{}` for each argument.
    """
    return _BY_TEMPLATE.get((method, template))
