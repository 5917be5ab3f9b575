"""Who follows whom in a world (reference A.8)."""

from __future__ import annotations

from instagram_async.models import Relationship, UserSummary
from instagram_async.server.store.spans import LAST, clamp
from instagram_async.server.world.faces import short_of
from instagram_async.server.world.holdings import Holdings

_TIE = "INSERT OR REPLACE INTO ties VALUES (?, ?, ?, ?)"
_FOLLOWERS = """
SELECT users.body, ties.tick FROM ties JOIN users ON users.id = ties.who
WHERE whom = ? AND asks = ? AND tick < ? ORDER BY tick DESC LIMIT ?
"""
_FOLLOWED = """
SELECT users.body, ties.tick FROM ties JOIN users ON users.id = ties.whom
WHERE who = ? AND asks = ? AND tick < ? ORDER BY tick DESC LIMIT ?
"""
_BACK = {"follows": "followed_by", "requested": "requested_by", "none": "none"}


class Relationships(Holdings):
    """The ties between the people of a world.

    All methods name first whose doing or whose view it is. They raise `LookupError` for a
    user who does not live here, and the writes `ValueError` for a tie to oneself.
    """

    def relationship(self, user_id: str, target_id: str) -> Relationship:
        """How two users stand to each other, as the first one sees it (reference B.7)."""
        self._known(user_id, target_id)
        return Relationship(
            outgoing_status=self._outgoing(user_id, target_id),
            target_user_is_private=self._is_private(target_id),
            incoming_status="blocked_by_you"
            if self._blocks(user_id, target_id)
            else _BACK[self._outgoing(target_id, user_id)],
        )

    def can_view(self, user_id: str | None, target_id: str) -> bool:
        """Whether a user may see what another one posts and whom he follows.

        Args:
            user_id: who looks; `None` is anybody, as with a `client_id` alone.
            target_id: whose things they are.

        Returns:
            False for a private user whom the first does not follow, for one who has blocked
            him, and for one whom only adults may see.
        """
        if user_id == target_id:
            return True
        row = self._db.one("SELECT private, gated FROM users WHERE id = ?", target_id)
        is_private, is_gated = row or (False, False)
        if is_gated:
            return False
        if user_id is None:
            return not is_private
        return not self._blocks(target_id, user_id) and (
            not is_private or self._outgoing(user_id, target_id) == "follows"
        )

    def follow(self, user_id: str, target_id: str) -> Relationship:
        """Follow a user, or ask to if he is private.

        Raises:
            PermissionError: one of the two has blocked the other.
        """
        with self._db.writing():
            self._pair(user_id, target_id)
            if self._blocks(user_id, target_id) or self._blocks(target_id, user_id):
                raise PermissionError(f"there is a block between {user_id} and {target_id}")
            if self._outgoing(user_id, target_id) == "none":
                self._tie(user_id, target_id, asks=self._is_private(target_id))
            return self.relationship(user_id, target_id)

    def unfollow(self, user_id: str, target_id: str) -> Relationship:
        """Follow a user no longer, nor ask to."""
        with self._db.writing():
            self._pair(user_id, target_id)
            self._untie(user_id, target_id)
            return self.relationship(user_id, target_id)

    def block(self, user_id: str, target_id: str) -> Relationship:
        """Shut a user out: neither follows the other any more, and he sees nothing."""
        with self._db.writing():
            self._pair(user_id, target_id)
            self._untie(user_id, target_id)
            self._untie(target_id, user_id)
            self._db.run("INSERT OR IGNORE INTO blocks VALUES (?, ?)", user_id, target_id)
            return self.relationship(user_id, target_id)

    def unblock(self, user_id: str, target_id: str) -> Relationship:
        """Shut a user out no longer; ties that were cut stay cut."""
        with self._db.writing():
            self._pair(user_id, target_id)
            self._db.run("DELETE FROM blocks WHERE who = ? AND whom = ?", user_id, target_id)
            return self.relationship(user_id, target_id)

    def approve(self, user_id: str, target_id: str) -> Relationship:
        """Let a user follow who asked to; nothing happens if he did not ask."""
        with self._db.writing():
            self._pair(user_id, target_id)
            if self._outgoing(target_id, user_id) == "requested":
                self._tie(target_id, user_id, asks=False)
            return self.relationship(user_id, target_id)

    def ignore(self, user_id: str, target_id: str) -> Relationship:
        """Turn a user away who asked to follow; nothing happens if he did not ask."""
        with self._db.writing():
            self._pair(user_id, target_id)
            if self._outgoing(target_id, user_id) == "requested":
                self._untie(target_id, user_id)
            return self.relationship(user_id, target_id)

    def requested_by(self, user_id: str) -> list[UserSummary]:
        """Who asks to follow a user, the latest first."""
        self._known(user_id)
        return [short_of(body) for body, _ in self._db.all(_FOLLOWERS, user_id, 1, LAST, LAST)]

    def followed_by(
        self, user_id: str, *, count: int, cursor: int | None = None
    ) -> tuple[list[UserSummary], list[int], bool]:
        """One page of a user's followers, the latest first.

        Args:
            user_id: whose.
            count: at most this many.
            cursor: only those who came before this one of the numbers that an earlier
                page told. It is a place, not an offset: whoever comes or goes meanwhile
                moves nobody else.

        Returns:
            The followers, the number of each one's place, and whether there are more.
        """
        self._known(user_id)
        return self._cut(_FOLLOWERS, user_id, count, cursor)

    def follows(
        self, user_id: str, *, count: int, cursor: int | None = None
    ) -> tuple[list[UserSummary], list[int], bool]:
        """One page of those whom a user follows, the latest first; see `followed_by`."""
        self._known(user_id)
        return self._cut(_FOLLOWED, user_id, count, cursor)

    def _pair(self, user_id: str, target_id: str) -> None:
        self._known(user_id, target_id)
        if user_id == target_id:
            raise ValueError(f"{user_id} is but one user")

    def _cut(
        self, sql: str, user_id: str, count: int, cursor: int | None
    ) -> tuple[list[UserSummary], list[int], bool]:
        before = LAST if cursor is None else clamp(cursor)
        found = self._db.all(sql, user_id, 0, before, count + 1)
        page = found[:count]
        people = [short_of(body) for body, _ in page]
        return people, [tick for _, tick in page], len(found) > count

    def _tie(self, who: str, whom: str, *, asks: bool) -> None:
        self._db.run(_TIE, who, whom, asks, self._tick())
        if not asks:
            self._count(who, whom, 1)

    def _untie(self, who: str, whom: str) -> None:
        if self._outgoing(who, whom) == "follows":
            self._count(who, whom, -1)
        self._db.run("DELETE FROM ties WHERE who = ? AND whom = ?", who, whom)

    def _count(self, who: str, whom: str, more: int) -> None:
        self._db.run("UPDATE users SET follows = follows + ? WHERE id = ?", more, who)
        self._db.run("UPDATE users SET followed_by = followed_by + ? WHERE id = ?", more, whom)

    def _outgoing(self, who: str, whom: str) -> str:
        row = self._db.one("SELECT asks FROM ties WHERE who = ? AND whom = ?", who, whom)
        return "none" if row is None else "requested" if row[0] else "follows"

    def _blocks(self, who: str, whom: str) -> bool:
        found = "SELECT 1 FROM blocks WHERE who = ? AND whom = ?"
        return self._db.one(found, who, whom) is not None

    def _is_private(self, user_id: str) -> bool:
        row = self._db.one("SELECT private FROM users WHERE id = ?", user_id)
        return row is not None and bool(row[0])
