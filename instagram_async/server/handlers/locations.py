"""The sections locations and geographies of the API (reference A.1 and A.2)."""

from __future__ import annotations

from typing import get_args

from instagram_async.models import Location
from instagram_async.server.call import Call
from instagram_async.server.handlers.asked import by_id, digits
from instagram_async.server.handlers.media import around
from instagram_async.server.pages import Body, Page
from instagram_async.server.refusals import unknown
from instagram_async.server.replies import RefusedError
from instagram_async.server.world.places import Directory
from instagram_async.v1.structure import unstructure

_MEDIA_DEFAULT = 20
_SEARCH_DEFAULT, _SEARCH_MOST = 20, 100
_DIRECTORIES: tuple[Directory, ...] = get_args(Directory)


def search(call: Call) -> Page:
    """`GET locations/search`: places around a point or by an id elsewhere (A.2, 2)."""
    count = call.count(default=_SEARCH_DEFAULT, most=_SEARCH_MOST)
    for directory in _DIRECTORIES:
        if number := call.query.get(directory):
            found = call.world.listed_location(directory, number)
            return Page(items=[] if found is None else [unstructure(found)])
    return Page(
        items=unstructure(call.world.search_locations(around(call, *call.era.near), count=count))
    )


def location(call: Call) -> Body:
    """`GET locations/{id}`: one place (reference A.2, 3)."""
    found: Body = unstructure(_location_of(call))
    return found


def recent(call: Call) -> Page:
    """`GET locations/{id}/media/recent`: what was taken there, newest first (A.2, 4)."""
    _location_of(call)
    found = call.listings.at_location(
        call.params["id"],
        count=call.count(default=_MEDIA_DEFAULT, most=call.era.most_media),
        bounds=call.bounds(),
        viewer=call.viewer,
    )
    return by_id(call, found, bare=True)


def geography(call: Call) -> Page:
    """`GET geographies/{id}/media/recent`: what was taken in a circle (reference A.1, 1)."""
    circle = call.world.geography(digits(call))
    if circle is None:
        raise RefusedError(unknown("invalid geography id"))  # words of ours
    found = call.listings.near(
        circle,
        count=call.count(default=_MEDIA_DEFAULT, most=call.era.most_media),
        bounds=call.bounds(),
        viewer=call.viewer,
    )
    return by_id(call, found, bare=True)


def _location_of(call: Call) -> Location:
    found = call.world.location(digits(call))
    if found is None:
        raise RefusedError(unknown("invalid location id"))  # words of ours
    return found
