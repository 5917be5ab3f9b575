"""Operations on geographies (reference A.1)."""

from __future__ import annotations

from instagram_async.models import Media
from instagram_async.paging import Pager
from instagram_async.v1 import operations as table
from instagram_async.v1.checks import checked_digits
from instagram_async.v1.endpoints.section import Section


class GeographyEndpoints(Section):
    """Areas that an app has subscribed to."""

    def geography_recent(
        self, geo_id: str | int, *, count: int | None = None, min_id: str | None = None
    ) -> Pager[Media]:
        """Media from an area that your own app has subscribed to, newest first.

        Args:
            geo_id: digits, the `object_id` of the subscription.
            count: size of a page, 20 if not given.
            min_id: only media newer than the one of this id.

        Returns:
            A pager of media, newest first.

        Raises:
            ValueError: an argument that no server would take; nothing was sent.
            NotFoundError: on iterating: there is no such subscription.

        Example:
            >>> async for media in client.geography_recent(geography).limit(10):
            ...     print(media.link)

        Implements `GET /geographies/{id}/media/recent` (reference A.1, row 1; A.9).
        """
        return self._pager(
            table.GEOGRAPHY_RECENT, checked_digits("geo_id", geo_id), count=count, min_id=min_id
        )
