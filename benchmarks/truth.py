"""Whether decoded media hold all that their page says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from instagram_async import Comment, Location, Media, TaggedUser, UserSummary


def check(items: Sequence[Media], wire: Sequence[dict[str, Any]]) -> None:
    """Compare every author, tag, instant, place and tagged user.

    Args:
        items: what was decoded.
        wire: the page's own data.

    Raises:
        ValueError: something is missing or different.
    """
    if len(items) != len(wire):
        raise ValueError(f"{len(items)} media were decoded of {len(wire)}")
    for media, said in zip(items, wire, strict=True):
        for held, due in zip(_held(media), _due(said), strict=True):
            if held != due:
                raise ValueError(f"media {said['id']}: {held!r} was decoded of {due!r}")


def _held(media: Media) -> Iterator[object]:
    yield from (media.id, media.created_time, media.tags, _user(media.user), media.type)
    yield tuple(_comment(comment) for comment in media.comments.data)
    yield tuple(_user(user) for user in media.likes.data)
    yield media.caption and _comment(media.caption)
    yield tuple(
        (_user(tagged.user), tagged.position and (tagged.position.x, tagged.position.y))
        for tagged in media.users_in_photo
    )
    yield media.location and _place(media.location)
    yield media.url


def _due(wire: dict[str, Any]) -> Iterator[object]:
    yield from (wire["id"], _instant(wire), tuple(wire["tags"]))
    yield from (_said_user(wire["user"]), wire["type"])
    yield tuple(_said_comment(comment) for comment in wire["comments"]["data"])
    yield tuple(_said_user(user) for user in wire["likes"]["data"])
    yield wire["caption"] and _said_comment(wire["caption"])
    yield tuple(
        (_said_user(tagged["user"]), (tagged["position"]["x"], tagged["position"]["y"]))
        for tagged in wire["users_in_photo"]
    )
    yield wire["location"] and _said_place(wire["location"])
    yield wire.get("videos", wire["images"])["standard_resolution"]["url"]


def _user(user: UserSummary | TaggedUser) -> tuple[object, ...]:
    return user.id, user.username, user.full_name, user.profile_picture


def _said_user(user: dict[str, str]) -> tuple[object, ...]:
    return user["id"], user["username"], user["full_name"], user["profile_picture"]


def _comment(comment: Comment) -> tuple[object, ...]:
    author = comment.author and _user(comment.author)
    return comment.id, comment.created_time, comment.text, author


def _said_comment(comment: dict[str, Any]) -> tuple[object, ...]:
    return comment["id"], _instant(comment), comment["text"], _said_user(comment["from"])


def _place(place: Location) -> tuple[object, ...]:
    return place.id, place.name, place.latitude, place.longitude


def _said_place(place: dict[str, Any]) -> tuple[object, ...]:
    return str(place["id"]), place["name"], place["latitude"], place["longitude"]


def _instant(wire: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(wire["created_time"]), UTC)
