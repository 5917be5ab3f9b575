"""The people of a world, and how they are found (reference A.7)."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from instagram_async.models import Counts, User, UserSummary
from instagram_async.server.world.faces import short_of, text_of, user_of
from instagram_async.server.world.holdings import Holdings

_ADMIT = "INSERT OR IGNORE INTO users (id, body, names) VALUES (?, ?, ?)"
_PROFILES = "SELECT body, media, followed_by, follows FROM users"
_NAMED = "SELECT body FROM users WHERE instr(names, ?) ORDER BY place LIMIT ?"


class People(Holdings):
    """Who lives in a world."""

    @property
    def users(self) -> tuple[User, ...]:
        """Who lives in the world, in the order in which they moved in, as `user` shows them.

        Example:
            >>> from instagram_async.server import World
            >>> [user.username for user in World([User(id="9", username="ann")]).users]
            ['ann']
        """
        return tuple(_profile(row) for row in self._db.all(f"{_PROFILES} ORDER BY place"))

    @property
    def self_id(self) -> str:
        """Id of the first user.

        Raises:
            LookupError: nobody lives in the world.
        """
        row = self._db.one("SELECT id FROM users ORDER BY place LIMIT 1")
        if row is None:
            raise LookupError("nobody lives in the world")
        first: str = row[0]
        return first

    def user(self, user_id: str) -> User | None:
        """Look up a user (reference B.3).

        Args:
            user_id: digits.

        Returns:
            The user, or `None` if there is no such user. The counts are those of this
            world: his media, his followers, and whom he follows.
        """
        row = self._db.one(f"{_PROFILES} WHERE id = ?", user_id)
        return None if row is None else _profile(row)

    def search_users(self, q: str, *, count: int) -> list[UserSummary]:
        """Find people by a part of their names (reference A.7, 18).

        Args:
            q: what the username or the full name contains, in any case.
            count: at most this many.

        Returns:
            Those who match, in the order in which they moved in; nobody for an empty `q`.
        """
        wanted = _folded(q)
        found = self._db.all(_NAMED, wanted, count) if wanted else []
        return [short_of(body) for (body,) in found]

    def add_user(self, user: User) -> None:
        """Let a user move in, without media, followers or anybody he follows.

        Args:
            user: who; whatever his `counts` are, they will be those of the world.

        Raises:
            ValueError: a user with this id is there.
        """
        with self._db.writing():
            if not self._db.run(_ADMIT, *user_row(user)):
                raise ValueError(f"there is a user {user.id}")

    def set_private(self, user_id: str, private: bool) -> None:  # noqa: FBT001 - what it sets
        """Make a user private or public; those who asked to follow him go on waiting.

        Args:
            user_id: who.
            private: whether only followers see what he posts.

        Raises:
            LookupError: there is no such user.
        """
        with self._db.writing():
            self._known(user_id)
            self._db.run("UPDATE users SET private = ? WHERE id = ?", private, user_id)

    def set_age_gated(self, user_id: str, gated: bool) -> None:  # noqa: FBT001 - what it sets
        """Make a user one whom only adults may see, or one for all.

        The API never knew how old somebody was, so it showed such a user to himself alone.

        Args:
            user_id: who.
            gated: whether everybody else is refused.

        Raises:
            LookupError: there is no such user.

        Example:
            >>> from instagram_async.server import World
            >>> world = World([User(id="9", username="ann")])
            >>> world.set_age_gated("9", True)
            >>> world.can_view(None, "9"), world.can_view("9", "9")
            (False, True)
        """
        with self._db.writing():
            self._known(user_id)
            self._db.run("UPDATE users SET gated = ? WHERE id = ?", gated, user_id)

    def is_age_gated(self, user_id: str) -> bool:
        """Whether only adults may see a user."""
        row = self._db.one("SELECT gated FROM users WHERE id = ?", user_id)
        return row is not None and bool(row[0])


def user_row(user: User) -> tuple[str, bytes, bytes]:
    """What is kept of a user: id, text, and the names by which he is found."""
    # No name has a line feed in it that somebody would look for.
    return user.id, text_of(user), _folded(f"{user.username}\n{user.full_name}")


def _folded(text: str) -> bytes:
    return text.casefold().encode(errors="surrogatepass")


def _profile(row: tuple[Any, ...]) -> User:
    body, media, followed_by, follows = row
    counts = Counts(media=media, followed_by=followed_by, follows=follows)
    return evolve(user_of(body), counts=counts)
