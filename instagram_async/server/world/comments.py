"""What the people of a world say to its media (reference A.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from attrs import evolve

from instagram_async.models import Comment, Comments
from instagram_async.models.pk import first_pk
from instagram_async.server.world.faces import comment_of, text_of
from instagram_async.server.world.holdings import COMMENTS_SHOWN, Post
from instagram_async.server.world.tags import Tags

_HASHTAG = re.compile(r"#(\w+)")
_NEWEST = "SELECT body FROM comments WHERE pk = ? ORDER BY second DESC, place DESC LIMIT ?"
_SAY = "INSERT INTO comments (pk, second, id, body) VALUES (?, ?, ?, ?)"


class CommentsOfWorld(Tags):
    """Comments and, since they are applied by words, tags."""

    def comments(self, media_id: str, *, count: int) -> Sequence[Comment]:
        """The newest comments of a media, oldest of them first; no caption among them.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            count: at most this many.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media.
        """
        return self._said(self._post(media_id), count)

    def comment(self, media_id: str, user_id: str, text: str, when: datetime) -> Comment:
        """Say something to a media; the owner's hashtags become tags of it.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            user_id: who.
            text: what; the rules of 2014 are the server's affair, not the world's.
            when: aware; whatever it is, the comment's id is larger than those before.

        Returns:
            The comment.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media or user.
        """
        with self._db.writing():
            self._known(user_id)
            post = self._post(media_id)
            number = max(first_pk(int(when.timestamp() * 1000)), post.last_comment + 1)
            comment = Comment(
                id=str(number),
                created_time=when.replace(microsecond=0),
                text=text,
                author=self._people([user_id])[0],
            )
            self._write_down(post)
            self._db.run(_SAY, *_row(post.pk, comment))
            self._recount_comments(post, post.comments + 1, number)
            if user_id == post.owner:
                for name in _HASHTAG.findall(text):
                    self.add_tag(media_id, name, when)
        return comment

    def find_comment(self, media_id: str, comment_id: str) -> Comment | None:
        """Look up a comment, `None` if the media has none of this id; see `comments`."""
        post = self._post(media_id)
        if not post.said:
            said = self._said(post, post.comments)
            return next((one for one in said if one.id == comment_id), None)
        row = self._db.one("SELECT body FROM comments WHERE pk = ? AND id = ?", post.pk, comment_id)
        return None if row is None else comment_of(row[0])

    def delete_comment(self, media_id: str, comment_id: str) -> None:
        """Remove a comment, whoever wrote it.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            comment_id: digits.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media, or no such comment on it.
        """
        with self._db.writing():
            post = self._post(media_id)
            self._write_down(post)
            found = "SELECT min(place) FROM comments WHERE pk = ? AND id = ?"
            (place,) = self._db.one(found, post.pk, comment_id)
            if place is None:
                raise LookupError(f"there is no comment {comment_id}")
            self._db.run("DELETE FROM comments WHERE place = ?", place)
            self._recount_comments(post, post.comments - 1, post.last_comment)

    def _said(self, post: Post, count: int) -> Sequence[Comment]:
        if not post.said:
            return self._painter.comments(post.pk, min(count, post.comments))
        newest = self._db.all(_NEWEST, post.pk, count)
        return tuple(comment_of(body) for (body,) in reversed(newest))

    def _write_down(self, post: Post) -> None:
        """Keep the comments that were only drawn so far."""
        if post.said:
            return
        said = self._said(post, post.comments)
        self._db.many(_SAY, (_row(post.pk, comment) for comment in said))
        self._db.run("UPDATE media SET said = 1 WHERE pk = ?", post.pk)

    def _recount_comments(self, post: Post, count: int, last: int) -> None:
        counted = "UPDATE media SET comments = ?, last_comment = ? WHERE pk = ?"
        self._db.run(counted, count, last, post.pk)
        newest = tuple(self._said(post._replace(said=1), COMMENTS_SHOWN))
        face = self._face(post.pk, post.owner)
        self._repaint(post.pk, evolve(face, comments=Comments(count=count, data=newest)))


def _row(pk: int, comment: Comment) -> tuple[int, int, str, bytes]:
    return pk, int(comment.created_time.timestamp()), comment.id, text_of(comment)
