"""A world as lines of JSON in v1's own shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from instagram_async.server.world.comments import CommentsOfWorld
from instagram_async.server.world.faces import location_of, short_of, user_of
from instagram_async.server.world.holdings import Post
from instagram_async.server.world.likes import LikesOfWorld
from instagram_async.server.world.relationships import Relationships
from instagram_async.v1.structure import unstructure

Line = dict[str, Any]

_POSTS = "SELECT pk, owner, id, likes, comments, last_comment, said FROM media ORDER BY pk"
_LATE_TAGS = """
SELECT media.id, name, tag_id FROM tagged JOIN media USING (pk)
WHERE tag_id != pk ORDER BY tag_id, pk
"""
_LIKES = """
SELECT media.id, users.body FROM likes JOIN media USING (pk) JOIN users ON users.id = who
ORDER BY tick
"""


class Dumping(CommentsOfWorld, LikesOfWorld, Relationships):
    """Writes down all that a world holds."""

    def dump(self, path: str | Path) -> None:
        """Write the world to a file that `World.load` reads, one JSON object a line.

        Args:
            path: of the file; one that is there is replaced.

        Raises:
            OSError: it can't be written.
        """
        with Path(path).open("w", encoding="ascii") as file:
            file.writelines(json.dumps(line, separators=(",", ":")) + "\n" for line in self.lines())

    def lines(self) -> Iterator[Line]:
        """All that the world holds, in v1's shapes with a few keys more (`docs/local_server.md`).

        The world must not change meanwhile.
        """
        people = "SELECT body, private, gated FROM users ORDER BY place"
        for body, *hidden in self._db.each(people):
            kept = zip(("is_private", "is_age_gated"), map(bool, hidden), strict=True)
            yield unstructure(user_of(body)) | {name: told for name, told in kept if told}
        yield from self._map()
        for row in self._db.each(_POSTS):
            post = Post(*row)
            face = unstructure(self._face(post.pk, post.owner))
            counts = {"comments": {"count": post.comments}, "likes": {"count": post.likes}}
            yield face | counts
        for media_id, name, tag_id in self._db.each(_LATE_TAGS):
            yield {"media_id": media_id, "name": name, "tag_id": str(tag_id)}
        for (name,) in self._db.each("SELECT name FROM banned ORDER BY name"):
            yield unstructure(self.tag(name)) | {"is_banned": True}
        for row in self._db.each(_POSTS):
            post = Post(*row)
            for comment in self._said(post, post.comments):
                yield {"media_id": post.id, **unstructure(comment)}
        for media_id, body in self._db.each(_LIKES):
            yield {"media_id": media_id, **unstructure(short_of(body))}
        yield from self._pairs()

    def _map(self) -> Iterator[Line]:
        for number, body in self._db.each("SELECT id, body FROM locations ORDER BY place"):
            listed = "SELECT directory, number FROM listed WHERE location = ? ORDER BY directory"
            yield unstructure(location_of(body)) | dict(self._db.all(listed, number))
        geographies = "SELECT id, lat, lng, radius FROM geographies ORDER BY id"
        for geo_id, lat, lng, radius in self._db.each(geographies):
            yield {"id": str(geo_id), "lat": lat, "lng": lng, "distance": radius}

    def _pairs(self) -> Iterator[Line]:
        ties = self._db.each("SELECT who, whom FROM ties ORDER BY tick")
        blocks = self._db.each("SELECT who, whom FROM blocks ORDER BY who, whom")
        for pairs in (ties, blocks):
            for who, whom in pairs:
                stand = unstructure(self.relationship(who, whom))
                yield {"user_id": who, "target_id": whom, **stand}
