"""How v1's listings page and what bounds them (reference A.9)."""

from __future__ import annotations

from attrs import evolve

from instagram_async.models import Media
from instagram_async.models.pk import pk_second
from instagram_async.paging.axis import Axis
from instagram_async.paging.cursor import Bound, PaginationKey
from instagram_async.v1.timespans import TimeSpans, seconds


def media_pk(media: Media) -> int | None:
    """The number in a media's id; it grows with time."""
    return pk_of(media.id)


def pk_of(media_id: str) -> int | None:
    """The number in an id such as `64_9` or `64`, `None` if there is none."""
    pk = media_id.partition("_")[0]
    return whole(pk) if pk.isdecimal() else None


def bare(media_id: str) -> str:
    """An id without its user's: `64` for `64_9`."""
    return media_id.partition("_")[0]


def same(media_id: str) -> str:
    """An id as it is."""
    return media_id


def whole(value: str) -> int | None:
    """A parameter's value as a number, `None` if it is none."""
    digits = value.removeprefix("-")
    return int(value) if digits.isdecimal() and len(digits) < 40 else None


def posted(media: Media) -> int:
    """The second in a media's number, by which listings are ordered, if it is one."""
    pk, created = media_pk(media), seconds(media)
    second = created if pk is None else pk_second(pk)
    return second if abs(second - created) <= 1 else created  # one off in 6 of 279 recorded


_LAUNCH = 1_286_323_200  # Instagram's, in October 2010
_AXES = (
    Axis(posted, "min_timestamp", "max_timestamp", bound=seconds, slack=2, floor=_LAUNCH),
    Axis(media_pk, "min_id", "max_id", bound=media_pk),
)
_BOUNDS = (
    Bound("min_timestamp", lower=True, key=seconds, read=whole),
    Bound("max_timestamp", lower=False, key=seconds, read=whole),
    Bound("min_id", lower=True, key=media_pk, read=pk_of),
    Bound("max_id", lower=False, key=media_pk, read=pk_of),
)
MAX_ID = PaginationKey(
    "max_id",
    ("next_max_id",),
    own=same,
    order=pk_of,
    bounds=_BOUNDS,
    ends_at_bound=True,
    newest_first=True,
    axis=media_pk,
    axes=_AXES,
)
"""Media by their own ids: `max_id` excludes the item it names, the page's last."""

MAX_PK = evolve(MAX_ID, own=bare)
"""The same by the number alone, as listings of locations and geographies have it."""

MAX_LIKE_ID = PaginationKey("max_like_id", ("next_max_like_id",), newest_first=True)
"""Media in the order of the likes; the key was an id of the like, later one of the media."""

MAX_TAG_ID = PaginationKey("max_tag_id", ("next_max_tag_id",), newest_first=True)
"""Media in the order in which they were tagged; the key names the next page's first item."""

CURSOR = PaginationKey("cursor", ("next_cursor",))
"""People; a cursor names nothing that can be seen."""

WHOLE = PaginationKey("", ())
"""Lists that come as one page, of things with ids."""

WHOLE_BY_NAME = PaginationKey("", (), attribute="name")
"""The same of tags, which have names alone."""

TIME_SPANS = TimeSpans()
"""Media around a place: no cursor, but bounds of time."""
