"""Operations on likes (reference A.5)."""

from __future__ import annotations

from instagram_async.models import UserSummary
from instagram_async.paging import Pager
from instagram_async.v1 import operations as table
from instagram_async.v1.checks import checked_media
from instagram_async.v1.endpoints.section import Section


class LikeEndpoints(Section):
    """Who likes what."""

    def media_likes(self, media_id: str) -> Pager[UserSummary]:
        """People who like a media.

        Args:
            media_id: `<pk>_<user id>`, as `media.id` has it.

        Returns:
            A pager over the one page that there is; servers list about 120 people, and
            `media.likes.count` is the truth.

        Raises:
            ValueError: a shortcode or a link in place of an id; nothing was sent.
            NotFoundError: on iterating: there is no such media.

        Example:
            >>> names = [user.username async for user in client.media_likes(media.id)]

        Implements `GET /media/{id}/likes` (reference A.5, row 12).
        """
        return self._pager(table.MEDIA_LIKES, checked_media(media_id))

    async def like(self, media_id: str) -> None:
        """Like a media, as the token's owner; to like it twice is to like it once.

        Args:
            media_id: `<pk>_<user id>`, as `media.id` has it.

        Raises:
            ValueError: a shortcode or a link in place of an id; nothing was sent.
            NotFoundError: there is no such media.
            PermissionDeniedError: the token lacks the scope `likes`.
            RateLimitError: the quota of writes on likes is used up.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> await client.like(media.id)

        Implements `POST /media/{id}/likes` (reference A.5, row 13).
        """
        await self._nothing(table.LIKE, checked_media(media_id))

    async def unlike(self, media_id: str) -> None:
        """Take a like back.

        Args:
            media_id: `<pk>_<user id>`, as `media.id` has it.

        Raises:
            ValueError: a shortcode or a link in place of an id; nothing was sent.
            NotFoundError: there is no such media.
            PermissionDeniedError: the token lacks the scope `likes`.
            RateLimitError: the quota of writes on likes is used up.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> await client.unlike(media.id)

        Implements `DELETE /media/{id}/likes` (reference A.5, row 14).
        """
        await self._nothing(table.UNLIKE, checked_media(media_id))
