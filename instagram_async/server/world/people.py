"""The people of a world, and how they are found (reference A.7)."""

from __future__ import annotations

from itertools import islice

from attrs import evolve

from instagram_async.models import Counts, User, UserSummary
from instagram_async.server.world.holdings import Holdings


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
        return tuple(self._profile(user) for user in self._users.values())

    @property
    def self_id(self) -> str:
        """Id of the first user.

        Raises:
            LookupError: nobody lives in the world.
        """
        for user_id in self._users:
            return user_id
        raise LookupError("nobody lives in the world")

    def user(self, user_id: str) -> User | None:
        """Look up a user (reference B.3).

        Args:
            user_id: digits.

        Returns:
            The user, or `None` if there is no such user. The counts are those of this
            world: his media, his followers, and whom he follows.
        """
        user = self._users.get(user_id)
        return None if user is None else self._profile(user)

    def search_users(self, q: str, *, count: int) -> list[UserSummary]:
        """Find people by a part of their names (reference A.7, 18).

        Args:
            q: what the username or the full name contains, in any case.
            count: at most this many.

        Returns:
            Those who match, in the order in which they moved in; nobody for an empty `q`.
        """
        wanted = q.casefold()
        found = (
            one
            for one in self._summaries.values()
            if wanted and (wanted in one.username.casefold() or wanted in one.full_name.casefold())
        )
        return list(islice(found, count))

    def add_user(self, user: User) -> None:
        """Let a user move in, without media, followers or anybody he follows.

        Args:
            user: who; whatever his `counts` are, they will be those of the world.

        Raises:
            ValueError: a user with this id is there.
        """
        self._admit(user)

    def set_private(self, user_id: str, private: bool) -> None:  # noqa: FBT001 - what it sets
        """Make a user private or public; those who asked to follow him go on waiting.

        Args:
            user_id: who.
            private: whether only followers see what he posts.

        Raises:
            LookupError: there is no such user.
        """
        self._known(user_id)
        (self._graph.private.add if private else self._graph.private.discard)(user_id)

    def _profile(self, user: User) -> User:
        counts = Counts(
            media=len(self._timelines[user.id]),
            followed_by=len(self._graph.followers[user.id]),
            follows=len(self._graph.follows[user.id]),
        )
        return evolve(user, counts=counts)
