"""The section media of the API (reference A.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instagram_async.models import shortcode_to_pk
from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.call import Call
from instagram_async.server.circle import Circle
from instagram_async.server.handlers.asked import media_of, shown, visible
from instagram_async.server.pages import Body, Page
from instagram_async.server.replies import RefusedError, page
from instagram_async.v1.structure import unstructure

_SEARCH_DEFAULT, _SEARCH_MOST = 20, 100
_POPULAR = 50
_DAY = 86_400  # seconds
_SPAN_DEFAULT, _SPAN_MOST = 5 * _DAY, 7 * _DAY
_DISTANCE, _FARTHEST = 1000, 5000  # metres


def media(call: Call) -> Body:
    """`GET media/{id}`: one media by its id or its pk alone (reference A.3, 8)."""
    found: Body = unstructure(media_of(call))
    return found


def shortcode(call: Call) -> Body:
    """`GET media/shortcode/{code}`: one media by its permalink (reference A.3, 7).

    What is no shortcode, such as one that ends with `.json`, is no page either.
    """
    try:
        pk = shortcode_to_pk(call.params["code"])
    except ValueError:
        raise RefusedError(page(404)) from None
    found: Body = unstructure(visible(call, call.view.media(str(pk), viewer=call.viewer)))
    return found


def search(call: Call) -> Page:
    """`GET media/search`: what was taken around a point, newest first (reference A.3, 6).

    The span of time ends now unless the request says otherwise; it is 5 days unless it
    says so, and never more than the 7 days before its end. From 2016 on it
    is all time, and from 2017 on items tell how far away they are.
    """
    circle = around(call)
    bounds = _span(call) if call.era.heeds_times and not call.is_unbounded else EVERYTHING
    count = call.count(default=_SEARCH_DEFAULT, most=_SEARCH_MOST)
    found, _ = call.listings.near(circle, count=count, bounds=bounds, viewer=call.viewer)
    items = shown(call, found)
    return Page(items=[_placed(one, circle) for one in items] if call.era.distances else items)


def popular(call: Call) -> Page:
    """`GET media/popular`: some media of anybody (reference A.3, 5)."""
    count = call.count(default=_POPULAR, most=_POPULAR)
    found = call.listings.popular(count=count, viewer=call.viewer)
    return Page(items=shown(call, found))


def around(call: Call, usual: int = _DISTANCE, most: int = _FARTHEST) -> Circle:
    """The piece of the earth that `lat`, `lng` and `distance` name (reference A.2, A.3).

    Args:
        call: what was asked.
        usual: the distance when the request does not say, metres.
        most: a larger distance is taken for this one, and a negative one for none, metres.

    Raises:
        RefusedError: one of them is missing or malformed.
    """
    distance = call.number("distance")
    wanted = usual if distance is None else max(0, min(distance, most))
    return Circle(call.degrees("lat", 90.0), call.degrees("lng", 180.0), wanted)


def _placed(media: Mapping[str, Any], circle: Circle) -> Body:
    place: Body = media["location"] or {}
    if "latitude" not in place or "longitude" not in place:
        return dict(media)
    return {**media, "distance": circle.distance(place["latitude"], place["longitude"])}


def _span(call: Call) -> Bounds:
    oldest, newest = call.number("min_timestamp"), call.number("max_timestamp")
    newest = call.now if newest is None else newest
    oldest = newest - _SPAN_DEFAULT if oldest is None else max(oldest, newest - _SPAN_MOST)
    return Bounds(min_timestamp=oldest, max_timestamp=newest)
