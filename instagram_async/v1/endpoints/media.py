"""Operations on media (reference A.3)."""

from __future__ import annotations

from datetime import datetime

from instagram_async.models import Media
from instagram_async.paging import Pager, WindowedPager
from instagram_async.v1 import operations as table
from instagram_async.v1.checks import checked_media, checked_order, checked_shortcode, point
from instagram_async.v1.endpoints.section import Section


class MediaEndpoints(Section):
    """Single media, and those around a place."""

    async def media(self, media_id: str) -> Media:
        """A media by its id.

        Args:
            media_id: `<pk>_<user id>`, as `media.id` has it.

        Returns:
            The media; `user_has_liked` only with an access token.

        Raises:
            ValueError: a shortcode or a link in place of an id; nothing was sent.
            NotFoundError: there is no such media, or you may not see it.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> again = await client.media(media.id)

        Implements `GET /media/{id}` (reference A.3, row 8).
        """
        return await self._one(table.MEDIA, checked_media(media_id))

    async def media_shortcode(self, shortcode: str) -> Media:
        """A media by the part of its link after `/p/`.

        Args:
            shortcode: letters, digits, `-` and `_`; those of private accounts are long.

        Returns:
            The media.

        Raises:
            ValueError: a link in place of a shortcode; nothing was sent.
            NotFoundError: there is no such media, or you may not see it.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> again = await client.media_shortcode(media.shortcode)

        Implements `GET /media/shortcode/{shortcode}` (reference A.3, row 7).
        """
        return await self._one(table.MEDIA_SHORTCODE, checked_shortcode(shortcode))

    def media_search(
        self,
        lat: float,
        lng: float,
        *,
        distance: int | None = None,
        min_timestamp: datetime | int | None = None,
        max_timestamp: datetime | int | None = None,
        count: int | None = None,
    ) -> WindowedPager[Media]:
        """Media taken around a point, newest first.

        The operation knows no cursor. Its span of time is fixed at the first request and
        read newest first in requests of at most seven days, the server's maximum.

        Args:
            lat: latitude of the point, degrees, north positive.
            lng: longitude of the point, degrees, east positive.
            distance: metres from the point, 1000 if not given; the server cuts it at 5000.
            min_timestamp: where the span begins, aware or epoch seconds; five days before
                its end if not given.
            max_timestamp: where the span ends, aware or epoch seconds; now if not given.
            count: size of a page, 20 if not given; the server cuts it at about 100.

        Returns:
            A pager of media, newest first. A second that holds more media than a page can
            show is an anomaly `second_overflow` of the report.

        Raises:
            ValueError: an argument that no server would take, such as a span that ends
                before it begins; nothing was sent.

        Example:
            >>> async for media in client.media_search(47.6077, -122.3394).limit(10):
            ...     print(media.created_time, media.link)

        Implements `GET /media/search` (reference A.3, row 6).
        """
        checked_order(min_timestamp, max_timestamp)
        return self._windowed(
            table.MEDIA_SEARCH,
            **point(lat, lng, distance),
            min_timestamp=min_timestamp,
            max_timestamp=max_timestamp,
            count=count,
        )

    def media_popular(self, *, count: int | None = None) -> Pager[Media]:
        """Media that are popular at the moment, in no order.

        Args:
            count: how many at most; servers may take no notice of it.

        Returns:
            A pager over the one page that there is.

        Raises:
            ValueError: `count` is below one; nothing was sent.
            NotFoundError: on iterating: servers after June 2016 have no such list.

        Example:
            >>> popular = await client.media_popular().collect()

        Implements `GET /media/popular` (reference A.3, row 5).
        """
        return self._pager(table.MEDIA_POPULAR, count=count)
