"""Who follows whom in a world (reference A.8)."""

from __future__ import annotations

from itertools import islice

from instagram_async.models import Relationship, UserSummary
from instagram_async.server.store.ranks import Ranks
from instagram_async.server.world.holdings import Holdings


class Relationships(Holdings):
    """The ties between the people of a world.

    All methods name first whose doing or whose view it is. They raise `LookupError` for a
    user who does not live here, and the writes `ValueError` for a tie to oneself.
    """

    def relationship(self, user_id: str, target_id: str) -> Relationship:
        """How two users stand to each other, as the first one sees it (reference B.7)."""
        self._known(user_id, target_id)
        return Relationship(
            outgoing_status=self._graph.outgoing(user_id, target_id),
            target_user_is_private=target_id in self._graph.private,
            incoming_status=self._graph.incoming(user_id, target_id),
        )

    def can_view(self, user_id: str | None, target_id: str) -> bool:
        """Whether a user may see what another one posts and whom he follows.

        Args:
            user_id: who looks; `None` is anybody, as with a `client_id` alone.
            target_id: whose things they are.

        Returns:
            False for a private user whom the first does not follow, and for one who has
            blocked him.
        """
        return self._graph.can_view(user_id, target_id)

    def follow(self, user_id: str, target_id: str) -> Relationship:
        """Follow a user, or ask to if he is private.

        Raises:
            PermissionError: one of the two has blocked the other.
        """
        self._pair(user_id, target_id)
        if self._graph.blocks(user_id, target_id) or self._graph.blocks(target_id, user_id):
            raise PermissionError(f"there is a block between {user_id} and {target_id}")
        if self._graph.outgoing(user_id, target_id) == "none":
            asks = target_id in self._graph.private
            (self._graph.request if asks else self._graph.tie)(
                user_id, target_id, next(self._ticks)
            )
        return self.relationship(user_id, target_id)

    def unfollow(self, user_id: str, target_id: str) -> Relationship:
        """Follow a user no longer, nor ask to."""
        self._pair(user_id, target_id)
        self._graph.untie(user_id, target_id)
        return self.relationship(user_id, target_id)

    def block(self, user_id: str, target_id: str) -> Relationship:
        """Shut a user out: neither follows the other any more, and he sees nothing."""
        self._pair(user_id, target_id)
        self._graph.block(user_id, target_id)
        return self.relationship(user_id, target_id)

    def unblock(self, user_id: str, target_id: str) -> Relationship:
        """Shut a user out no longer; ties that were cut stay cut."""
        self._pair(user_id, target_id)
        self._graph.unblock(user_id, target_id)
        return self.relationship(user_id, target_id)

    def approve(self, user_id: str, target_id: str) -> Relationship:
        """Let a user follow who asked to; nothing happens if he did not ask."""
        self._pair(user_id, target_id)
        if self._graph.outgoing(target_id, user_id) == "requested":
            self._graph.tie(target_id, user_id, next(self._ticks))
        return self.relationship(user_id, target_id)

    def ignore(self, user_id: str, target_id: str) -> Relationship:
        """Turn a user away who asked to follow; nothing happens if he did not ask."""
        self._pair(user_id, target_id)
        if self._graph.outgoing(target_id, user_id) == "requested":
            self._graph.untie(target_id, user_id)
        return self.relationship(user_id, target_id)

    def requested_by(self, user_id: str) -> list[UserSummary]:
        """Who asks to follow a user, the latest first."""
        self._known(user_id)
        return self._people(who for _, who in self._graph.requests[user_id].newest_first())

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
        return self._cut(self._graph.followers[user_id], count, cursor)

    def follows(
        self, user_id: str, *, count: int, cursor: int | None = None
    ) -> tuple[list[UserSummary], list[int], bool]:
        """One page of those whom a user follows, the latest first; see `followed_by`."""
        self._known(user_id)
        return self._cut(self._graph.follows[user_id], count, cursor)

    def _pair(self, user_id: str, target_id: str) -> None:
        self._known(user_id, target_id)
        if user_id == target_id:
            raise ValueError(f"{user_id} is but one user")

    def _cut(
        self, ranks: Ranks[str], count: int, cursor: int | None
    ) -> tuple[list[UserSummary], list[int], bool]:
        before = None if cursor is None else (cursor,)
        found = list(islice(ranks.newest_first(before=before), count + 1))
        page = found[:count]
        people = self._people(who for _, who in page)
        return people, [tick for tick, _ in page], len(found) > count
