"""Pages of media as the wire shows them.

What they are made of is kept as it is sent, so that serving a page neither builds models nor
writes JSON. The methods of the world give the same pages with models.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import islice

from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.store.database import Database
from instagram_async.server.store.spans import FIRST, LAST, clamp
from instagram_async.server.store.timelines import RANGE, Timelines
from instagram_async.server.written import Written

Cut = tuple[list[Written], bool]
"""A page, and whether there is more within the bounds."""

_Row = tuple[int, str, str, int, bytes | None, int]
_SHOWN = """
SELECT pk, owner, id, likes, text, EXISTS (
  SELECT 1 FROM likes WHERE likes.who = ? AND likes.pk = media.pk
) FROM media WHERE
"""
_NAMED = f"{_SHOWN} pk IN (SELECT value FROM json_each(?))"  # noqa: S608 - a constant
_RECENT = f"{_SHOWN} owner = ? AND {RANGE} LIMIT ?"
_LIKED = "SELECT pk FROM likes WHERE who = ? AND (tick, pk) < (?, ?) ORDER BY tick DESC, pk DESC"
_LIKED_AT = """
SELECT tick FROM likes WHERE who = ? AND pk = ?
UNION ALL SELECT tick FROM unliked WHERE who = ? AND pk = ?
"""
_TAGGED = """
SELECT tag_id, pk FROM tagged WHERE name = ? AND tag_id BETWEEN ? AND ?
ORDER BY tag_id DESC, pk DESC LIMIT ?
"""
_FEED = "SELECT json_group_array(whom) FROM ties WHERE who = ? AND NOT asks"
_PUBLIC = "SELECT json_group_array(id) FROM users WHERE NOT private AND NOT gated"
_LIKES = (b',"user_has_liked":false}', b',"user_has_liked":true}')


class Listings:
    """Finds pages of media and shows them.

    Wherever `viewer` is a user's id, `user_has_liked` is about him; without it there is no
    such key. Nothing is hidden here.

    Args:
        database: where the media are.
        draw: gives the text of a media that has none yet, by its pk and owner.
    """

    def __init__(self, database: Database, draw: Callable[[int, str], bytes]) -> None:
        self._db = database
        self._draw = draw
        self._timelines = Timelines(database)

    def recent(
        self, user_id: str, *, count: int, bounds: Bounds = EVERYTHING, viewer: str | None = None
    ) -> Cut:
        """A user's media; see `World.recent`."""
        # What is asked for most is found and read at once.
        limits = self._timelines.limits(bounds)
        rows = self._db.all(_RECENT, viewer, user_id, *limits, count + 1)
        return self._written(rows[:count], viewer), len(rows) > count

    def feed(self, user_id: str, *, count: int, bounds: Bounds = EVERYTHING) -> Cut:
        """What a user and those whom he follows have posted; see `World.feed`."""
        (followed,) = self._db.one(_FEED, user_id)
        authors = json.dumps([user_id, *json.loads(followed)])
        return self._page(self._timelines.of_owners(authors, bounds, count + 1), count, user_id)

    def popular(self, *, count: int, viewer: str | None = None) -> list[Written]:
        """The newest media of all who are not private; see `World.popular`."""
        (public,) = self._db.one(_PUBLIC)
        found = self._timelines.of_owners(public, EVERYTHING, count)
        page, _ = self._page(found, count, viewer)
        return sorted(page, key=lambda one: one.likes, reverse=True)

    def liked(self, user_id: str, *, count: int, max_like_id: int | None = None) -> Cut:
        """What a user likes; see `World.liked`."""
        place = (LAST, LAST)
        if max_like_id is not None:
            liked = self._db.one(_LIKED_AT, *(user_id, clamp(max_like_id)) * 2)
            place = (liked[0], max_like_id) if liked else (0, 0)
        pks = (pk for (pk,) in self._db.each(_LIKED, user_id, *place))
        return self._page(pks, count, user_id)

    def tagged(
        self,
        name: str,
        *,
        count: int,
        max_tag_id: int | None = None,
        min_tag_id: int | None = None,
        viewer: str | None = None,
    ) -> tuple[list[tuple[int, Written]], int | None]:
        """Media that carry a tag with their tag ids, and the next tag id; see `World.tagged`."""
        low = FIRST if min_tag_id is None else clamp(min_tag_id + 1)
        high = LAST if max_tag_id is None else clamp(max_tag_id)
        found = self._db.all(_TAGGED, spelled(name), low, high, count + 1)
        shown = self._show([pk for _, pk in found[:count]], viewer)
        page = [(tag_id, one) for (tag_id, _), one in zip(found, shown, strict=False)]
        return page, found[count][0] if len(found) > count else None

    def at_location(
        self,
        location_id: str,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> Cut:
        """The media of a place; see `World.at_location`."""
        return self._page(self._timelines.of_location(location_id, bounds), count, viewer)

    def near(
        self,
        circle: Circle,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> Cut:
        """The media in a circle; see `World.near`."""
        return self._page(self._timelines.in_circle(circle, bounds), count, viewer)

    def one(self, pk: int, viewer: str | None) -> Written:
        """A media that there is."""
        return self._show([pk], viewer)[0]

    def _page(self, pks: Iterable[int], count: int, viewer: str | None) -> Cut:
        found = list(islice(pks, count + 1))
        return self._show(found[:count], viewer), len(found) > count

    def _show(self, pks: list[int], viewer: str | None) -> list[Written]:
        rows = {row[0]: row for row in self._db.all(_NAMED, viewer, json.dumps(pks))}
        return self._written([rows[pk] for pk in pks], viewer)

    def _written(self, rows: Iterable[_Row], viewer: str | None) -> list[Written]:
        shown = list[Written]()
        for pk, owner, media_id, likes, kept, liked in rows:
            text = kept or self._draw(pk, owner)
            if viewer is not None:
                text = text[:-1] + _LIKES[liked]
            shown.append(Written(media_id, owner, likes, text))
        return shown


def spelled(name: str) -> str:
    """A tag as it is kept: in lower case, and without what is no character."""
    return name.lower().encode(errors="replace").decode()
