"""The media of a world, and the listings of them by users (reference A.3 and A.7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import islice

from instagram_async.models import Media
from instagram_async.server.bounds import Bounds
from instagram_async.server.ids import first_pk, media_pk
from instagram_async.server.store.posts import Given, Post
from instagram_async.server.world.holdings import Holdings


class Posts(Holdings):
    """Media, as they are posted, deleted and listed.

    Wherever `viewer` is a user's id, `user_has_liked` is about him; without it that is
    `None`. Nothing is hidden here: `can_view` tells what a viewer may see.
    """

    def media(self, media_id: str, *, viewer: str | None = None) -> Media | None:
        """Look up a media (reference B.1).

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            viewer: who looks.

        Returns:
            The media, `None` if there is none of this id.

        Raises:
            ValueError: the text is no media id.
        """
        post = self._find(media_id)
        return None if post is None else self._shown(post, viewer)

    def recent(
        self,
        user_id: str,
        *,
        count: int,
        max_id: int | None = None,
        min_id: int | None = None,
        min_timestamp: int | None = None,
        max_timestamp: int | None = None,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """One page of a user's media (reference A.7 and A.9).

        Args:
            user_id: whose media; he must be in the world.
            count: at most this many.
            max_id: only older ones than this pk, which itself is left out.
            min_id: only newer ones than this pk, which itself is left out.
            min_timestamp: only from this second on, seconds since 1970.
            max_timestamp: only up to this second, seconds since 1970.
            viewer: who looks.

        Returns:
            The media, newest first, and whether older ones are within the bounds.

        Raises:
            KeyError: there is no such user.
        """
        bounds = Bounds(
            max_id=max_id,
            min_id=min_id,
            min_timestamp=min_timestamp,
            max_timestamp=max_timestamp,
        )
        return self._page(self._timelines[user_id].newest_first(bounds), count, viewer, bounds)

    def feed(
        self, user_id: str, *, count: int, max_id: int | None = None, min_id: int | None = None
    ) -> tuple[list[Media], bool]:
        """One page of what a user and those whom he follows have posted (reference A.7, 19).

        Args:
            user_id: whose feed; he is the viewer too.
            count: at most this many.
            max_id: only older ones than this pk, which itself is left out.
            min_id: only newer ones than this pk, which itself is left out.

        Returns:
            The media, newest first, and whether older ones are within the bounds.

        Raises:
            LookupError: there is no such user.
        """
        self._known(user_id)
        bounds = Bounds(max_id=max_id, min_id=min_id)
        authors = (user_id, *(whom for _, whom in self._graph.follows[user_id].newest_first()))
        return self._page(self._newest(authors, bounds), count, user_id)

    def popular(self, *, count: int, viewer: str | None = None) -> list[Media]:
        """The newest media of all who are not private, most liked first (reference A.3, 5).

        Args:
            count: at most this many.
            viewer: who looks.
        """
        public = tuple(who for who in self._users if who not in self._graph.private)
        newest = islice(self._newest(public, Bounds()), count)
        media, _ = self._page(newest, count, viewer)
        return sorted(media, key=lambda one: one.likes.count, reverse=True)

    def post(self, media: Media) -> None:
        """Publish a media under the id and time that it carries.

        Args:
            media: what to publish; `free_id` gives ids. A `created_time` that is not the
                time in the id is kept, as recorded media have it so. Its tags become
                lower case. Of its likes and comments those are taken over that are listed
                and whose authors live here; the counts follow from them.

        Raises:
            ValueError: the id is no media id or is taken, or its user is unknown.
        """
        pk = media_pk(media.id)
        if pk in self._posts:
            raise ValueError(f"there is a media {media.id}")
        if media.user.id not in self._users:
            raise ValueError(f"there is no user {media.user.id}")
        # The first in the list is the one who liked it last.
        likers = [user.id for user in reversed(media.likes.data) if user.id in self._users]
        said = [one for one in media.comments.data if one.author and one.author.id in self._users]
        source = Given(media, {who: next(self._ticks) for who in likers}, said)
        second = int(media.created_time.timestamp())
        self._store(Post(pk=pk, owner=media.user.id, second=second, source=source))
        if media.location is not None and media.location.id is not None:
            self._locations.setdefault(media.location.id, media.location)

    def delete(self, media_id: str) -> None:
        """Remove a media for good.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media.
        """
        post = self._post(media_id)
        self._indexes.remove(post)
        self._timelines[post.owner].remove(post.pk)
        del self._posts[post.pk]

    def free_id(self, user_id: str, created_time: datetime) -> str:
        """An id that no media has yet, for a post of that moment.

        Args:
            user_id: who is going to post.
            created_time: when, aware; not before August 2011.

        Returns:
            `<pk>_<user id>`; of one millisecond each next id is larger.

        Raises:
            ValueError: the time knows no zone.
        """
        if created_time.tzinfo is None:
            raise ValueError(f"the time must know its zone: {created_time}")
        pk = first_pk(int(created_time.timestamp() * 1000))
        while pk in self._posts:
            pk += 1
        return f"{pk}_{user_id}"

    def _newest(self, authors: tuple[str, ...], bounds: Bounds) -> Iterator[int]:
        lines = (self._timelines[who].newest_first(bounds) for who in authors)
        return merge(*lines, reverse=True)
