"""Pages of listings before they are bytes, and their `pagination` (reference A.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

if TYPE_CHECKING:
    from instagram_async.server.call import Call

Body = dict[str, Any]

_WARNING = (
    "next_max_id and min_id are deprecated for this endpoint; use min_tag_id and max_tag_id instead"
)


@frozen(kw_only=True)
class Page:
    """A part of a listing.

    Attributes:
        items: in v1's wire shape; those that the asker may not see are already left out.
        start: a cursor that names the first item, `None` where there is none.
        next: the cursor of the next page, `None` on the last one.
        is_null: whether `pagination` is to be null.
        is_blank: whether all values of `pagination` are to be `""`.
    """

    items: Sequence[Mapping[str, Any]] = field(repr=False)
    start: str | None = None
    next: str | None = None
    is_null: bool = False
    is_blank: bool = False


def by_key(call: Call, page: Page) -> Body:
    """The `pagination` of most listings: the next page's URL and key, or nothing."""
    if page.next is None:
        return {}
    key = call.route.parameter
    return {"next_url": call.next_url(page.next), f"next_{key}": page.next}


def by_tag_id(call: Call, page: Page) -> Body:
    """The `pagination` of a tag's media: six keys, three on the last page, one on none."""
    made: Body = {"deprecation_warning": _WARNING}
    if page.next is not None:
        made = {"next_max_tag_id": page.next, **made, "next_max_id": page.next}
    if page.start is not None:
        made |= {"next_min_id": page.start, "min_tag_id": page.start}
    if page.next is not None:
        made["next_url"] = call.next_url(page.next)
    return made


def envelope(call: Call, answer: object) -> Body:
    """The whole of a successful answer (reference B).

    Args:
        call: what was asked.
        answer: a `Page`, or the wire shape of a single thing, or `None`.

    Returns:
        Lists that have no pages have no `pagination` either.
    """
    if not isinstance(answer, Page):
        return {"meta": {"code": 200}, "data": answer}
    body: Body = {"meta": {"code": 200}, "data": list(answer.items)}
    if answer.is_null:
        return {"pagination": None, **body}
    if not call.route.parameter:
        return body
    pagination = call.route.pagination(call, answer)
    return {"pagination": dict.fromkeys(pagination, "") if answer.is_blank else pagination, **body}
