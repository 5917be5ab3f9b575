"""pydantic models."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class User(BaseModel):
    id: str
    username: str
    full_name: str = ""
    profile_picture: str | None = None


class Comment(BaseModel):
    id: str
    created_time: datetime
    text: str = ""
    author: User | None = Field(default=None, alias="from")


class Comments(BaseModel):
    count: int = 0
    data: list[Comment] = []


class Likes(BaseModel):
    count: int = 0
    data: list[User] = []


class Place(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Rendition(BaseModel):
    url: str
    width: int = 0
    height: int = 0


class Images(BaseModel):
    thumbnail: Rendition | None = None
    low_resolution: Rendition | None = None
    standard_resolution: Rendition | None = None


class Videos(BaseModel):
    low_bandwidth: Rendition | None = None
    low_resolution: Rendition | None = None
    standard_resolution: Rendition | None = None


class Position(BaseModel):
    x: float
    y: float


class UserInPhoto(BaseModel):
    user: User
    position: Position | None = None


class Media(BaseModel):
    id: str
    created_time: datetime
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


class Reply(BaseModel):
    data: list[Media]
    meta: dict[str, Any]
    pagination: dict[str, Any] = {}


def decode(body: bytes) -> Reply:
    """Read a page."""
    return Reply.model_validate_json(body)
