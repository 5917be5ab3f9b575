"""How each operation is called, and what has to be sent then: one exchange for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import field, frozen

from instagram_async import Client
from instagram_async.transport import Pairs
from instagram_async.v1 import operations as table
from instagram_async.v1.operation import Operation

NOW = 1_441_900_000  # where the clock stands
Ask = Callable[[Client], Any]
"""Calls the client: gives a coroutine or a pager."""


@frozen(kw_only=True)
class Exchange:
    """One operation, called twice: with every argument, and with no more than it needs.

    Attributes:
        operation: its row.
        path: below the base URL, as it has to travel.
        full: the call with every argument.
        sent: what of its arguments travels, in this order.
        plain: the call with what it needs.
        plainly: what of that one travels.
        shortcut: the client's method where it is not the operation's own.
        decoded: the path as it is signed, where that is another text.
    """

    operation: Operation[Any]
    path: str
    full: Ask = field(repr=False)
    sent: Pairs = ()
    plain: Ask = field(repr=False)
    plainly: Pairs = ()
    shortcut: str = ""
    decoded: str = ""

    @property
    def name(self) -> str:
        """The client's method."""
        return self.shortcut or self.operation.name


def name_of(exchange: Exchange) -> str:
    """An exchange's name in the names of tests."""
    return exchange.name


def _same(
    operation: Operation[Any], path: str, ask: Ask, sent: Pairs = (), **more: Any
) -> Exchange:
    """An operation that has only arguments that it needs."""
    return Exchange(
        operation=operation, path=path, full=ask, sent=sent, plain=ask, plainly=sent, **more
    )


