"""The likes of a world (reference A.5)."""

from __future__ import annotations

from attrs import evolve

from instagram_async.models import Likes, Media, UserSummary
from instagram_async.server.world.holdings import LIKES_SHOWN, Holdings, models

_LATEST = "SELECT who FROM likes WHERE pk = ? ORDER BY tick DESC LIMIT ?"


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
        return self._likers(self._post(media_id).pk, count)

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
        return models(self.listings.liked(user_id, count=count, max_like_id=max_like_id))

    def like(self, media_id: str, user_id: str) -> None:
        """Like a media; a second like changes nothing.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            user_id: who.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media or user.
        """
        with self._db.writing():
            self._known(user_id)
            post = self._post(media_id)
            if self._liked_at(user_id, post.pk) is not None:
                return
            tick = self._tick()
            before = self._face(post.pk, post.owner)
            self._db.run("INSERT INTO likes VALUES (?, ?, ?)", user_id, post.pk, tick)
            self._db.run("DELETE FROM unliked WHERE who = ? AND pk = ?", user_id, post.pk)
            self._recount(post.pk, before, post.likes + 1)

    def unlike(self, media_id: str, user_id: str) -> None:
        """Take a like back; without a like nothing happens. See `like`."""
        with self._db.writing():
            self._known(user_id)
            post = self._post(media_id)
            tick = self._liked_at(user_id, post.pk)
            if tick is None:
                return
            before = self._face(post.pk, post.owner)
            self._db.run("DELETE FROM likes WHERE who = ? AND pk = ?", user_id, post.pk)
            self._db.run("INSERT OR REPLACE INTO unliked VALUES (?, ?, ?)", user_id, post.pk, tick)
            self._recount(post.pk, before, post.likes - 1)

    def _liked_at(self, user_id: str, pk: int) -> int | None:
        row = self._db.one("SELECT tick FROM likes WHERE who = ? AND pk = ?", user_id, pk)
        return None if row is None else row[0]

    def _likers(self, pk: int, count: int) -> list[UserSummary]:
        return self._people(who for (who,) in self._db.all(_LATEST, pk, count))

    def _recount(self, pk: int, media: Media, count: int) -> None:
        self._db.run("UPDATE media SET likes = ? WHERE pk = ?", count, pk)
        latest = tuple(self._likers(pk, LIKES_SHOWN))
        self._repaint(pk, evolve(media, likes=Likes(count=count, data=latest)))
