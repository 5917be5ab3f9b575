"""What the factories take: the fields of the models, and what can stand in for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from instagram_async.models import (
    Attribution,
    CarouselItem,
    Comment,
    Comments,
    Counts,
    Images,
    Likes,
    Location,
    User,
    UserInPhoto,
    UserSummary,
    Videos,
)


class SummaryFields(TypedDict, total=False):
    """Fields of `UserSummary`."""

    id: str
    username: str
    full_name: str
    profile_picture: str | None


class UserFields(SummaryFields, total=False):
    """Fields of `User`."""

    bio: str
    website: str
    counts: Counts | None
    is_business: bool | None


class CommentFields(TypedDict, total=False):
    """Fields of `Comment`; a whole user may stand for his summary."""

    id: str
    created_time: datetime
    text: str
    author: User | UserSummary | None


class MediaFields(TypedDict, total=False):
    """Fields of `Media`; a text may stand for a caption, a whole user for his summary."""

    id: str
    created_time: datetime
    user: User | UserSummary
    type: str
    link: str | None
    images: Images | None
    videos: Videos | None
    carousel_media: tuple[CarouselItem, ...]
    caption: Comment | str | None
    comments: Comments
    likes: Likes
    location: Location | None
    tags: tuple[str, ...]
    filter: str | None
    attribution: Attribution | None
    users_in_photo: tuple[UserInPhoto, ...]
    user_has_liked: bool | None
    distance: float | None


class LocationFields(TypedDict, total=False):
    """Fields of `Location`."""

    id: str | None
    name: str | None
    latitude: float | None
    longitude: float | None


class TagFields(TypedDict, total=False):
    """Fields of `Tag`."""

    name: str
    media_count: int


class RelationshipFields(TypedDict, total=False):
    """Fields of `Relationship`."""

    outgoing_status: str | None
    incoming_status: str | None
    target_user_is_private: bool | None


def merged(made: Mapping[str, object], given: Mapping[str, object]) -> dict[str, Any]:
    """What a factory makes of itself, and what is given instead."""
    return {**made, **given}
