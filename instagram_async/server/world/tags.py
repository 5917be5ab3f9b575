"""The tags of a world (reference A.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from attrs import evolve

from instagram_async.models import Media, Tag
from instagram_async.models.pk import first_pk
from instagram_async.server.world.holdings import Holdings, model
from instagram_async.server.world.listings import spelled

_ONE_MORE = "INSERT INTO tags VALUES (?, 1) ON CONFLICT DO UPDATE SET media = media + 1"
_ONE_LESS = "UPDATE tags SET media = media - 1 WHERE name = ?"
_BEGIN_WITH = """
SELECT name, media FROM tags WHERE name >= ? AND name < ? AND media > 0
AND NOT EXISTS (SELECT 1 FROM banned WHERE banned.name = tags.name)
ORDER BY media DESC, name LIMIT ?
"""
_BEHIND_ALL = "\U0010ffff"


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
        name = spelled(name)
        row = self._db.one("SELECT media FROM tags WHERE name = ?", name)
        return Tag(name=name, media_count=row[0] if row else 0)

    def search_tags(self, q: str, *, count: int) -> list[Tag]:
        """Find tags in use by their beginning, the most used first; banned ones are not found.

        Args:
            q: what the name begins with, without `#`, in any case; nothing finds nothing.
            count: at most this many.
        """
        if not q:
            return []
        start = spelled(q)
        found = self._db.all(_BEGIN_WITH, start, start + _BEHIND_ALL, count)
        return [Tag(name=name, media_count=media) for name, media in found]

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
        page, following = self.listings.tagged(
            name, count=count, max_tag_id=max_tag_id, min_tag_id=min_tag_id, viewer=viewer
        )
        return [Tagged(tag_id, model(one)) for tag_id, one in page], following

    def add_tag(self, media_id: str, name: str, when: datetime) -> None:
        """Tag a media after it was posted, as an edited caption or the owner's comment did.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            name: the tag, without `#`; a tag that it carries already stays where it is.
            when: aware; the tag's id is made from it and decides where tag listings
                show the media.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media.
        """
        with self._db.writing():
            post, name = self._post(media_id), spelled(name)
            face = self._face(post.pk, post.owner)
            if name in face.tags:
                return
            tag_id = max(post.pk, first_pk(int(when.timestamp() * 1000)))
            taken = "SELECT 1 FROM tagged WHERE name = ? AND tag_id = ?"
            while self._db.one(taken, name, tag_id) is not None:
                tag_id += 1
            self._apply(name, tag_id, post.pk)
            self._repaint(post.pk, evolve(face, tags=(*face.tags, name)))

    def ban_tag(self, name: str) -> None:
        """Let a tag no longer be viewed, nor its media by it; these keep it.

        Args:
            name: without `#`, in any case; it need not be in use.

        Example:
            >>> from instagram_async.server import World
            >>> world = World()
            >>> world.ban_tag("Snow")
            >>> world.is_banned("snow")
            True
        """
        self._db.run("INSERT OR IGNORE INTO banned VALUES (?)", spelled(name))

    def unban_tag(self, name: str) -> None:
        """Let a tag be viewed again."""
        self._db.run("DELETE FROM banned WHERE name = ?", spelled(name))

    def is_banned(self, name: str) -> bool:
        """Whether a tag, in any case, is banned."""
        return self._db.one("SELECT 1 FROM banned WHERE name = ?", spelled(name)) is not None

    def _apply(self, name: str, tag_id: int, pk: int) -> None:
        self._db.run("INSERT INTO tagged VALUES (?, ?, ?)", name, tag_id, pk)
        self._db.run(_ONE_MORE, name)

    def _untag(self, pk: int) -> None:
        names = self._db.all("SELECT name FROM tagged WHERE pk = ?", pk)
        self._db.many(_ONE_LESS, names)
        self._db.run("DELETE FROM tagged WHERE pk = ?", pk)


def spelled_all(names: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept, each once."""
    return tuple(dict.fromkeys(spelled(name) for name in names))
