"""Operations on users (reference A.7)."""

from __future__ import annotations

from datetime import datetime

from instagram_async.models import Media, User, UserSummary
from instagram_async.paging import Pager, WindowedPager
from instagram_async.v1 import operations as table
from instagram_async.v1.checks import checked_order, checked_query, checked_user, checked_username
from instagram_async.v1.endpoints.section import Section


class UserEndpoints(Section):
    """Profiles, what people publish, see and like, and looking people up."""

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
        return await self._one(table.USER, checked_user(user_id))

    def user_search(self, q: str, *, count: int | None = None) -> Pager[UserSummary]:
        """People whose name or username fits.

        Args:
            q: what to look for.
            count: how many at most, 50 if not given. Servers of 2015 give one more.

        Returns:
            A pager over the one page that there is, best match first.

        Raises:
            ValueError: `q` is empty; nothing was sent.

        Example:
            >>> async for user in client.user_search("baker", count=10):
            ...     print(user.username)

        Implements `GET /users/search` (reference A.7, row 18).
        """
        return self._pager(table.USER_SEARCH, q=checked_query(q), count=count)

    async def find_user(self, username: str) -> UserSummary | None:
        """The user of exactly this name.

        Args:
            username: with or without `@`, in any case.

        Returns:
            The user, or `None` if the server's search does not find that name.

        Raises:
            ValueError: the name is empty; nothing was sent.
            ResponseError: the name was not found, but somebody in the list can't be read.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> somebody = await client.find_user("baker_1")

        Built on `GET /users/search` (reference A.7, row 18).
        """
        wanted = checked_username(username)
        people = self.user_search(wanted)
        return await self._found(people, lambda user: user.username.casefold() == wanted)

    def user_feed(
        self, *, count: int | None = None, min_id: str | None = None, max_id: str | None = None
    ) -> Pager[Media]:
        """Media of the people that the token's owner follows, newest first.

        Args:
            count: size of a page, 20 if not given.
            min_id: only media newer than the one of this id.
            max_id: only media older than the one of this id.

        Returns:
            A pager of media, newest first. Pages may be short: the server hides media after
            it has cut the page.

        Raises:
            ValueError: an argument that no server would take; nothing was sent.
            NotFoundError: on iterating: servers after June 2016 have no feed.

        Example:
            >>> async for media in client.user_feed().limit(100):
            ...     print(media.user.username, media.link)

        Implements `GET /users/self/feed` (reference A.7, row 19; A.9).
        """
        return self._pager(table.USER_FEED, count=count, min_id=min_id, max_id=max_id)

    def user_liked(
        self, *, count: int | None = None, max_like_id: str | None = None
    ) -> Pager[Media]:
        """Media that the token's owner likes, the latest like first.

        Args:
            count: size of a page, 20 if not given; the server cuts it at 33.
            max_like_id: only what was liked before this, a `next_max_like_id`.

        Returns:
            A pager of media, in the order of the likes.

        Raises:
            ValueError: an argument that no server would take; nothing was sent.

        Example:
            >>> liked = await client.user_liked().limit(20).collect()

        Implements `GET /users/self/media/liked` (reference A.7, row 20; A.9).
        """
        return self._pager(table.USER_LIKED, count=count, max_like_id=max_like_id)

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
                id or a span that ends before it begins; nothing was sent.
            NotFoundError: on iterating: there is no such user, or a sandbox hides him.
            PermissionDeniedError: on iterating: the user is private.

        Example:
            >>> async for media in client.user_recent("self").limit(100):
            ...     print(media.created_time, media.link)

        Implements `GET /users/{id}/media/recent` (reference A.7, row 22; A.9).
        """
        checked_order(min_timestamp, max_timestamp)
        return self._windowed(
            table.USER_RECENT,
            checked_user(user_id),
            count=count,
            min_id=min_id,
            max_id=max_id,
            min_timestamp=min_timestamp,
            max_timestamp=max_timestamp,
        )
