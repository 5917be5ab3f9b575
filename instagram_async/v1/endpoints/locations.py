"""Operations on locations (reference A.2)."""

from __future__ import annotations

from datetime import datetime

from instagram_async.models import Location, Media
from instagram_async.paging import Pager, WindowedPager
from instagram_async.v1 import operations as table
from instagram_async.v1.checks import checked_digits, checked_order, one_way, point
from instagram_async.v1.endpoints.section import Section


class LocationEndpoints(Section):
    """Places and what was taken there."""

    def location_search(
        self,
        *,
        lat: float | None = None,
        lng: float | None = None,
        distance: int | None = None,
        facebook_places_id: str | int | None = None,
        foursquare_v2_id: str | None = None,
        foursquare_id: str | int | None = None,
        count: int | None = None,
    ) -> Pager[Location]:
        """Places around a point, or the place that another service knows by an id.

        Args:
            lat: latitude of the point, degrees, north positive; goes with `lng`.
            lng: longitude of the point, degrees, east positive; goes with `lat`.
            distance: metres from the point, 1000 if not given; the server cuts it at 5000.
            facebook_places_id: the place's id at Facebook, in place of a point.
            foursquare_v2_id: the place's id in version 2 of Foursquare, in place of a point.
            foursquare_id: the place's old id at Foursquare, in place of a point.
            count: how many at most, 20 if not given.

        Returns:
            A pager over the one page that there is, nearest first.

        Raises:
            ValueError: none of the ways to say where, or more than one, or half a point;
                nothing was sent.

        Example:
            >>> places = await client.location_search(lat=47.6077, lng=-122.3394).collect()

        Implements `GET /locations/search` (reference A.2, row 2).
        """
        one_way(lat, lng, distance, facebook_places_id, foursquare_v2_id, foursquare_id)
        return self._pager(
            table.LOCATION_SEARCH,
            **({} if lat is None or lng is None else point(lat, lng, distance)),
            facebook_places_id=facebook_places_id,
            foursquare_v2_id=foursquare_v2_id,
            foursquare_id=foursquare_id,
            count=count,
        )

    async def location(self, location_id: str | int) -> Location:
        """A place by its id.

        Args:
            location_id: digits, as `media.location.id` has it.

        Returns:
            The place.

        Raises:
            ValueError: the id is no number; nothing was sent.
            NotFoundError: there is no such place.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> place = await client.location(places[0].id)

        Implements `GET /locations/{id}` (reference A.2, row 3).
        """
        return await self._one(table.LOCATION, checked_digits("location_id", location_id))

    def location_recent(
        self,
        location_id: str | int,
        *,
        count: int | None = None,
        min_id: str | None = None,
        max_id: str | None = None,
        min_timestamp: datetime | int | None = None,
        max_timestamp: datetime | int | None = None,
    ) -> WindowedPager[Media]:
        """Media taken at a place, newest first.

        Args:
            location_id: digits, as `media.location.id` has it.
            count: size of a page, 20 if not given; the server cuts it at 33.
            min_id: only media newer than the one of this id.
            max_id: only media older than the one of this id.
            min_timestamp: only media of this instant or later, aware or epoch seconds.
            max_timestamp: only media of this instant or earlier, aware or epoch seconds.

        Returns:
            A pager of media, newest first, with all four bounds held on our side too.
            Pages may be short: the server hides media after it has cut the page.

        Raises:
            ValueError: an argument that no server would take, such as a span that ends
                before it begins; nothing was sent.
            NotFoundError: on iterating: there is no such place.

        Example:
            >>> async for media in client.location_recent(places[0].id).limit(10):
            ...     print(media.link)

        Implements `GET /locations/{id}/media/recent` (reference A.2, row 4; A.9).
        """
        checked_order(min_timestamp, max_timestamp)
        return self._windowed(
            table.LOCATION_RECENT,
            checked_digits("location_id", location_id),
            count=count,
            min_id=min_id,
            max_id=max_id,
            min_timestamp=min_timestamp,
            max_timestamp=max_timestamp,
        )
