"""Operations on comments (reference A.4)."""

from __future__ import annotations

from datetime import timedelta

from instagram_async.errors import UncertainWriteError
from instagram_async.models import Comment
from instagram_async.paging import Pager
from instagram_async.v1 import operations as table
from instagram_async.v1.checks import checked_comment, checked_digits, checked_media
from instagram_async.v1.endpoints.section import Section

_MOST_LISTED = 150  # what servers list at most (reference A.4)
_SKEW = timedelta(seconds=5)  # by how much the server's clock may be behind ours


class CommentEndpoints(Section):
    """What people write under media."""

    def media_comments(self, media_id: str) -> Pager[Comment]:
        """Comments on a media, the oldest first; its caption is none of them.

        Args:
            media_id: `<pk>_<user id>`, as `media.id` has it.

        Returns:
            A pager over the one page that there is; servers list about the newest 150, and
            `media.comments.count` is the truth.

        Raises:
            ValueError: a shortcode or a link in place of an id; nothing was sent.
            NotFoundError: on iterating: there is no such media.

        Example:
            >>> async for comment in client.media_comments(media.id):
            ...     print(comment.created_time, comment.text)

        Implements `GET /media/{id}/comments` (reference A.4, row 9).
        """
        return self._pager(table.MEDIA_COMMENTS, checked_media(media_id))

    async def create_comment(self, media_id: str, text: str) -> Comment | None:
        """Write a comment; it is never posted twice.

        Args:
            media_id: `<pk>_<user id>`, as `media.id` has it.
            text: at most 300 characters, 4 hashtags and one link, and not all capitals.

        Returns:
            The comment, from servers of 2011; later ones answer nothing, so `None`.

        Raises:
            ValueError: a text that no server would take; nothing was sent.
            UncertainWriteError: it was sent and no reply came; `settle` finds out.
            NotFoundError: there is no such media.
            PermissionDeniedError: the token lacks the scope `comments`.
            RateLimitError: the quota of writes on comments is used up.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> try:
            ...     await client.create_comment(media.id, "lovely!")
            ... except UncertainWriteError as error:
            ...     if not await client.settle(error):
            ...         await client.create_comment(media.id, "lovely!")

        Implements `POST /media/{id}/comments` (reference A.4, row 10).
        """
        return await self._optional(
            table.CREATE_COMMENT, checked_media(media_id), text=checked_comment(text)
        )

    async def delete_comment(self, media_id: str, comment_id: str) -> None:
        """Delete a comment of your own, or any on your own media.

        Args:
            media_id: `<pk>_<user id>`, as `media.id` has it.
            comment_id: digits, as `comment.id` has it.

        Raises:
            ValueError: an argument that is no id; nothing was sent.
            NotFoundError: there is no such media or comment. After a lost reply that is
                success, since it is gone.
            PermissionDeniedError: the comment is not yours to delete, or the token lacks
                the scope `comments`.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> await client.delete_comment(media.id, comment.id)

        Implements `DELETE /media/{id}/comments/{id}` (reference A.4, row 11).
        """
        await self._nothing(
            table.DELETE_COMMENT,
            checked_media(media_id),
            checked_digits("comment_id", comment_id),
        )

    async def settle(self, error: UncertainWriteError) -> bool:
        """Find out whether a comment was posted whose reply was lost.

        Looks for a comment of the token's owner with that text, written since it was sent;
        five seconds before that count too, for clocks differ.

        Args:
            error: what `create_comment` raised, perhaps unpickled.

        Returns:
            Whether the comment is there.

        Raises:
            ValueError: the error is about something else than a comment; nothing was sent.
            UncertainWriteError: there is no telling: so many have commented since that the
                server no longer lists the comments of that moment.
            InstagramError: the comments could not be had.

        Example:
            >>> posted = await client.settle(error)

        Built on `GET /media/{id}/comments` (reference A.4, row 9).
        """
        text = dict(error.parameters).get("text")
        if error.operation != str(table.CREATE_COMMENT) or error.since is None or text is None:
            raise ValueError(f"only comments can be settled, not {error.operation}")
        owner, since = (await self._one(table.USER, "self")).id, error.since - _SKEW
        earlier: list[bool] = []

        def is_it(comment: Comment) -> bool:
            earlier.append(comment.created_time < since)
            is_own = comment.author is not None and comment.author.id == owner
            return is_own and not earlier[-1] and comment.text.strip() == text.strip()

        listed = self.media_comments(error.path.split("/")[1])
        if await self._found(listed, is_it) is not None:
            return True
        if len(earlier) >= _MOST_LISTED and not any(earlier):
            error.message = "no telling: the server no longer lists the comments of that moment"
            raise error
        return False
