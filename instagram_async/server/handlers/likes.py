"""The section likes of the API (reference A.5)."""

from __future__ import annotations

from instagram_async.server.call import Call
from instagram_async.server.handlers.asked import media_of
from instagram_async.server.pages import Page
from instagram_async.v1.structure import unstructure

_MOST = 120
_CANNOT_LIKE = "you cannot like this media"


def likes(call: Call) -> Page:
    """`GET media/{id}/likes`: who likes a media, the latest 120 (reference A.5, 12)."""
    return Page(items=unstructure(call.view.likes(media_of(call).id, count=_MOST)))


def like(call: Call) -> None:
    """`POST media/{id}/likes`: like it; a second time changes nothing (A.5, 13)."""
    call.world.like(media_of(call, _CANNOT_LIKE).id, call.me)


def unlike(call: Call) -> None:
    """`DELETE media/{id}/likes`: like it no longer, if one did (reference A.5, 14)."""
    call.world.unlike(media_of(call, _CANNOT_LIKE).id, call.me)
