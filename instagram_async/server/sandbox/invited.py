"""What the sections of a sandbox share: who is invited, and what he has posted lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from instagram_async.models import Media, UserSummary
from instagram_async.server.bounds import Bounds
from instagram_async.server.ids import media_pk
from instagram_async.server.world import World

CHUNK = 1000
EVERYBODY = 10**9
_NEWEST = 20  # media of each user


class Invited:
    """Some users of a world, and the newest media of each."""

    def __init__(self, world: World, invited: Sequence[str]) -> None:
        self._world = world
        self._invited = tuple(invited)

    def _newest(self, user_id: str, viewer: str | None = None) -> list[Media]:
        return self._world.recent(user_id, count=_NEWEST, viewer=viewer)[0]

    def _all(self, viewer: str | None = None) -> Iterator[Media]:
        for user_id in self._there():
            yield from self._newest(user_id, viewer)

    def _there(self) -> list[str]:
        """The invited who live in the world: an id may be of nobody yet."""
        return [one for one in self._invited if self._world.user(one) is not None]

    def _known(self, people: Sequence[UserSummary]) -> list[UserSummary]:
        return [one for one in people if one.id in self._invited]


def cut(media: Sequence[Media], count: int, bounds: Bounds) -> tuple[list[Media], bool]:
    """The newest of some media within bounds, and whether there are more."""
    newest = sorted(media, key=lambda one: media_pk(one.id), reverse=True)
    found = [one for one in newest if _within(one, bounds)]
    return found[:count], len(found) > count


def _within(media: Media, bounds: Bounds) -> bool:
    pk = media_pk(media.id)
    if bounds.max_id is not None and pk >= bounds.max_id:
        return False
    if bounds.min_id is not None and pk <= bounds.min_id:
        return False
    return bounds.lets_in(int(media.created_time.timestamp()))
