"""What the sections of a world share: its people, its media, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import count as counting
from itertools import islice

from attrs import evolve

from instagram_async.models import Comments, Likes, Location, Media, User, UserSummary
from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.ids import media_pk
from instagram_async.server.people import summary
from instagram_async.server.store.graph import Graph
from instagram_async.server.store.indexes import Indexes
from instagram_async.server.store.posts import Post
from instagram_async.server.store.timeline import Timeline

_KEPT = 4096
_COMMENTS_SHOWN, _LIKES_SHOWN = 8, 4  # inside a media (reference B.1)
_FIRST_TICK = 1_443_100_000_000  # ms, later than whatever is drawn


class Holdings:
    """The store of a world; its sections look into it, nobody else does."""

    def __init__(self) -> None:
        self._users: dict[str, User] = {}
        self._summaries: dict[str, UserSummary] = {}
        self._timelines: dict[str, Timeline] = {}
        self._posts: dict[int, Post] = {}
        self._locations: dict[str, Location] = {}
        self._indexes = Indexes(self._posts)
        self._graph = Graph()
        # What happens in the world happens one after the other: ticks look like
        # milliseconds, and no two are the same.
        self._ticks = counting(_FIRST_TICK)
        self._face = lru_cache(_KEPT)(self._compose)

    def _admit(self, user: User) -> None:
        if user.id in self._users:
            raise ValueError(f"there is a user {user.id}")
        self._users[user.id] = user
        self._summaries[user.id] = summary(user)
        self._timelines[user.id] = Timeline()

    def _store(self, post: Post) -> None:
        self._posts[post.pk] = post
        self._timelines[post.owner].add(post.pk, post.second)
        self._indexes.add(post)

    def _known(self, *user_ids: str) -> None:
        for user_id in user_ids:
            if user_id not in self._users:
                raise LookupError(f"there is no user {user_id}")

    def _post(self, media_id: str) -> Post:
        post = self._find(media_id)
        if post is None:
            raise LookupError(f"there is no media {media_id}")
        return post

    def _find(self, media_id: str) -> Post | None:
        post = self._posts.get(media_pk(media_id))
        owner = media_id.partition("_")[2]
        return post if post is not None and owner in ("", post.owner) else None

    def _people(self, user_ids: Iterable[str]) -> list[UserSummary]:
        return [self._summaries[user_id] for user_id in user_ids]

    def _page(
        self,
        pks: Iterable[int],
        count: int,
        viewer: str | None,
        bounds: Bounds = EVERYTHING,
    ) -> tuple[list[Media], bool]:
        """The first media of a sequence, and whether there are more."""
        posts = (self._posts[pk] for pk in pks)
        found = list(islice((one for one in posts if bounds.lets_in(one.second)), count + 1))
        return [self._shown(post, viewer) for post in found[:count]], len(found) > count

    def _shown(self, post: Post, viewer: str | None) -> Media:
        has_liked = None if viewer is None else viewer in post.likes
        return self._face(post, post.version, has_liked)

    def _compose(self, post: Post, version: int, has_liked: bool | None) -> Media:  # noqa: ARG002, FBT001
        latest = islice(post.likers, _LIKES_SHOWN)
        return evolve(
            post.source.still(post.pk, post.owner),
            tags=tuple(post.tags),
            comments=Comments(count=post.comment_count, data=tuple(post.comments(_COMMENTS_SHOWN))),
            likes=Likes(count=len(post.likes), data=tuple(self._people(latest))),
            user_has_liked=has_liked,
        )
