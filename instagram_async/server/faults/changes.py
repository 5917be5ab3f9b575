"""What other people do to the world while somebody pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from attrs import evolve

from instagram_async.models import Comments, Likes, Media, pk_to_shortcode
from instagram_async.server.call import Call
from instagram_async.server.faults.kinds import FaultKind
from instagram_async.server.ids import media_pk
from instagram_async.server.pages import Page


def change(kind: FaultKind | None, call: Call) -> None:
    """Change the world just before a page is read.

    Args:
        kind: the fault's, `None` if nothing goes wrong.
        call: asks for a page of media; if that holds none, nothing changes.
    """
    act = CHANGES.get(kind) if kind else None
    first = _first(call) if act else None
    if act and first:
        act(call, first)


def _first(call: Call) -> Media | None:
    page = call.route.handler(call)
    if not isinstance(page, Page) or not page.items:
        return None
    return call.world.media(page.items[0]["id"], viewer=call.viewer)


def _delete(call: Call, first: Media) -> None:
    call.world.delete(first.id)


def _post(call: Call, first: Media) -> None:
    """Post a media that is listed wherever the first one is, and is newer."""
    after = first.created_time + timedelta(seconds=1)
    when = max(datetime.fromtimestamp(call.now, UTC), after)
    own = call.world.free_id(first.user.id, when)
    link = f"https://instagram.com/p/{pk_to_shortcode(media_pk(own))}/"
    copy = evolve(first, id=own, created_time=when, link=link, likes=Likes(), comments=Comments())
    call.world.post(copy)
    if first.user_has_liked and call.viewer is not None:
        call.world.like(copy.id, call.viewer)


CHANGES: Mapping[FaultKind, Callable[[Call, Media], None]] = {
    "delete_between": _delete,
    "post_between": _post,
}
"""What happens to the world, by kind."""
