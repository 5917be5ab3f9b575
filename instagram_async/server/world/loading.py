"""A world from lines of JSON in v1's own shapes, as exports of the client are."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast, get_args

from attrs import evolve

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
from instagram_async.server.world.dumping import Line
from instagram_async.server.world.holdings import COMMENTS_SHOWN, LIKES_SHOWN
from instagram_async.server.world.lost import Lost
from instagram_async.server.world.people import user_row
from instagram_async.server.world.places import Directory
from instagram_async.server.world.settling import ADMIT, Reading, Settling
from instagram_async.v1.structure import structure

_LOG = logging.getLogger("instagram_async.server")
_PICTURES = ("url", "profile_picture")
_REPLACE = """
INSERT INTO users (id, body, names) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET body = excluded.body, names = excluded.names
"""
_COUNT = """
UPDATE media SET
  likes = (SELECT count(*) FROM likes WHERE likes.pk = media.pk),
  comments = (SELECT count(*) FROM comments WHERE comments.pk = media.pk),
  last_comment = max(pk, coalesce(
    (SELECT max(CAST(id AS INTEGER)) FROM comments WHERE comments.pk = media.pk), 0
  ))
WHERE pk = ?
"""


class Loading(Settling):
    """Reads what was written down of a world."""

    def _load(self, lines: Iterable[str | bytes], self_id: str | None) -> None:
        reading, lost = Reading(), Lost()
        with self._db.writing():
            with reading.telling():
                for reading.line, text in enumerate(lines, 1):
                    if text.strip():
                        self._take_line(_shape(text), reading)
            me = self._moved_in_first(self_id or reading.claims.me, reading)
            with reading.telling():
                self._settle(reading, me, lost)
            for pk in reading.touched:
                self._renew(pk)
        lost.tell()

    def _take_line(self, line: Mapping[str, Any], reading: Reading) -> None:
        if "outgoing_status" in line:
            self._take_tie(line)
        elif "media_id" in line:
            reading.touched.add(self._take_label(line, reading))
        elif "created_time" in line and "user" not in line and ("text" in line or "from" in line):
            reading.claims.say(reading.line, _listing(line), structure(line, Comment))
        elif "created_time" in line:
            media = structure(line, Media)
            self._take_media(media, reading)
            reading.claims.post(_listing(line), media.id, media.user.id)
        elif "username" in line:
            self._take_user(line)
            is_profile = "counts" in line or "bio" in line
            reading.claims.stand(_listing(line), str(line["id"]), is_profile=is_profile)
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
        sql = _REPLACE if "counts" in line or "bio" in line else ADMIT
        user = structure(line, User)
        self._db.run(sql, *user_row(user))
        if "is_private" in line:
            self.set_private(user.id, private=bool(line["is_private"]))
        if "is_age_gated" in line:
            self.set_age_gated(user.id, gated=bool(line["is_age_gated"]))

    def _take_media(self, media: Media, reading: Reading) -> None:
        authors = (one.author for one in media.comments.data if one.author)
        for user in (media.user, *media.likes.data, *authors):
            self._let_in(user, reading)
        if self._find(str(media_pk(media.id))) is None:
            self.post(media)

    def _take_label(self, line: Mapping[str, Any], reading: Reading) -> int:
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

    def _take_tie(self, line: Mapping[str, Any]) -> None:
        who, whom = str(line["user_id"]), str(line["target_id"])
        self._pair(who, whom)
        asks = line["outgoing_status"] == "requested"
        if line["outgoing_status"] != "none" and self._outgoing(who, whom) == "none":
            self._tie(who, whom, asks=asks)
        if line.get("incoming_status") == "blocked_by_you":
            self.block(who, whom)

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


def whole_lines(file: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a file, but for a last one that a kill has cut off.

    Args:
        file: its lines; what is not cut off ends with a line end, or is JSON.
    """
    for number, line in enumerate(file, 1):
        if line.startswith(b"{") and not line.endswith(b"\n") and not _is_json(line):
            _LOG.warning("line %d is cut off, and left out", number)
        else:
            yield line


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


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
