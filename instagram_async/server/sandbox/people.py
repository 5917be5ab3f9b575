"""The people of a sandbox."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from instagram_async.models import Counts, User, UserSummary
from instagram_async.server.sandbox.invited import CHUNK, EVERYBODY, Invited


class PeopleOfSandbox(Invited):
    """Those who are invited; see `People` and `Relationships` of a world."""

    def user(self, user_id: str) -> User | None:
        """See `World`."""
        user = self._world.user(user_id) if user_id in self._invited else None
        return user and evolve(user, counts=self._counts(user_id))

    def search_users(self, q: str, *, count: int) -> list[UserSummary]:
        """See `World`."""
        return self._known(self._world.search_users(q, count=EVERYBODY))[:count]

    def requested_by(self, user_id: str) -> list[UserSummary]:
        """See `World`."""
        return self._known(self._world.requested_by(user_id))

    def followed_by(
        self, user_id: str, *, count: int, cursor: int | None = None
    ) -> tuple[list[UserSummary], list[int], bool]:
        """See `World`."""
        return self._people(user_id, self._world.followed_by, count, cursor)

    def follows(
        self, user_id: str, *, count: int, cursor: int | None = None
    ) -> tuple[list[UserSummary], list[int], bool]:
        """See `World`."""
        return self._people(user_id, self._world.follows, count, cursor)

    def _counts(self, user_id: str) -> Counts:
        return Counts(
            media=len(self._newest(user_id)),
            followed_by=len(self.followed_by(user_id, count=EVERYBODY)[0]),
            follows=len(self.follows(user_id, count=EVERYBODY)[0]),
        )

    def _people(
        self,
        user_id: str,
        listing: Callable[..., tuple[list[UserSummary], list[int], bool]],
        count: int,
        cursor: int | None,
    ) -> tuple[list[UserSummary], list[int], bool]:
        found: list[tuple[UserSummary, int]] = []
        more = True
        while more and len(found) <= count:
            people, places, more = listing(user_id, count=CHUNK, cursor=cursor)
            pairs = zip(people, places, strict=True)
            found += [pair for pair in pairs if pair[0].id in self._invited]
            cursor = places[-1] if places else None
        page = found[:count]
        return [who for who, _ in page], [place for _, place in page], len(found) > count
