"""The likes of a world (reference A.5)."""

from __future__ import annotations

from itertools import islice

from instagram_async.models import Media, UserSummary
from instagram_async.server.store.affection import LikeIndex
from instagram_async.server.world.holdings import Holdings


class LikesOfWorld(Holdings):
    """Who likes what."""

    def likes(self, media_id: str, *, count: int) -> list[UserSummary]:
        """Who likes a media, the latest like first.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            count: at most this many.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media.
        """
        return self._people(islice(self._post(media_id).likers, count))

    def liked(
        self, user_id: str, *, count: int, max_like_id: int | None = None
    ) -> tuple[list[Media], bool]:
        """One page of what a user likes (reference A.7, 20).

        Args:
            user_id: who; he is the viewer too.
            count: at most this many.
            max_like_id: only what he liked before he liked the media of this pk. That one
                may have been unliked or deleted since; if he never liked it, nothing.

        Returns:
            The media, in the order of the likes, the latest first, and whether there are
            more.

        Raises:
            LookupError: there is no such user.
        """
        self._known(user_id)
        index = self._indexes.of(LikeIndex)
        return self._page(index.newest_first(user_id, below=max_like_id), count, user_id)

    def like(self, media_id: str, user_id: str) -> None:
        """Like a media; a second like changes nothing.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            user_id: who.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media or user.
        """
        self._known(user_id)
        post = self._post(media_id)
        if user_id in post.likes:
            return
        tick = next(self._ticks)
        post.like(user_id, tick)
        if index := self._indexes.built(LikeIndex):
            index.like(user_id, post.pk, tick)

    def unlike(self, media_id: str, user_id: str) -> None:
        """Take a like back; without a like nothing happens. See `like`."""
        self._known(user_id)
        post = self._post(media_id)
        tick = post.likes.get(user_id)
        if tick is None:
            return
        post.unlike(user_id)
        if index := self._indexes.built(LikeIndex):
            index.unlike(user_id, post.pk, tick)
