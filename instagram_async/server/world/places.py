"""The places of a world and what was taken there (reference A.1, A.2 and A.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from instagram_async.models import Location, Media
from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.store.grid import cell_at, columns_of, rows_of
from instagram_async.server.world.faces import location_of, text_of
from instagram_async.server.world.holdings import Holdings, models

Directory = Literal["facebook_places_id", "foursquare_v2_id", "foursquare_id"]
"""Other people's lists of places, as `GET locations/search` names them."""

_FIRST_GEOGRAPHY = 7001
_PLACE = "INSERT INTO locations (id, body, cell, lat, lng) VALUES (?, ?, ?, ?, ?)"
_REPLACE = """
ON CONFLICT (id) DO UPDATE SET
  body = excluded.body, cell = excluded.cell, lat = excluded.lat, lng = excluded.lng
"""
_WITHIN = """
SELECT lat, lng, id, body FROM locations
WHERE cell BETWEEN ? AND ? AND cell % 36000 BETWEEN ? AND ?
"""
_LISTED = """
SELECT body FROM locations WHERE id = (
  SELECT location FROM listed WHERE directory = ? AND number = ?
)
"""


class Places(Holdings):
    """Media by where they were taken; `viewer` is what it is in `Posts`."""

    def add_location(
        self, location: Location, elsewhere: Mapping[Directory, str] | None = None
    ) -> None:
        """Put a place on the map; places of posted media get there by themselves.

        Args:
            location: a place with an id; one of the same id is replaced.
            elsewhere: its ids in other people's lists.

        Raises:
            ValueError: it has no id.
        """
        if location.id is None:
            raise ValueError("a place on the map has an id")
        with self._db.writing():
            self._db.run(_PLACE + _REPLACE, *place_row(location))
            for directory, number in (elsewhere or {}).items():
                listed = "INSERT OR REPLACE INTO listed VALUES (?, ?, ?)"
                self._db.run(listed, directory, number, location.id)

    def location(self, location_id: str) -> Location | None:
        """Look up a place (reference B.4), `None` if there is none of this id."""
        row = self._db.one("SELECT body FROM locations WHERE id = ?", location_id)
        return None if row is None else location_of(row[0])

    def listed_location(self, directory: Directory, number: str) -> Location | None:
        """Look up a place by its id elsewhere, `None` if there is none."""
        row = self._db.one(_LISTED, directory, number)
        return None if row is None else location_of(row[0])

    def search_locations(self, circle: Circle, *, count: int) -> list[Location]:
        """Find the places in a circle, the nearest to its centre first.

        Args:
            circle: where.
            count: at most this many.
        """
        found = [
            (circle.distance(lat, lng), number, body)
            for west, east in columns_of(circle)
            for lat, lng, number, body in self._db.each(_WITHIN, *rows_of(circle), west, east)
            if circle.holds(lat, lng)
        ]
        return [location_of(body) for _, _, body in sorted(found)[:count]]

    def at_location(
        self,
        location_id: str,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """One page of the media of a place (reference A.2, 4).

        Args:
            location_id: its id; of an unknown one there are none.
            count: at most this many.
            bounds: limits of pks and times.
            viewer: who looks.

        Returns:
            The media, newest first, and whether older ones are within the bounds.
        """
        found = self.listings.at_location(location_id, count=count, bounds=bounds, viewer=viewer)
        return models(found)

    def near(
        self,
        circle: Circle,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """One page of the media in a circle; see `at_location` (reference A.3, 6)."""
        return models(self.listings.near(circle, count=count, bounds=bounds, viewer=viewer))

    def add_geography(self, lat: float, lng: float, radius: float) -> str:
        """Subscribe to a piece of the earth, as real-time subscriptions did (reference A.1).

        Args:
            lat: degrees of its centre, north positive.
            lng: degrees of its centre, east positive.
            radius: metres along the great circle.

        Returns:
            Its id, digits, with which its media are listed.
        """
        with self._db.writing():
            (last,) = self._db.one("SELECT max(id) FROM geographies")
            geo_id = _FIRST_GEOGRAPHY if last is None else last + 1
            self._db.run("INSERT INTO geographies VALUES (?, ?, ?, ?)", geo_id, lat, lng, radius)
        return str(geo_id)

    def geography(self, geo_id: str) -> Circle | None:
        """Look up a subscribed piece of the earth, `None` if there is none of this id."""
        found = "SELECT lat, lng, radius FROM geographies WHERE CAST(id AS TEXT) = ?"
        row = self._db.one(found, geo_id)
        return None if row is None else Circle(*row)

    def remove_geography(self, geo_id: str) -> None:
        """End the subscription to a piece of the earth.

        Args:
            geo_id: its id.

        Raises:
            LookupError: there is none of this id.
        """
        if not self._db.run("DELETE FROM geographies WHERE CAST(id AS TEXT) = ?", geo_id):
            raise LookupError(f"there is no geography {geo_id}")

    @property
    def geographies(self) -> tuple[str, ...]:
        """Ids of the subscribed pieces of the earth, in the order of the subscriptions."""
        return tuple(str(one) for (one,) in self._db.all("SELECT id FROM geographies ORDER BY id"))

    @property
    def locations(self) -> tuple[Location, ...]:
        """The places on the map, in the order in which they got there."""
        rows = self._db.all("SELECT body FROM locations ORDER BY place")
        return tuple(location_of(body) for (body,) in rows)

    def _put_on_map(self, location: Location) -> None:
        """Put a place with an id on the map, unless it is there."""
        self._db.run(_PLACE + "ON CONFLICT DO NOTHING", *place_row(location))


def place_row(location: Location) -> tuple[object, ...]:
    """What is kept of a place: id, text, square and coordinates."""
    lat, lng = location.latitude, location.longitude
    return location.id, text_of(location), cell_at(lat, lng), lat, lng
