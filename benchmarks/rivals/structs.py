"""msgspec Structs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class User(msgspec.Struct, frozen=True):
    id: str
    username: str
    full_name: str = ""
    profile_picture: str | None = None


class Comment(msgspec.Struct, frozen=True, rename={"author": "from"}):
    id: str
    created_time: Instant
    text: str = ""
    author: User | None = None


class Comments(msgspec.Struct, frozen=True):
    count: int = 0
    data: list[Comment] = []


class Likes(msgspec.Struct, frozen=True):
    count: int = 0
    data: list[User] = []


class Place(msgspec.Struct, frozen=True):
    id: int | str | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Rendition(msgspec.Struct, frozen=True):
    url: str
    width: int = 0
    height: int = 0


class Images(msgspec.Struct, frozen=True):
    thumbnail: Rendition | None = None
    low_resolution: Rendition | None = None
    standard_resolution: Rendition | None = None


class Videos(msgspec.Struct, frozen=True):
    low_bandwidth: Rendition | None = None
    low_resolution: Rendition | None = None
    standard_resolution: Rendition | None = None


class Position(msgspec.Struct, frozen=True):
    x: float
    y: float


class UserInPhoto(msgspec.Struct, frozen=True):
    user: User
    position: Position | None = None


class Media(msgspec.Struct, frozen=True):
    id: str
    created_time: Instant
    user: User
    type: str = "image"
    link: str | None = None
    images: Images | None = None
    videos: Videos | None = None
    caption: Comment | None = None
    comments: Comments = Comments()
    likes: Likes = Likes()
    location: Place | None = None
    tags: list[str] = []
    filter: str | None = None
    attribution: dict[str, str] | None = None
    users_in_photo: list[UserInPhoto] = []
    user_has_liked: bool | None = None


class Reply(msgspec.Struct, frozen=True):
    data: list[Media]
    meta: dict[str, Any]
    pagination: dict[str, Any] = {}


_decoder = msgspec.json.Decoder(Reply, strict=False)


def decode(body: bytes) -> Reply:
    """Read a page."""
    return _decoder.decode(body)
