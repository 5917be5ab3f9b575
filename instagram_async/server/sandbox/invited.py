"""What the sections of a sandbox share: who is invited, and what he has posted lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from instagram_async.models import Comment, Comments, Likes, Media, UserSummary
from instagram_async.server.bounds import Bounds
from instagram_async.server.ids import media_pk
from instagram_async.server.world import World
from instagram_async.server.world.holdings import COMMENTS_SHOWN, LIKES_SHOWN

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

    def _cut(self, media: Sequence[Media], count: int, bounds: Bounds) -> tuple[list[Media], bool]:
        """The newest of some media within bounds, and whether there are more."""
        found, more = cut(media, count, bounds)
        return self._seen(found), more

    def _seen(self, media: Sequence[Media]) -> list[Media]:
        """Media with what the invited say to them and like, and nobody else."""
        return [self._with_known(one) for one in media]

    def _with_known(self, media: Media) -> Media:
        said, likers = self._said(media.id), self._likers(media.id)
        return evolve(
            media,
            comments=Comments(count=len(said), data=tuple(said[-COMMENTS_SHOWN:])),
            likes=Likes(count=len(likers), data=tuple(likers[:LIKES_SHOWN])),
        )

    def _said(self, media_id: str) -> list[Comment]:
        said = self._world.comments(media_id, count=EVERYBODY)
        return [one for one in said if one.author and one.author.id in self._invited]

    def _likers(self, media_id: str) -> list[UserSummary]:
        return self._known(self._world.likes(media_id, count=EVERYBODY))

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
