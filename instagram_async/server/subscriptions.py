"""Which subscriptions an application has (reference E): what is asked for, kept and listed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import count
from typing import Any

from attrs import frozen

from instagram_async.server.refusals import invalid, malformed, missing, unknown
from instagram_async.server.replies import RefusedError
from instagram_async.server.world import World

Shown = dict[str, Any]
_FIRST = 10_000_001
_FARTHEST = 5000.0  # metres


@frozen
class Wanted:
    """A subscription that is asked for.

    Attributes:
        object: `user`, `tag`, `location` or `geography`.
        object_id: the tag, or the id of the place; `None` of the others.
        circle: degrees north and east, and metres, of a geography.
        callback_url: where its owner is to be told.
        verify_token: what he wants to see there.
    """

    object: str
    object_id: str | None
    circle: tuple[float, float, float] | None
    callback_url: str
    verify_token: str


def wanted(query: Mapping[str, str], world: World) -> Wanted:
    """Read what is asked for.

    Args:
        query: the parameters of the request.
        world: where its places are.

    Raises:
        RefusedError: a parameter is missing or makes no sense, or there is no such place.
    """
    kind, object_id, circle = _text(query, "object"), None, None
    if _text(query, "aspect") != "media":
        raise RefusedError(invalid("Invalid aspect parameter."))
    match kind:
        case "user":
            pass
        case "tag" | "location":
            object_id = _text(query, "object_id")
            if kind == "location" and world.location(object_id) is None:
                raise RefusedError(unknown("invalid location id"))
        case "geography":
            circle = (
                _number(query, "lat", -90.0, 90.0),
                _number(query, "lng", -180.0, 180.0),
                _number(query, "radius", 0.0, _FARTHEST),
            )
        case _:
            raise RefusedError(invalid("Invalid object parameter."))
    callback_url = _text(query, "callback_url")
    return Wanted(kind, object_id, circle, callback_url, query.get("verify_token", ""))


class Subscriptions:
    """The subscriptions of the one application; those to geographies are the world's too.

    Args:
        world: where geographies are.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept = dict[str, Shown]()
        self._ids = map(str, count(_FIRST))

    def listed(self) -> list[Shown]:
        """All of them, in the order in which they were made."""
        return list(self._kept.values())

    def add(self, wanted: Wanted) -> Shown:
        """Keep one whose callback has answered.

        Returns:
            It in v1's shape; the `object_id` of a geography is what its media are listed by.
        """
        object_id = wanted.object_id
        if wanted.circle is not None:
            object_id = self._world.add_geography(*wanted.circle)
        made: Shown = {
            "object": wanted.object,
            "object_id": object_id,
            "aspect": "media",
            "callback_url": wanted.callback_url,
            "type": "subscription",
            "id": next(self._ids),
        }
        return self._kept.setdefault(made["id"], made)

    def remove(self, query: Mapping[str, str]) -> None:
        """End one by its `id`, or all of an `object`, which may be `all`.

        Args:
            query: the parameters of the request; what there is not is left so.

        Raises:
            RefusedError: there is neither parameter.
        """
        number = query.get("id")
        kind = None if number else _text(query, "object")
        for one in self.listed():
            if one["id"] != number and kind not in ("all", one["object"]):
                continue
            del self._kept[one["id"]]
            if one["object"] == "geography" and one["object_id"] in self._world.geographies:
                self._world.remove_geography(one["object_id"])


def _text(query: Mapping[str, str], name: str) -> str:
    value = query.get(name)
    if not value:
        raise RefusedError(missing(name))
    return value


def _number(query: Mapping[str, str], name: str, least: float, most: float) -> float:
    try:
        number = float(_text(query, name))
    except ValueError:
        number = math.nan
    if not least <= number <= most:  # nor is NaN
        raise RefusedError(malformed())
    return number
