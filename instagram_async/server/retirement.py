"""Which operations a day still knows, and what they ask of a token (reference A, D.3, G)."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from instagram_async.server.switches import NEW_SCOPES
from instagram_async.v1 import operations as table
from instagram_async.v1.operation import Operation

_REMOVED = "2016-06-01"
_Set = frozenset[Operation[Any]]
_OWNED: _Set = frozenset(
    {
        table.USER, table.USER_RECENT, table.MEDIA, table.MEDIA_SHORTCODE, table.MEDIA_COMMENTS,
        table.MEDIA_LIKES,
    }
)  # fmt: skip
_TIES: _Set = frozenset(
    {
        table.USER_SEARCH, table.USER_REQUESTED_BY, table.USER_FOLLOWED_BY, table.USER_FOLLOWS,
        table.RELATIONSHIP, table.CHANGE_RELATIONSHIP, table.LIKE, table.UNLIKE,
    }
)  # fmt: skip
_COMMENTING: _Set = frozenset({table.CREATE_COMMENT, table.DELETE_COMMENT})
_PUBLIC: _Set = frozenset(one for one in table.OPERATIONS if one.scope == "public_content")


@frozen
class _End:
    """From a day on operations are retired, or only what is not one's own."""

    day: str
    operations: _Set
    spares_own: bool = False


_ENDS = (
    _End("2018-04-04", _TIES),
    _End("2018-04-04", _COMMENTING, spares_own=True),
    _End("2018-12-11", _PUBLIC),
    _End("2018-12-11", _OWNED, spares_own=True),
    _End("2020-06-29", frozenset(table.OPERATIONS)),
)


def is_removed(day: str, operation: Operation[Any]) -> bool:
    """Whether an operation's path is unknown: feed, popular, geographies from 2016 on.

    Args:
        day: an ISO date.
        operation: which.
    """
    return operation.deprecated is not None and day >= _REMOVED


def is_retired(day: str, operation: Operation[Any], *, is_own: bool) -> bool:
    """Whether an operation answers that it has been retired.

    Args:
        day: an ISO date.
        operation: which.
        is_own: whether it is about the token's owner or his media.
    """
    return any(
        day >= end.day and operation in end.operations and not (end.spares_own and is_own)
        for end in _ENDS
    )


def scopes_of(day: str, operation: Operation[Any], *, is_own: bool) -> tuple[str, ...]:
    """What a token has to allow, all of it.

    Until November 2015 whatever can be read needs only `basic`; from then on what is
    somebody else's needs `public_content`, and so do comments on it.

    Args:
        day: an ISO date.
        operation: which.
        is_own: whether it is about the token's owner or his media.
    """
    if day < NEW_SCOPES:
        return (operation.family or "basic",)
    if operation in _OWNED and not is_own:
        return ("public_content",)
    if operation is table.CREATE_COMMENT and not is_own:
        return ("comments", "public_content")
    return (operation.scope,)
