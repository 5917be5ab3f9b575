"""The tags of a sandbox, and its media by where they were taken."""

from __future__ import annotations

from collections import Counter

from instagram_async.models import Media, Tag
from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.sandbox.invited import CHUNK, Invited
from instagram_async.server.world.tags import Tagged


class LabelsOfSandbox(Invited):
    """Media by their tags and places; see `Tags` and `Places` of a world."""

    def tag(self, name: str) -> Tag:
        """See `World`."""
        name = name.lower()
        return Tag(name=name, media_count=self._tags()[name])

    def search_tags(self, q: str, *, count: int) -> list[Tag]:
        """See `World`."""
        begins = q.lower()
        found = [
            Tag(name=name, media_count=used)
            for name, used in self._tags().items()
            if q and name.startswith(begins) and not self._world.is_banned(name)
        ]
        return sorted(found, key=lambda tag: (-tag.media_count, tag.name))[:count]

    def tagged(
        self,
        name: str,
        *,
        count: int,
        max_tag_id: int | None = None,
        min_tag_id: int | None = None,
        viewer: str | None = None,
    ) -> tuple[list[Tagged], int | None]:
        """See `World`."""
        wanted = {one.id for one in self._all() if name.lower() in one.tags}
        found: list[Tagged] = []
        more = bool(wanted)
        while more and len(found) <= count:
            page, max_tag_id = self._world.tagged(
                name, count=CHUNK, max_tag_id=max_tag_id, min_tag_id=min_tag_id, viewer=viewer
            )
            found += [one for one in page if one.media.id in wanted]
            more = max_tag_id is not None and len(found) < len(wanted)
        page = [one._replace(media=self._with_known(one.media)) for one in found[:count]]
        return page, found[count].tag_id if len(found) > count else None

    def at_location(
        self,
        location_id: str,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        media = [
            one for one in self._all(viewer) if one.location and one.location.id == location_id
        ]
        return self._cut(media, count, bounds)

    def near(
        self,
        circle: Circle,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        media = [
            one
            for one in self._all(viewer)
            if one.location is not None
            and one.location.latitude is not None
            and one.location.longitude is not None
            and circle.holds(one.location.latitude, one.location.longitude)
        ]
        return self._cut(media, count, bounds)

    def _tags(self) -> Counter[str]:
        return Counter(name for one in self._all() for name in one.tags)
