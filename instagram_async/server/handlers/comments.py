"""The section comments of the API (reference A.4)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from instagram_async.server.call import Call
from instagram_async.server.handlers.asked import media_of
from instagram_async.server.pages import Body, Page
from instagram_async.server.refusals import bad_comment, hidden, unknown
from instagram_async.server.replies import RefusedError
from instagram_async.v1.structure import unstructure

_LISTED = 150
_LONGEST = 300  # code points
_MOST_TAGS = 4
_TAG = re.compile(r"#\w+")
_URL = re.compile(r"https?://\S", re.IGNORECASE)
_NOT_FOUND = "invalid comment id"  # words of ours: none are recorded
_NOT_YOURS = "you cannot delete this comment"  # ours too


def comments(call: Call) -> Page:
    """`GET media/{id}/comments`: the newest 150, oldest of them first (reference A.4, 9)."""
    return Page(items=unstructure(list(call.view.comments(media_of(call).id, count=_LISTED))))


def create(call: Call) -> Body | None:
    """`POST media/{id}/comments`: say something, by the rules of 2014 (A.4, 10)."""
    media, text = media_of(call), call.text("text")
    if call.era.comment_rules:
        _judge(text)
    now = datetime.fromtimestamp(call.now, UTC)
    said: Body = unstructure(call.world.comment(media.id, call.me, text, now))
    return said if call.era.telling_writes else None


def delete(call: Call) -> None:
    """`DELETE media/{id}/comments/{cid}`: one's own, or any on one's own media (A.4, 11)."""
    media, comment_id = media_of(call), call.params["cid"]
    comment = call.world.find_comment(media.id, comment_id)
    if comment is None:
        raise RefusedError(unknown(_NOT_FOUND))
    author = comment.author.id if comment.author else None
    if call.me not in (author, media.user.id):
        raise RefusedError(hidden(_NOT_YOURS))
    call.world.delete_comment(media.id, comment_id)


def _judge(text: str) -> None:
    if len(text) > _LONGEST:
        raise RefusedError(bad_comment("TooLong", "Your comment is too long."))
    if len(_TAG.findall(text)) > _MOST_TAGS:
        raise RefusedError(bad_comment("TooManyTags", "Your comment has too many hashtags."))
    if len(_URL.findall(text)) > 1:
        raise RefusedError(bad_comment("TooManyUrls", "Your comment has too many links."))
    if text.isupper():
        raise RefusedError(bad_comment("AllCaps", "Your comment is all in capital letters."))
