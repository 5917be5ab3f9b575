"""What the people of a world say to its media (reference A.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from instagram_async.models import Comment
from instagram_async.server.ids import first_pk
from instagram_async.server.store.tags import TagIndex
from instagram_async.server.world.holdings import Holdings

_HASHTAG = re.compile(r"#(\w+)")


class CommentsOfWorld(Holdings):
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
        return self._post(media_id).comments(count)

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
        self._known(user_id)
        post = self._post(media_id)
        newest = max((int(one.id) for one in post.comments(post.comment_count)), default=post.pk)
        comment = Comment(
            id=str(max(first_pk(int(when.timestamp() * 1000)), newest + 1)),
            created_time=when.replace(microsecond=0),
            text=text,
            author=self._summaries[user_id],
        )
        post.say(comment)
        if user_id == post.owner:
            for name in _HASHTAG.findall(text):
                self.add_tag(media_id, name, when)
        return comment

    def find_comment(self, media_id: str, comment_id: str) -> Comment | None:
        """Look up a comment, `None` if the media has none of this id; see `comments`."""
        post = self._post(media_id)
        said = post.comments(post.comment_count)
        return next((one for one in said if one.id == comment_id), None)

    def delete_comment(self, media_id: str, comment_id: str) -> None:
        """Remove a comment, whoever wrote it.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            comment_id: digits.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media, or no such comment on it.
        """
        comment = self.find_comment(media_id, comment_id)
        if comment is None:
            raise LookupError(f"there is no comment {comment_id}")
        self._post(media_id).unsay(comment)

    def add_tag(self, media_id: str, name: str, when: datetime) -> None:
        """Tag a media after it was posted, as an edited caption or the owner's comment did.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            name: the tag, without `#`; a tag that it carries already stays where it is.
            when: aware; the tag's id is made from it and decides where tag listings
                show the media.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media.
        """
        post, name = self._post(media_id), name.lower()
        if name in post.tags:
            return
        index = self._indexes.of(TagIndex)
        tag_id = max(post.pk, first_pk(int(when.timestamp() * 1000)))
        while not index.is_free(name, tag_id):
            tag_id += 1
        post.tag(name, tag_id)
        index.apply(name, tag_id, post.pk)
