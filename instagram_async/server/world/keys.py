"""What the key of a listing says: whose or what about its lines are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_QUERY_AND_ALL = r"(?:GET )?/?(?:v1/)?(?:{})/?(?:\?.*)?"
_MEDIA = re.compile(_QUERY_AND_ALL.format(r"(?:media/)?(\d+(?:_\d+)?)/(comments|likes)"), re.ASCII)
_USERS = re.compile(
    _QUERY_AND_ALL.format(
        r"users/(\d+|self)(?:/(follows|followed-by|requested-by|media/recent|media/liked))?"
    ),
    re.ASCII,
)
_SEARCH = re.compile(_QUERY_AND_ALL.format("users/search"), re.ASCII)
_BARE = re.compile(r"(?:media/)?(\d+(?:_\d+)?)", re.ASCII)


class Named(NamedTuple):
    """What a key names.

    Attributes:
        kind: the last words of its path, such as `followed-by`; `profile` of a user, `search`,
            and `media` where there is but a media's id.
        owner: id of the media, or of the user, who may be `self`; empty of a search.
    """

    kind: str
    owner: str


@lru_cache(maxsize=1024)
def named(key: str) -> Named | None:
    """Read the key of a listing.

    Args:
        key: the path of an operation, as `str(pager.listing)` has it or with `/v1` before it,
            with or without a query; or the id of a media.

    Returns:
        `None` for a key that names nobody and no media.

    Example:
        >>> named("GET users/7/followed-by?count=50"), named("/v1/media/64_7/likes/")
        (Named(kind='followed-by', owner='7'), Named(kind='likes', owner='64_7'))
        >>> named("people") is None
        True
    """
    if found := _MEDIA.fullmatch(key):
        return Named(found[2], found[1])
    if found := _USERS.fullmatch(key):
        return Named(found[2] or "profile", found[1])
    if found := _BARE.fullmatch(key):
        return Named("media", found[1])
    return Named("search", "") if _SEARCH.fullmatch(key) else None
