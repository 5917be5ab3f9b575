"""Media and comments, with ids that tell the time as v1's do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, Unpack

from instagram_async.models import CarouselItem, Comment, Media, pk_to_shortcode
from instagram_async.models.pk import LOW_BITS, first_pk
from instagram_async.testing.factories.fields import CommentFields, MediaFields, merged
from instagram_async.testing.factories.people import make_user_summary, shortened
from instagram_async.testing.factories.pictures import film, picture

_FIRST = datetime(2015, 1, 1, 12, tzinfo=UTC)
_HASHTAG = re.compile(r"#(\w+)")

Part = Literal["image", "video"]


def make_media(
    number: int = 1,
    /,
    *,
    video: bool = False,
    carousel: int | Sequence[Part] = 0,
    **fields: Unpack[MediaFields],
) -> Media:
    """Make a media.

    Args:
        number: another number is another media; each was posted an hour after the one
            before, all by the user `make_user_summary(1)`.
        video: make it a video.
        carousel: make it a carousel of so many pictures, or of these parts, such as
            `["image", "video"]`.
        **fields: what is to be otherwise, fields of `Media`. A caption may be just its
            text. The rest follows: the pk in the id from `created_time`, link and URLs from
            the id, the caption's author from `user`, tags from the caption.

    Raises:
        ValueError: it is to be a video and a carousel.

    Example:
        >>> from instagram_async.testing import make_media, make_user
        >>> media = make_media(3, user=make_user(9), caption="up early #Snow", carousel=2)
        >>> media.type, len(media.carousel_media), media.tags, media.user.username
        ('carousel', 2, ('snow',), 'user_9')
        >>> media.shortcode == pk_to_shortcode(int(media.id.partition("_")[0]))
        True
    """
    pictures: list[Part] = ["image"]
    parts = pictures * carousel if isinstance(carousel, int) else carousel
    if video and parts:
        raise ValueError("a media is a video or a carousel, not both")
    created = fields.get("created_time", _FIRST + timedelta(hours=number))
    user = shortened(fields.get("user", make_user_summary()))
    media_id = fields.get("id", f"{_pk(created, number)}_{user.id}")
    code = _code(media_id)
    caption = fields.get("caption", f"Post {number}")
    if isinstance(caption, str):
        caption = Comment(
            id=media_id.partition("_")[0], created_time=created, text=caption, author=user
        )
    made = {
        "id": media_id,
        "created_time": created,
        "type": "carousel" if parts else "video" if video else "image",
        "link": f"https://instagram.com/p/{code}/",
        "images": picture(code),
        "videos": film(code) if video or (parts and parts[0] == "video") else None,
        "carousel_media": tuple(
            _part(kind, f"{code}/{position}") for position, kind in enumerate(parts)
        ),
        "tags": tuple(dict.fromkeys(_HASHTAG.findall(caption.text.lower()))) if caption else (),
        "filter": "Normal",
        "user_has_liked": False,
    }
    return Media(**merged(made, {**fields, "user": user, "caption": caption}))


def make_comment(number: int = 1, /, **fields: Unpack[CommentFields]) -> Comment:
    """Make a comment.

    Args:
        number: another number is another comment; each was written a minute after the one
            before, all by the user `make_user_summary(2)`.
        **fields: what is to be otherwise, fields of `Comment`. The id follows from
            `created_time`.

    Example:
        >>> from instagram_async.testing import make_comment
        >>> comment = make_comment(3, text="lovely!")
        >>> comment.text, comment.author.username
        ('lovely!', 'user_2')
    """
    created = fields.get("created_time", _FIRST + timedelta(minutes=number))
    author = fields.get("author", make_user_summary(2))
    made = {
        "id": str(_pk(created, number)),
        "created_time": created,
        "text": f"Comment {number}",
    }
    return Comment(**merged(made, {**fields, "author": shortened(author) if author else None}))


def _pk(created: datetime, number: int) -> int:
    """The number of what was posted then; before August 2011 they did not tell the time."""
    return max(0, first_pk(int(created.timestamp() * 1000))) + number % (1 << LOW_BITS)


def _code(media_id: str) -> str:
    pk = media_id.partition("_")[0]
    return pk_to_shortcode(int(pk)) if pk.isdecimal() else media_id


def _part(kind: Part, name: str) -> CarouselItem:
    if kind == "video":
        return CarouselItem(type="video", videos=film(name))
    return CarouselItem(type="image", images=picture(name))
