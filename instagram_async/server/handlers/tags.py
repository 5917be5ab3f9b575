"""The section tags of the API (reference A.6)."""

from __future__ import annotations

from instagram_async.server.call import Call
from instagram_async.server.handlers.asked import shown
from instagram_async.server.pages import Body, Page
from instagram_async.server.refusals import hidden
from instagram_async.server.replies import RefusedError
from instagram_async.v1.structure import unstructure

_SEARCH = 50
_DEFAULT = 20


def search(call: Call) -> Page:
    """`GET tags/search`: tags by their beginning; counts are floats (A.6, 15; B.6)."""
    count = call.count(default=_SEARCH, most=call.era.most_tags)
    tags = call.view.search_tags(call.text("q"), count=count)
    return Page(items=[{"media_count": float(tag.media_count), "name": tag.name} for tag in tags])


def tag(call: Call) -> Body:
    """`GET tags/{name}`: one tag; of an unknown one there are no media (A.6, 16)."""
    found: Body = unstructure(call.view.tag(_name(call)))
    return found


def recent(call: Call) -> Page:
    """`GET tags/{name}/media/recent`: by the time of the tag, newest first (A.6, 17; A.9).

    `max_tag_id` lets in the media it names, `min_tag_id` does not; both go by their old
    names `max_id` and `min_id` too.
    """
    found, following = call.listings.tagged(
        _name(call),
        count=call.count(default=_DEFAULT, most=call.era.most_media),
        max_tag_id=call.number("max_tag_id", "max_id"),
        min_tag_id=call.number("min_tag_id", "min_id"),
        viewer=call.viewer,
    )
    return Page(
        items=shown(call, [media for _, media in found]),
        start=str(found[0][0]) if found else None,
        next=None if following is None else str(following),
    )


def _name(call: Call) -> str:
    name = call.params["name"]
    if call.world.is_banned(name):
        raise RefusedError(hidden("This tag cannot be viewed"))
    return name
