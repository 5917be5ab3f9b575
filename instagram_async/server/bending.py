"""The paging faults: calls and envelopes bent before and after they are carried out."""

from __future__ import annotations

from attrs import evolve

from instagram_async.server.call import Body, Call
from instagram_async.server.ids import media_pk

_BOUNDS = frozenset({"min_id", "min_timestamp", "max_timestamp"})
# Steps down, one an empty page, between a first page's made-up key and its first item.
_ROOM = 1 << 16


def bend_call(kind: str, call: Call) -> Call:
    """Change what is asked for.

    Args:
        kind: the fault's.
        call: of a paged listing whose cursor is a media id.

    Returns:
        The call to carry out; its URL, which is what `next_url` repeats, is the same.

    Raises:
        RefusedError: the cursor is no media id.
    """
    own = call.pk("max_id")
    if kind == "ignore_bounds":
        kept = {name: value for name, value in call.query.items() if name not in _BOUNDS}
        return evolve(call, query=kept)
    if kind == "duplicate_items" and own is not None:
        return evolve(call, query={**call.query, "max_id": str(own + 1)})
    return call


def bend_body(kind: str, call: Call, body: Body) -> Body:
    """Change what is answered.

    Args:
        kind: the fault's.
        call: of a paged listing whose cursor is a media id.
        body: the whole envelope of its page.

    Returns:
        The envelope to send.
    """
    items = list(body["data"])
    match kind:
        case "null_pagination":
            return {**body, "pagination": None}
        case "repeat_cursor" if own := call.query.get("max_id"):
            return {**body, "pagination": call.pagination(own)}
        case "empty_page" if items and (cursor := _cursor_above(call, items[0]["id"])):
            return {**body, "pagination": call.pagination(cursor), "data": []}
        case "bad_item" if items:
            middle = len(items) // 2
            unreadable = {"id": {"pk": items[middle]["id"]}, "created_time": "yesterday"}
            items[middle] = {**items[middle], **unreadable}
            return {**body, "data": items}
        case _:
            return body


def _cursor_above(call: Call, first: str) -> str | None:
    pk, own = media_pk(first), call.pk("max_id")
    above = pk + _ROOM if own is None else own - 1
    # A key that is new, so that it is no cycle, and still above the first item.
    return first.replace(str(pk), str(above), 1) if above > pk else None
