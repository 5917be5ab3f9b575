"""Replies of a listing, and walks over it."""

from __future__ import annotations

from instagram_async import Unreadable
from instagram_async.paging import ListReply
from instagram_async.paging.cursor import PaginationKey
from instagram_async.paging.walk import Walk
from instagram_async.quota import ServerQuota
from tests.support.lists import OWN_ID, Post, listing

BAD = Unreadable("data[1].id", "expected str")


def reply(*items: Post | Unreadable | int, following: str | None = None) -> ListReply[Post]:
    made = tuple(Post(item) if isinstance(item, int) else item for item in items)
    key = "next_max_id"
    pagination = {} if following is None else {key: following}
    flawed = any(isinstance(item, Unreadable) for item in made)
    return ListReply(made, pagination, ServerQuota(), flawed)


def own(**params: int) -> Walk[Post]:
    return Walk(listing(OWN_ID, **params))


def keyed(rule: PaginationKey, *items: int, following: str | None = None) -> ListReply[Post]:
    return reply(*items)._replace(pagination={rule.keys[0]: following} if following else {})
