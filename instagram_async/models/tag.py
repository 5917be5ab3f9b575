"""Hashtags."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Tag:
    """A hashtag (reference B.6).

    Attributes:
        name: lower-cased, without `#`, any Unicode.
        media_count: how many media carry it.

    Example:
        >>> Tag(name="snow", media_count=2).name
        'snow'
    """

    name: str
    media_count: int = 0