_USERS = (
    _same(table.USER, "users/1000", lambda client: client.user(1000)),
    Exchange(
        operation=table.USER_SEARCH,
        path="users/search",
        full=lambda client: client.user_search("мастер & co", count=9),
        sent=(("q", "мастер & co"), ("count", "9")),
        plain=lambda client: client.user_search("baker"),
        plainly=(("q", "baker"),),
    ),
    Exchange(
        operation=table.USER_FEED,
        path="users/self/feed",
        full=lambda client: client.user_feed(count=5, min_id="1_9", max_id="90_9"),
        sent=(("min_id", "1_9"), ("max_id", "90_9"), ("count", "5")),
        plain=lambda client: client.user_feed(),
    ),
    Exchange(
        operation=table.USER_LIKED,
        path="users/self/media/liked",
        full=lambda client: client.user_liked(count=5, max_like_id="318600000"),
        sent=(("max_like_id", "318600000"), ("count", "5")),
        plain=lambda client: client.user_liked(),
    ),
    Exchange(
        operation=table.USER_RECENT,
        path="users/1000/media/recent",
        full=lambda client: client.user_recent(
            "1000", count=33, min_id="1_9", max_id="90_9", min_timestamp=5, max_timestamp=NOW
        ),
        sent=(
            ("min_id", "1_9"),
            ("max_id", "90_9"),
            ("min_timestamp", "5"),
            ("max_timestamp", "1441900000"),
            ("count", "33"),
        ),
        plain=lambda client: client.user_recent("1000"),
    ),
)
_RELATIONSHIPS = (
    _same(
        table.USER_REQUESTED_BY,
        "users/self/requested-by",
        lambda client: client.user_requested_by(),
    ),
    Exchange(
        operation=table.USER_FOLLOWED_BY,
        path="users/1000/followed-by",
        full=lambda client: client.user_followed_by("1000", count=7, cursor="1441912345678"),
        sent=(("cursor", "1441912345678"), ("count", "7")),
        plain=lambda client: client.user_followed_by("1000"),
    ),
    Exchange(
        operation=table.USER_FOLLOWS,
        path="users/1000/follows",
        full=lambda client: client.user_follows(1000, count=7, cursor="AQAb_-=="),
        sent=(("cursor", "AQAb_-=="), ("count", "7")),
        plain=lambda client: client.user_follows(1000),
    ),
    _same(
        table.RELATIONSHIP,
        "users/2147490000/relationship",
        lambda client: client.relationship("2147490000"),
    ),
    _same(
        table.CHANGE_RELATIONSHIP,
        "users/2147490000/relationship",
        lambda client: client.change_relationship("2147490000", "unblock"),
        (("action", "unblock"),),
    ),
)
_MEDIA = (
    _same(table.MEDIA, "media/64_9", lambda client: client.media("64_9")),
    _same(
        table.MEDIA_SHORTCODE,
        "media/shortcode/7jw4x_-aB",
        lambda client: client.media_shortcode("7jw4x_-aB"),
    ),
    Exchange(
        operation=table.MEDIA_SEARCH,
        path="media/search",
        full=lambda client: client.media_search(
            59.91, -0.5, distance=750, min_timestamp=NOW - 60, max_timestamp=NOW, count=40
        ),
        sent=(
            ("lat", "59.91"),
            ("lng", "-0.5"),
            ("distance", "750"),
            ("min_timestamp", "1441899940"),
            ("max_timestamp", "1441900000"),
            ("count", "40"),
        ),
        plain=lambda client: client.media_search(1, 0.0),
        plainly=(
            ("lat", "1"),
            ("lng", "0.0"),
            ("min_timestamp", "1441468000"),  # five days before now, the server's own default
            ("max_timestamp", "1441900000"),
        ),
    ),
    Exchange(
        operation=table.MEDIA_POPULAR,
        path="media/popular",
        full=lambda client: client.media_popular(count=3),
        sent=(("count", "3"),),
        plain=lambda client: client.media_popular(),
    ),
)
_COMMENTS_AND_LIKES = (
    _same(
        table.MEDIA_COMMENTS, "media/64_9/comments", lambda client: client.media_comments("64_9")
    ),
    _same(
        table.CREATE_COMMENT,
        "media/64_9/comments",
        lambda client: client.create_comment("64_9", "schön & gut ☃ = 100%\n#été"),
        (("text", "schön & gut ☃ = 100%\n#été"),),
    ),
    _same(
        table.DELETE_COMMENT,
        "media/64_9/comments/880000001",
        lambda client: client.delete_comment("64_9", "880000001"),
    ),
    _same(table.MEDIA_LIKES, "media/64_9/likes", lambda client: client.media_likes("64_9")),
    _same(table.LIKE, "media/64_9/likes", lambda client: client.like("64_9")),
    _same(table.UNLIKE, "media/64_9/likes", lambda client: client.unlike("64_9")),
)
_TAGS = (
    Exchange(
        operation=table.TAG_SEARCH,
        path="tags/search",
        full=lambda client: client.tag_search("снег", count=2),
        sent=(("q", "снег"), ("count", "2")),
        plain=lambda client: client.tag_search("sn"),
        plainly=(("q", "sn"),),
    ),
    _same(table.TAG, "tags/%C3%A9t%C3%A9", lambda client: client.tag("été"), decoded="/tags/été"),
    Exchange(
        operation=table.TAG_RECENT,
        path="tags/%F0%9F%98%80/media/recent",
        full=lambda client: client.tag_recent(
            "😀", count=4, min_tag_id="1084956000000000000", max_tag_id="AQAxT7_r-"
        ),
        sent=(
            ("min_tag_id", "1084956000000000000"),
            ("max_tag_id", "AQAxT7_r-"),
            ("count", "4"),
        ),
        plain=lambda client: client.tag_recent("😀"),
        decoded="/tags/😀/media/recent",
    ),
)
_PLACES = (
    Exchange(
        operation=table.LOCATION_SEARCH,
        path="locations/search",
        full=lambda client: client.location_search(lat=59.9, lng=10, distance=1, count=30),
        sent=(("lat", "59.9"), ("lng", "10"), ("distance", "1"), ("count", "30")),
        plain=lambda client: client.location_search(foursquare_v2_id="4b5c"),
        plainly=(("foursquare_v2_id", "4b5c"),),
    ),
    _same(table.LOCATION, "locations/7", lambda client: client.location("7")),
    Exchange(
        operation=table.LOCATION_RECENT,
        path="locations/7/media/recent",
        full=lambda client: client.location_recent(
            7, count=6, min_id="1", max_id="90", min_timestamp=5, max_timestamp=NOW
        ),
        sent=(
            ("min_id", "1"),
            ("max_id", "90"),
            ("min_timestamp", "5"),
            ("max_timestamp", "1441900000"),
            ("count", "6"),
        ),
        plain=lambda client: client.location_recent(7),
    ),
    Exchange(
        operation=table.GEOGRAPHY_RECENT,
        path="geographies/77/media/recent",
        full=lambda client: client.geography_recent("77", count=6, min_id="1"),
        sent=(("min_id", "1"), ("count", "6")),
        plain=lambda client: client.geography_recent("77"),
    ),
)
EXCHANGES = (*_USERS, *_RELATIONSHIPS, *_MEDIA, *_COMMENTS_AND_LIKES, *_TAGS, *_PLACES)
"""One for each operation, in the order of the table."""


def _action(name: str) -> Exchange:
    return _same(
        table.CHANGE_RELATIONSHIP,
        "users/1004/relationship",
        lambda client: getattr(client, name)(1004),
        (("action", name),),
        shortcut=name,
    )


FIND_USER = _same(
    table.USER_SEARCH,
    "users/search",
    lambda client: client.find_user(" @Ada_K"),
    (("q", "ada_k"),),
    shortcut="find_user",
)
SHORTCUTS = (
    *map(_action, ("follow", "unfollow", "block", "unblock", "approve", "ignore")),
    FIND_USER,
)
"""One for each method that is built on another one's operation."""
