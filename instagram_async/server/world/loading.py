"""A world from lines of JSON in v1's own shapes, as exports of the client are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from attrs import evolve

from instagram_async.errors import ResponseError
from instagram_async.models import Comment, Comments, Likes, Location, Media, User, UserSummary
from instagram_async.server.ids import media_pk
from instagram_async.server.world.dumping import Dumping
from instagram_async.server.world.faces import text_of
from instagram_async.server.world.holdings import COMMENTS_SHOWN, LIKES_SHOWN
from instagram_async.server.world.people import People, user_row
from instagram_async.server.world.places import Directory
from instagram_async.server.world.posts import Posts
from instagram_async.v1.structure import structure

_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ResponseError)
_REPLACE = """
INSERT INTO users (id, body, names) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET body = excluded.body, names = excluded.names
"""
_ADMIT = "INSERT OR IGNORE INTO users (id, body, names) VALUES (?, ?, ?)"
_SAY = "INSERT INTO comments (pk, second, id, body) VALUES (?, ?, ?, ?)"
_COUNT = """
UPDATE media SET
  likes = (SELECT count(*) FROM likes WHERE likes.pk = media.pk),
  comments = (SELECT count(*) FROM comments WHERE comments.pk = media.pk),
  last_comment = max(pk, coalesce(
    (SELECT max(CAST(id AS INTEGER)) FROM comments WHERE comments.pk = media.pk), 0
  ))
WHERE pk = ?
"""


class Loading(People, Posts, Dumping):
    """Reads what was written down of a world."""

    def _load(self, lines: Iterable[str | bytes]) -> None:
        touched = set[int]()
        with self._db.writing():
            for number, text in enumerate(lines, 1):
                if not text.strip():
                    continue
                try:
                    self._take_line(json.loads(text), touched)
                except _UNREADABLE as error:
                    raise ValueError(f"line {number}: {error}") from error
            for pk in touched:
                self._renew(pk)

    def _take_line(self, line: Mapping[str, Any], touched: set[int]) -> None:
        if "outgoing_status" in line:
            self._take_tie(line)
        elif "media_id" in line:
            touched.add(self._take_label(line))
        elif "created_time" in line:
            self._take_media(structure(line, Media))
        elif "username" in line:
            self._take_user(line)
        elif "distance" in line:
            circle = (float(line[name]) for name in ("lat", "lng", "distance"))
            self._db.run("INSERT INTO geographies VALUES (?, ?, ?, ?)", int(line["id"]), *circle)
        elif "id" in line:
            listed = {name: str(line[name]) for name in get_args(Directory) if name in line}
            self.add_location(structure(line, Location), listed)
        else:
            raise ValueError(f"no shape of v1 has the keys {', '.join(line)}")

    def _take_user(self, line: Mapping[str, Any]) -> None:
        # Who is known by more than his short form keeps it.
        sql = _REPLACE if "counts" in line or "bio" in line else _ADMIT
        user = structure(line, User)
        self._db.run(sql, *user_row(user))
        if "is_private" in line:
            self.set_private(user.id, private=bool(line["is_private"]))

    def _take_media(self, media: Media) -> None:
        authors = (one.author for one in media.comments.data if one.author)
        for user in (media.user, *media.likes.data, *authors):
            self._let_in(user)
        if self._find(str(media_pk(media.id))) is None:
            self.post(media)

    def _take_label(self, line: Mapping[str, Any]) -> int:
        post = self._post(line["media_id"])
        if "text" in line:
            self._take_comment(post.pk, structure(line, Comment))
        elif "username" in line:
            user = structure(line, UserSummary)
            self._let_in(user)
            if self._liked_at(user.id, post.pk) is None:
                self._db.run("INSERT INTO likes VALUES (?, ?, ?)", user.id, post.pk, self._tick())
        elif "tag_id" in line:
            name = line["name"]
            gone = self._db.run("DELETE FROM tagged WHERE name = ? AND pk = ?", name, post.pk)
            if not gone:
                raise ValueError(f"{post.id} does not carry the tag {name}")
            self._db.run("INSERT INTO tagged VALUES (?, ?, ?)", name, int(line["tag_id"]), post.pk)
        else:
            raise ValueError("neither a comment nor a like nor a tag")
        return post.pk

    def _take_comment(self, pk: int, comment: Comment) -> None:
        said = "SELECT 1 FROM comments WHERE pk = ? AND id = ?"
        if comment.author is None:
            raise ValueError("a comment has an author")
        self._let_in(comment.author)
        if self._db.one(said, pk, comment.id) is None:
            second = int(comment.created_time.timestamp())
            self._db.run(_SAY, pk, second, comment.id, text_of(comment))

    def _take_tie(self, line: Mapping[str, Any]) -> None:
        who, whom = str(line["user_id"]), str(line["target_id"])
        self._pair(who, whom)
        asks = line["outgoing_status"] == "requested"
        if line["outgoing_status"] != "none" and self._outgoing(who, whom) == "none":
            self._tie(who, whom, asks=asks)
        if line.get("incoming_status") == "blocked_by_you":
            self.block(who, whom)

    def _let_in(self, user: UserSummary) -> None:
        known = User(
            id=user.id,
            username=user.username,
            full_name=user.full_name,
            profile_picture=user.profile_picture,
        )
        self._db.run(_ADMIT, *user_row(known))

    def _renew(self, pk: int) -> None:
        """Show what was written to a media line by line."""
        self._db.run(_COUNT, pk)
        post = self._post(str(pk))
        said = tuple(self._said(post, COMMENTS_SHOWN))
        latest = tuple(self._likers(pk, LIKES_SHOWN))
        face = evolve(
            self._face(pk, post.owner),
            comments=Comments(count=post.comments, data=said),
            likes=Likes(count=post.likes, data=latest),
        )
        self._repaint(pk, face)
