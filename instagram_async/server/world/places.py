"""The places of a world and what was taken there (reference A.1, A.2 and A.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from instagram_async.models import Location, Media
from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.store.places import PlaceIndex
from instagram_async.server.world.holdings import Holdings

Directory = Literal["facebook_places_id", "foursquare_v2_id", "foursquare_id"]
"""Other people's lists of places, as `GET locations/search` names them."""

_FIRST_GEOGRAPHY = 7001


class Places(Holdings):
    """Media by where they were taken; `viewer` is what it is in `Posts`."""

    def __init__(self) -> None:
        super().__init__()
        self._listed: dict[tuple[Directory, str], Location] = {}
        self._geographies: dict[str, Circle] = {}

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
        self._locations[location.id] = location
        for listed in (elsewhere or {}).items():
            self._listed[listed] = location

    def location(self, location_id: str) -> Location | None:
        """Look up a place (reference B.4), `None` if there is none of this id."""
        return self._locations.get(location_id)

    def listed_location(self, directory: Directory, number: str) -> Location | None:
        """Look up a place by its id elsewhere, `None` if there is none."""
        return self._listed.get((directory, number))

    def search_locations(self, circle: Circle, *, count: int) -> list[Location]:
        """Find the places in a circle, the nearest to its centre first.

        Args:
            circle: where.
            count: at most this many.
        """
        found = [
            (circle.distance(place.latitude, place.longitude), number)
            for number, place in self._locations.items()
            if place.latitude is not None
            and place.longitude is not None
            and circle.holds(place.latitude, place.longitude)
        ]
        return [self._locations[number] for _, number in sorted(found)[:count]]

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
        pks = self._indexes.of(PlaceIndex).at(location_id, bounds)
        return self._page(pks, count, viewer, bounds)

    def near(
        self,
        circle: Circle,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """One page of the media in a circle; see `at_location` (reference A.3, 6)."""
        pks = self._indexes.of(PlaceIndex).within(circle, bounds)
        return self._page(pks, count, viewer, bounds)

    def add_geography(self, lat: float, lng: float, radius: float) -> str:
        """Subscribe to a piece of the earth, as real-time subscriptions did (reference A.1).

        Args:
            lat: degrees of its centre, north positive.
            lng: degrees of its centre, east positive.
            radius: metres along the great circle.

        Returns:
            Its id, digits, with which its media are listed.
        """
        geo_id = str(_FIRST_GEOGRAPHY + len(self._geographies))
        self._geographies[geo_id] = Circle(lat, lng, radius)
        return geo_id

    def geography(self, geo_id: str) -> Circle | None:
        """Look up a subscribed piece of the earth, `None` if there is none of this id."""
        return self._geographies.get(geo_id)

    @property
    def geographies(self) -> tuple[str, ...]:
        """Ids of the subscribed pieces of the earth, in the order of the subscriptions."""
        return tuple(self._geographies)

    @property
    def locations(self) -> tuple[Location, ...]:
        """The places on the map, in the order in which they got there."""
        return tuple(self._locations.values())
