"""Ids of media, as requests name them."""

from __future__ import annotations


def media_pk(media_id: str) -> int:
    """The pk of a media id.

    Args:
        media_id: `<pk>_<user id>` or only `<pk>`, decimal digits.

    Raises:
        ValueError: the text is no media id.

    Example:
        >>> media_pk("64_9")
        64
    """
    pk, mark, owner = media_id.partition("_")
    if not (media_id.isascii() and pk.isdecimal() and (owner.isdecimal() or not mark)):
        raise ValueError(f"{media_id!r:.40} is no media id")
    return int(pk)
