"""Pages of media as an application sees them that does not see all of a world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instagram_async.models import Media
from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.world.faces import text_of
from instagram_async.server.world.listings import Cut
from instagram_async.server.written import Written

if TYPE_CHECKING:
    from instagram_async.server.sandbox import View


class Viewed:
    """The pages of a view, as the `listings` of a world give them.

    Args:
        view: what is seen.
    """

    def __init__(self, view: View) -> None:
        self._view = view

    def recent(
        self, user_id: str, *, count: int, bounds: Bounds = EVERYTHING, viewer: str | None = None
    ) -> Cut:
        """A user's media; see `World.recent`."""
        return _cut(
            self._view.recent(
                user_id,
                count=count,
                max_id=bounds.max_id,
                min_id=bounds.min_id,
                min_timestamp=bounds.min_timestamp,
                max_timestamp=bounds.max_timestamp,
                viewer=viewer,
            )
        )

    def feed(self, user_id: str, *, count: int, bounds: Bounds = EVERYTHING) -> Cut:
        """What a user and those whom he follows have posted; see `World.feed`."""
        found = self._view.feed(user_id, count=count, max_id=bounds.max_id, min_id=bounds.min_id)
        return _cut(found)

    def popular(self, *, count: int, viewer: str | None = None) -> list[Written]:
        """The newest media of all who are not private; see `World.popular`."""
        return [_written(one) for one in self._view.popular(count=count, viewer=viewer)]

    def liked(self, user_id: str, *, count: int, max_like_id: int | None = None) -> Cut:
        """What a user likes; see `World.liked`."""
        return _cut(self._view.liked(user_id, count=count, max_like_id=max_like_id))

    def tagged(
        self,
        name: str,
        *,
        count: int,
        max_tag_id: int | None = None,
        min_tag_id: int | None = None,
        viewer: str | None = None,
    ) -> tuple[list[tuple[int, Written]], int | None]:
        """Media that carry a tag with their tag ids, and the next one; see `World.tagged`."""
        found, following = self._view.tagged(
            name, count=count, max_tag_id=max_tag_id, min_tag_id=min_tag_id, viewer=viewer
        )
        return [(one.tag_id, _written(one.media)) for one in found], following

    def at_location(
        self,
        location_id: str,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> Cut:
        """The media of a place; see `World.at_location`."""
        found = self._view.at_location(location_id, count=count, bounds=bounds, viewer=viewer)
        return _cut(found)

    def near(
        self,
        circle: Circle,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> Cut:
        """The media in a circle; see `World.near`."""
        return _cut(self._view.near(circle, count=count, bounds=bounds, viewer=viewer))


def _cut(found: tuple[list[Media], bool]) -> Cut:
    return [_written(one) for one in found[0]], found[1]


def _written(media: Media) -> Written:
    return Written(media.id, media.user.id, media.likes.count, text_of(media))
