"""What is known while lines are read, and what follows from it when all are."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from attrs import define, field

from instagram_async.errors import ResponseError
from instagram_async.models import Comment, User, UserSummary
from instagram_async.server.world.claims import Claims
from instagram_async.server.world.dumping import Dumping
from instagram_async.server.world.faces import text_of
from instagram_async.server.world.lost import Lost
from instagram_async.server.world.people import People, user_row
from instagram_async.server.world.posts import Posts

_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, ResponseError)
ADMIT = "INSERT OR IGNORE INTO users (id, body, names) VALUES (?, ?, ?)"
_SAY = "INSERT INTO comments (pk, second, id, body) VALUES (?, ?, ?, ?)"
_FIRST = """
UPDATE users SET place = (SELECT min(place) FROM users) - 1
WHERE id = ? AND place > (SELECT min(place) FROM users)
"""


@define
class Reading:
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

    @contextmanager
    def telling(self) -> Generator[None]:
        """Have what can't be read told with its line."""
        try:
            yield
        except _UNREADABLE as error:
            reason = f"{error} is missing" if isinstance(error, KeyError) else error
            raise ValueError(f"line {self.line}: {reason}") from error


class Settling(People, Posts, Dumping):
    """Has likes, comments and ties follow from the listings in which things stood."""

    def _moved_in_first(self, user_id: str | None, reading: Reading) -> str:
        """Who `self` is in the keys: a user who is then the first one, or whoever is it."""
        if user_id is not None:
            if not self._lives_here(user_id):
                raise ValueError(f"no line tells of user {user_id}, who self is")
            self._db.run(_FIRST, user_id)
            return user_id
        first = self._db.one("SELECT id FROM users ORDER BY place LIMIT 1")
        # Who stands in a list of his own is somebody else.
        is_known = first is not None and first[0] not in reading.claims.lists_of_self()
        return first[0] if first is not None and is_known else "self"

    def _settle(self, reading: Reading, me: str, lost: Lost) -> None:
        """Take in what follows from the listings, now that all media and people are there."""
        for line, media_id, comment in reading.claims.said:
            reading.line = line
            pk = self._post(media_id).pk
            # What a media's own line shows of them is but the end.
            self._db.run("DELETE FROM comments WHERE pk = ? AND id = ?", pk, comment.id)
            self._take_comment(pk, comment, reading)
            reading.touched.add(pk)
        for media_id, user_id in reading.claims.likes(me):
            post = self._find(media_id)
            if post is None:
                lost.add("{} without likes", f"no line tells of media {media_id}")
            elif not self._lives_here(user_id):
                lost.add("likes of {} left out", _absent(user_id))
            else:
                like = "INSERT OR REPLACE INTO likes VALUES (?, ?, ?)"
                self._db.run(like, user_id, post.pk, self._tick())
                reading.touched.add(post.pk)
        for asks in (False, True):
            for user_id, target_id in reading.claims.ties(me, asks=asks):
                self._claim(user_id, target_id, lost, asks=asks)
        for key, number in reading.claims.nameless.items():
            lost.add("{} without ties", f"the key {key!r:.60} names nobody", number)

    def _claim(self, user_id: str, target_id: str, lost: Lost, *, asks: bool) -> None:
        absent = [one for one in (user_id, target_id) if not self._lives_here(one)]
        if absent:
            lost.add("{} without ties", _absent(absent[0]))
        elif user_id == target_id:
            lost.add("{} without ties", "nobody follows himself")
        elif self._outgoing(user_id, target_id) == "none":
            self._tie(user_id, target_id, asks=asks)

    def _take_comment(self, pk: int, comment: Comment, reading: Reading) -> None:
        said = "SELECT 1 FROM comments WHERE pk = ? AND id = ?"
        if comment.author is None:
            raise ValueError("a comment has an author")
        if comment.id.isdecimal() and int(comment.id) >= 1 << 63:
            raise ValueError(f"the id of a comment is a number of 63 bits: {comment.id:.40}")
        self._let_in(comment.author, reading)
        if self._db.one(said, pk, comment.id) is None:
            second = int(comment.created_time.timestamp())
            self._db.run(_SAY, pk, second, comment.id, text_of(comment))

    def _let_in(self, user: UserSummary, reading: Reading) -> None:
        if user.id in reading.known:
            return
        reading.known.add(user.id)
        known = User(
            id=user.id,
            username=user.username,
            full_name=user.full_name,
            profile_picture=user.profile_picture,
        )
        self._db.run(ADMIT, *user_row(known))


def _absent(user_id: str) -> str:
    if user_id == "self":
        return "no line says who 'self' is"
    return f"no line tells of user {user_id}"
