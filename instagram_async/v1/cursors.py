"""How v1's listings page and what bounds them (reference A.9)."""

from __future__ import annotations

from instagram_async.models import Media
from instagram_async.paging.cursor import Bound, CursorRule


def media_id(media: Media) -> str:
    """What makes a media the same media."""
    return media.id


def media_pk(media: Media) -> int | None:
    """The number in a media's id; it grows with time."""
    return pk_of(media.id)


def seconds(media: Media) -> int:
    """When a media was posted, in epoch seconds."""
    return int(media.created_time.timestamp())


def pk_of(media_id: str) -> int | None:
    """The number in an id such as `64_9` or `64`, `None` if there is none."""
    pk = media_id.partition("_")[0]
    return whole(pk) if pk.isdecimal() else None


def whole(value: str) -> int | None:
    """A parameter's value as a number, `None` if it is none."""
    digits = value.removeprefix("-")
    return int(value) if digits.isdecimal() and len(digits) < 40 else None


MAX_ID = CursorRule(
    parameter="max_id",
    keys=("next_max_id",),
    identity=media_id,
    behind=media_id,
    order=media_pk,
    bounds=(
        Bound("min_timestamp", lower=True, key=seconds, read=whole),
        Bound("max_timestamp", lower=False, key=seconds, read=whole),
        Bound("min_id", lower=True, key=media_pk, read=pk_of),
        Bound("max_id", lower=False, key=media_pk, read=pk_of),
    ),
    ends_at_bound=True,
)
"""Media by their own ids: `max_id` excludes the item it names, the page's last."""
