"""A listing that pages as one of v1's families does, without any wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, field, frozen

from instagram_async.paging import Listing, ListReply, Unreadable
from instagram_async.paging.axis import Axis
from instagram_async.paging.cursor import Bound, PaginationKey
from instagram_async.quota import ServerQuota
from instagram_async.transport import Pairs, Tally


@frozen
class Post:
    """An item: its number, newest is largest, and its second."""

    pk: int
    second: int = 0

    @property
    def id(self) -> str:
        return str(self.pk)


def same(identity: str) -> str:
    return identity


def pk(post: Post) -> int | None:
    return post.pk


def second(post: Post) -> int | None:
    return post.second


BOUNDS = (
    Bound("min_id", lower=True, key=pk, read=int),
    Bound("max_id", lower=False, key=pk, read=int),
    Bound("min_timestamp", lower=True, key=second, read=int),
    Bound("max_timestamp", lower=False, key=second, read=int),
)
AXES = (
    Axis(second, "min_timestamp", "max_timestamp", second),
    Axis(pk, "min_id", "max_id", pk),
)
OWN_ID = PaginationKey(
    "max_id", ("next_max_id",), own=same, order=int, bounds=BOUNDS, ends_at_bound=True, axes=AXES
)
NEXT_ID = PaginationKey("max_tag_id", ("next_max_tag_id",))
OPAQUE = PaginationKey("cursor", ("next_cursor",))


def listing(rule: PaginationKey, count: int = 20, **params: int) -> Listing[Post]:
    given = tuple((key, str(value)) for key, value in params.items())
    size = (("count", str(count)),)
    return Listing("GET things/{id}", "things/7", given, size, Post, rule)


@define
class Shelf:
    """Posts that can be put up and taken down while somebody pages."""

    posts: list[Post]
    asked: list[dict[str, str]] = field(factory=list)
    bend: Callable[[dict[str, str], ListReply[Post]], ListReply[Post]] | None = None
    fail: list[Exception] = field(factory=list)

    async def send(self, listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        """Answer for one page, as `Send` does."""
        asked = dict(params)
        self.asked.append(asked)
        tally.requests += 1
        if self.fail:
            raise self.fail.pop(0)
        assert isinstance(listing.rule, PaginationKey)
        reply = self.page(listing.rule, asked)
        return self.bend(asked, reply) if self.bend else reply

    def page(self, rule: PaginationKey, asked: dict[str, str]) -> ListReply[Post]:
        """What the family's server would say."""
        posts = sorted(self.posts, key=lambda post: -post.pk)
        at = asked.get(rule.parameter)
        if rule.own is not None and at is not None:
            posts = [post for post in posts if post.pk < int(at)]
        elif at is not None:
            edge = int(at.removeprefix("AQ"))
            posts = [post for post in posts if post.pk <= edge]
        count = int(asked["count"])
        here, more = posts[:count], posts[count:]
        following: str | None = None
        if more:
            following = {"max_id": f"{here[-1].pk}", "max_tag_id": f"{more[0].pk}"}.get(
                rule.parameter, f"AQ{more[0].pk}"
            )
        items: tuple[Post | Unreadable, ...] = tuple(here)
        pagination = {rule.keys[0]: following} if following else {}
        return ListReply(items, pagination, ServerQuota())
