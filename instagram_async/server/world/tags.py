"""The tags of a world (reference A.6)."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from instagram_async.models import Media, Tag
from instagram_async.server.store.tags import TagIndex
from instagram_async.server.world.holdings import Holdings


class Tagged(NamedTuple):
    """A media in the listing of a tag.

    Attributes:
        tag_id: the number under which it carries the tag; larger is later.
        media: the media.
    """

    tag_id: int
    media: Media


class Tags(Holdings):
    """Media by their tags."""

    def tag(self, name: str) -> Tag:
        """A tag and how many media carry it; of an unknown one, none do.

        Args:
            name: without `#`, in any case.
        """
        name = name.lower()
        return Tag(name=name, media_count=self._indexes.of(TagIndex).count(name))

    def search_tags(self, q: str, *, count: int) -> list[Tag]:
        """Find tags in use by their beginning, the most used first.

        Args:
            q: what the name begins with, without `#`, in any case; nothing finds nothing.
            count: at most this many.
        """
        names = self._indexes.of(TagIndex).names(q.lower()) if q else ()
        found = (self.tag(name) for name in names)
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
        """One page of the media that carry a tag (reference A.6, 17).

        Args:
            name: without `#`, in any case.
            count: at most this many.
            max_tag_id: only this tag id and smaller ones.
            min_tag_id: only larger tag ids.
            viewer: who looks.

        Returns:
            The media with their tag ids, latest tagged first, and the tag id of the first
            one of the next page, `None` if there is no next page.
        """
        ids = self._indexes.of(TagIndex).newest_first(
            name.lower(), max_tag_id=max_tag_id, min_tag_id=min_tag_id
        )
        found = list(islice(ids, count + 1))
        page = [
            Tagged(tag_id, self._shown(self._posts[pk], viewer)) for tag_id, pk in found[:count]
        ]
        return page, found[count][0] if len(found) > count else None
