"""Models as the text that is kept of them, and back."""

from __future__ import annotations

from functools import lru_cache

from instagram_async.models import Comment, Location, Media, User, UserSummary
from instagram_async.server.people import summary
from instagram_async.server.pictures import unfolded
from instagram_async.server.replies import encode
from instagram_async.v1.structure import structure, unstructure

_KEPT = 1024


def text_of(model: Media | User | Comment | Location) -> bytes:
    """The JSON of a model, as replies have it, with its pictures `folded`."""
    return encode(unstructure(model))


def media_of(text: bytes) -> Media:
    """The media that a text is of."""
    return structure(unfolded(text), Media)


@lru_cache(_KEPT)
def user_of(text: bytes) -> User:
    """The user whom a text is of."""
    return structure(unfolded(text), User)


@lru_cache(_KEPT)
def short_of(text: bytes) -> UserSummary:
    """The short form of the user whom a text is of (reference B.2)."""
    return summary(user_of(text))


@lru_cache(_KEPT)
def comment_of(text: bytes) -> Comment:
    """The comment that a text is of."""
    return structure(unfolded(text), Comment)


@lru_cache(_KEPT)
def location_of(text: bytes) -> Location:
    """The place that a text is of."""
    return structure(unfolded(text), Location)
