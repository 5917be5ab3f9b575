"""Operations on users (reference A.7)."""

from __future__ import annotations

from datetime import datetime

from instagram_async.models import Media, User
from instagram_async.paging import WindowedPager
from instagram_async.v1.cursors import MAX_ID
from instagram_async.v1.endpoints.section import Section
from instagram_async.v1.parameters import checked_user


class UserEndpoints(Section):
    """Profiles, and what people publish."""

    async def user(self, user_id: str | int = "self") -> User:
        """A user's profile.

        Args:
            user_id: digits, or `self` for the owner of the access token.

        Returns:
            The profile, with its counts.

        Raises:
            ValueError: a username in place of an id; nothing was sent.
            NotFoundError: there is no such user, or a sandbox hides him.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> (await client.user()).username

        Implements `GET /users/{id}` (reference A.7, row 21).
        """
        return await self._get(User, "users/{}", checked_user(user_id))

    def user_recent(
        self,
        user_id: str | int = "self",
        *,
        count: int | None = None,
        min_id: str | None = None,
        max_id: str | None = None,
        min_timestamp: datetime | int | None = None,
        max_timestamp: datetime | int | None = None,
    ) -> WindowedPager[Media]:
        """Media published by a user, newest first.

        Args:
            user_id: digits, or `self` for the owner of the access token.
            count: size of a page, 20 if not given; the server cuts it at 33.
            min_id: only media newer than the one of this id.
            max_id: only media older than the one of this id.
            min_timestamp: only media of this instant or later, aware or epoch seconds.
            max_timestamp: only media of this instant or earlier, aware or epoch seconds.

        Returns:
            A pager of media, newest first. Servers from 2016 on ignore the timestamps, so
            all four bounds are held on our side too, and the walk ends at the lower one.
            Whether the media that `min_id` names is given itself is the server's affair.

        Raises:
            ValueError: an argument that no server would take, such as a username for an
                id; nothing was sent.
            NotFoundError: on iterating: there is no such user, or a sandbox hides him.
            PermissionDeniedError: on iterating: the user is private.

        Example:
            >>> async for media in client.user_recent("self").limit(100):
            ...     print(media.created_time, media.link)

        Implements `GET /users/{id}/media/recent` (reference A.7, row 22; A.9).
        """
        return self._windowed(
            Media,
            MAX_ID,
            "users/{}/media/recent",
            checked_user(user_id),
            count=count,
            min_id=min_id,
            max_id=max_id,
            min_timestamp=min_timestamp,
            max_timestamp=max_timestamp,
        )
