"""Operations on relationships (reference A.8)."""

from __future__ import annotations

from typing import Literal

from instagram_async.models import Relationship, UserSummary
from instagram_async.paging import Pager
from instagram_async.v1 import operations as table
from instagram_async.v1.checks import checked_action, checked_other, checked_user
from instagram_async.v1.endpoints.section import Section

Action = Literal["follow", "unfollow", "block", "unblock", "approve", "ignore"]


class RelationshipEndpoints(Section):
    """Who follows whom, and who may."""

    def user_requested_by(self) -> Pager[UserSummary]:
        """People who ask to follow the token's owner, whose account is private.

        Returns:
            A pager over the one page that there is.

        Raises:
            PermissionDeniedError: on iterating: the token lacks the scope `follower_list`.

        Example:
            >>> async for user in client.user_requested_by():
            ...     await client.approve(user.id)

        Implements `GET /users/self/requested-by` (reference A.8, row 23).
        """
        return self._pager(table.USER_REQUESTED_BY)

    def user_followed_by(
        self, user_id: str | int = "self", *, count: int | None = None, cursor: str | None = None
    ) -> Pager[UserSummary]:
        """People who follow a user.

        Args:
            user_id: digits, or `self` for the owner of the access token.
            count: size of a page, 50 if not given.
            cursor: where to begin, a `next_cursor`; `resume` is the better way.

        Returns:
            A pager of people, in the server's order.

        Raises:
            ValueError: an argument that no server would take; nothing was sent.
            PermissionDeniedError: on iterating: the user is private.

        Example:
            >>> async for user in client.user_followed_by():
            ...     print(user.username)

        Implements `GET /users/{id}/followed-by` (reference A.8, row 24; A.9).
        """
        return self._pager(
            table.USER_FOLLOWED_BY, checked_user(user_id), count=count, cursor=cursor
        )

    def user_follows(
        self, user_id: str | int = "self", *, count: int | None = None, cursor: str | None = None
    ) -> Pager[UserSummary]:
        """People whom a user follows.

        Args:
            user_id: digits, or `self` for the owner of the access token.
            count: size of a page, 50 if not given.
            cursor: where to begin, a `next_cursor`; `resume` is the better way.

        Returns:
            A pager of people, in the server's order.

        Raises:
            ValueError: an argument that no server would take; nothing was sent.
            PermissionDeniedError: on iterating: the user is private.

        Example:
            >>> ids = {user.id async for user in client.user_follows()}

        Implements `GET /users/{id}/follows` (reference A.8, row 25; A.9).
        """
        return self._pager(table.USER_FOLLOWS, checked_user(user_id), count=count, cursor=cursor)

    async def relationship(self, user_id: str | int) -> Relationship:
        """How the token's owner and a user stand to each other.

        Args:
            user_id: digits.

        Returns:
            Both directions, and whether the user's account is private.

        Raises:
            ValueError: `self`, or a username in place of an id; nothing was sent.
            NotFoundError: there is no such user.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> async for user in client.user_follows().limit(1):
            ...     print((await client.relationship(user.id)).outgoing_status)

        Implements `GET /users/{id}/relationship` (reference A.8, row 26).
        """
        return await self._one(table.RELATIONSHIP, checked_other(user_id))

    async def change_relationship(self, user_id: str | int, action: Action) -> Relationship:
        """Change how the token's owner stands to a user.

        Every action sets a state, so it is sent again when a reply is lost.

        Args:
            user_id: digits.
            action: `follow`, `unfollow`, `block`, `unblock`, `approve` or `ignore`.

        Returns:
            What it has become; servers say at least the direction that was changed. To
            follow a private account is to be `requested`.

        Raises:
            ValueError: an action that there is not, or a username in place of an id;
                nothing was sent.
            PermissionDeniedError: the token lacks the scope `relationships`.
            RateLimitError: the quota of writes on relationships is used up.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> await client.change_relationship(somebody.id, "follow")

        Implements `POST /users/{id}/relationship` (reference A.8, row 27).
        """
        return await self._one(
            table.CHANGE_RELATIONSHIP, checked_other(user_id), action=checked_action(action)
        )

    async def follow(self, user_id: str | int) -> Relationship:
        """Follow a user, or ask to; see `change_relationship`.

        Example:
            >>> (await client.follow(somebody.id)).outgoing_status
            'follows'
        """
        return await self.change_relationship(user_id, "follow")

    async def unfollow(self, user_id: str | int) -> Relationship:
        """Follow a user no longer; see `change_relationship`.

        Example:
            >>> (await client.unfollow(somebody.id)).outgoing_status
            'none'
        """
        return await self.change_relationship(user_id, "unfollow")

    async def block(self, user_id: str | int) -> Relationship:
        """Block a user; see `change_relationship`.

        Example:
            >>> (await client.block(somebody.id)).incoming_status
            'blocked_by_you'
        """
        return await self.change_relationship(user_id, "block")

    async def unblock(self, user_id: str | int) -> Relationship:
        """Block a user no longer; see `change_relationship`.

        Example:
            >>> (await client.unblock(somebody.id)).incoming_status
            'followed_by'
        """
        return await self.change_relationship(user_id, "unblock")

    async def approve(self, user_id: str | int) -> Relationship:
        """Let a user follow who has asked to; see `change_relationship`.

        Example:
            >>> async for user in client.user_requested_by():
            ...     await client.approve(user.id)
        """
        return await self.change_relationship(user_id, "approve")

    async def ignore(self, user_id: str | int) -> Relationship:
        """Refuse a user who has asked to follow; see `change_relationship`.

        Example:
            >>> async for user in client.user_requested_by():
            ...     await client.ignore(user.id)
        """
        return await self.change_relationship(user_id, "ignore")
