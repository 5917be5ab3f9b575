"""A world from lines of JSON in v1's own shapes, as exports of the client are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args

from attrs import define, evolve, field

from instagram_async.errors import ResponseError
from instagram_async.models import (
    Comment,
    Comments,
    Likes,
    Location,
    Media,
    Tag,
    User,
    UserSummary,
)
from instagram_async.server.ids import media_pk
from instagram_async.server.pictures import homeless
from instagram_async.server.world.claims import Claims
from instagram_async.server.world.dumping import Dumping, Line
from instagram_async.server.world.faces import text_of
from instagram_async.server.world.holdings import COMMENTS_SHOWN, LIKES_SHOWN
from instagram_async.server.world.people import People, user_row
from instagram_async.server.world.places import Directory
from instagram_async.server.world.posts import Posts
from instagram_async.v1.structure import structure

_PICTURES = ("url", "profile_picture")
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, ResponseError)
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


@define
class _Reading:
    """What is known while lines are read.

    Attributes:
        line: the number of the line at hand.
        touched: the media of which more was said than their own line says.
        known: ids of people who live in the world.
        claims: what follows from the listings of the lines.
    """

    line: int = 0
    touched: set[int] = field(factory=set[int])
    known: set[str] = field(factory=set[str])
    claims: Claims = field(factory=Claims)


class Loading(People, Posts, Dumping):
    """Reads what was written down of a world."""

    def _load(self, lines: Iterable[str | bytes]) -> None:
        reading = _Reading()
        with self._db.writing():
            try:
                for reading.line, text in enumerate(lines, 1):
                    if text.strip():
                        self._take_line(_shape(text), reading)
                self._settle(reading)
            except _UNREADABLE as error:
                reason = f"{error} is missing" if isinstance(error, KeyError) else error
                raise ValueError(f"line {reading.line}: {reason}") from error
            for pk in reading.touched:
                self._renew(pk)

    def _take_line(self, line: Mapping[str, Any], reading: _Reading) -> None:
        if "outgoing_status" in line:
            self._take_tie(line)
        elif "media_id" in line:
            reading.touched.add(self._take_label(line, reading))
        elif "created_time" in line and "user" not in line and ("text" in line or "from" in line):
            reading.claims.say(reading.line, _listing(line), structure(line, Comment))
        elif "created_time" in line:
            self._take_media(structure(line, Media), reading)
        elif "username" in line:
            self._take_user(line)
            reading.claims.stand(_listing(line), str(line["id"]))
        elif "is_banned" in line:
            self.ban_tag(line["name"])
        elif "media_count" in line:
            structure(line, Tag)  # how many media carry it is what is in the world
        elif "distance" in line and "lat" in line:
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
        if "is_age_gated" in line:
            self.set_age_gated(user.id, gated=bool(line["is_age_gated"]))

    def _settle(self, reading: _Reading) -> None:
        """Take in what follows from the listings, now that all media and people are there."""
        for line, media_id, comment in reading.claims.said:
            reading.line = line
            pk = self._post(media_id).pk
            # What a media's own line shows of them is but the end.
            self._db.run("DELETE FROM comments WHERE pk = ? AND id = ?", pk, comment.id)
            self._take_comment(pk, comment, reading)
            reading.touched.add(pk)
        for media_id, user_id in reading.claims.likes:
            if (post := self._find(media_id)) is not None:
                like = "INSERT OR REPLACE INTO likes VALUES (?, ?, ?)"
                self._db.run(like, user_id, post.pk, self._tick())
                reading.touched.add(post.pk)
        for user_id, target_id in reading.claims.ties:
            is_there = self._lives_here(user_id) and self._lives_here(target_id)
            if is_there and user_id != target_id and self._outgoing(user_id, target_id) == "none":
                self._tie(user_id, target_id, asks=False)

    def _take_media(self, media: Media, reading: _Reading) -> None:
        authors = (one.author for one in media.comments.data if one.author)
        for user in (media.user, *media.likes.data, *authors):
            self._let_in(user, reading)
        if self._find(str(media_pk(media.id))) is None:
            self.post(media)

    def _take_label(self, line: Mapping[str, Any], reading: _Reading) -> int:
        post = self._post(line["media_id"])
        if "text" in line:
            self._take_comment(post.pk, structure(line, Comment), reading)
        elif "username" in line:
            user = structure(line, UserSummary)
            self._let_in(user, reading)
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

    def _take_comment(self, pk: int, comment: Comment, reading: _Reading) -> None:
        said = "SELECT 1 FROM comments WHERE pk = ? AND id = ?"
        if comment.author is None:
            raise ValueError("a comment has an author")
        if comment.id.isdecimal() and int(comment.id) >= 1 << 63:
            raise ValueError(f"the id of a comment is a number of 63 bits: {comment.id:.40}")
        self._let_in(comment.author, reading)
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

    def _let_in(self, user: UserSummary, reading: _Reading) -> None:
        if user.id in reading.known:
            return
        reading.known.add(user.id)
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


def _shape(text: str | bytes) -> Mapping[str, Any]:
    shape = json.loads(text, object_hook=_homeless)
    if not isinstance(shape, dict):
        raise ValueError(f"not an object: {text.strip()[:40]!r}")  # noqa: TRY004 - as all of a line
    return cast("dict[str, Any]", shape)


def _listing(line: Mapping[str, Any]) -> str:
    """The key of the listing that a line was read from, as exports have it."""
    return str(line.get("listing", ""))


def _homeless(shape: Line) -> Line:
    """An object whose drawn pictures are at no server, so that whoever serves it shows them."""
    for key in _PICTURES:
        if isinstance(url := shape.get(key), str):
            shape[key] = homeless(url)
    return shape
