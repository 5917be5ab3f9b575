"""The official client of old beside ours: both ask one server, and what they give in one shape."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC
from importlib import import_module
from typing import Any

from attrs import define

from instagram_async import Client, Comment, Location, Media, Tag, User, UserSummary
from instagram_async.server import LocalInstagram, World


@define
class Both:
    """The same server, seen by both clients."""

    old: Any
    ours: Client
    world: World

    async def ask(self, method: str, *args: Any, **options: Any) -> Any:
        """Call a method of the old client, which blocks."""
        return await asyncio.to_thread(getattr(self.old, method), *args, **options)


def old_class(server: LocalInstagram) -> Any:
    """The class of the old client, as one that asks this server; its own stays as it is."""
    root = server.base_url.removesuffix("/v1")
    protocol, _, host = root.partition("://")
    here = {
        "protocol": protocol,
        "host": host,
        "authorize_url": f"{root}/oauth/authorize",
        "access_token_url": f"{root}/oauth/access_token",
    }
    return type("InstagramAPI", (import_module("instagram.client").InstagramAPI,), here)


def busy_world() -> World:
    """A world in which each listing of the old client has something to show."""
    world = World.seeded(3, users=9, media=45)
    for one in world.recent(world.self_id, count=30)[0]:
        world.like(one.id, world.self_id)
    world.set_private(world.self_id, True)
    for user in world.users[1:4]:
        world.unfollow(user.id, world.self_id)
        world.follow(user.id, world.self_id)
    return world


def person(user: Any) -> dict[str, Any]:
    return {
        name: getattr(user, name) for name in ("id", "username", "full_name", "profile_picture")
    }


def profile(user: Any) -> dict[str, Any]:
    counts = user.counts
    if isinstance(user, User):
        assert user.counts is not None
        counts = {
            "media": user.counts.media,
            "followed_by": user.counts.followed_by,
            "follows": user.counts.follows,
        }
    return {**person(user), "bio": user.bio, "website": user.website, "counts": counts}


def comment(one: Any) -> dict[str, Any]:
    if isinstance(one, Comment):
        return {"id": one.id, "text": one.text, "at": one.created_time, "by": person(one.author)}
    at = one.created_at.replace(tzinfo=UTC)
    return {"id": one.id, "text": one.text, "at": at, "by": person(one.user)}


def place(one: Any) -> dict[str, Any] | None:
    if one is None:
        return None
    if isinstance(one, Location):
        point = (one.latitude, one.longitude)
        return {"id": one.id or "0", "name": one.name or "", "point": point}
    return {"id": one.id, "name": one.name, "point": (one.point.latitude, one.point.longitude)}


def tag(one: Any) -> dict[str, Any]:
    return {"name": one.name, "media_count": int(one.media_count)}


def relation(one: Any) -> tuple[str, str, bool]:
    """A direction that a reply leaves out is `none` to the old client."""
    return (
        one.outgoing_status or "none",
        one.incoming_status or "none",
        bool(one.target_user_is_private),
    )


def sizes(renditions: Any) -> dict[str, Any]:
    names = ("thumbnail", "low_resolution", "standard_resolution", "low_bandwidth")
    if not isinstance(renditions, dict):
        renditions = {name: getattr(renditions, name, None) for name in names}
    return {name: (size.url, size.width, size.height) for name, size in renditions.items() if size}


def media(one: Any) -> dict[str, Any]:
    ours = isinstance(one, Media)
    videos = one.videos if one.type == "video" else None
    seen = {
        "id": one.id,
        "type": one.type,
        "link": one.link,
        "filter": one.filter,
        "user": person(one.user),
        "at": one.created_time if ours else one.created_time.replace(tzinfo=UTC),
        "images": sizes(one.images),
        "videos": sizes(videos) if videos else None,
        "caption": comment(one.caption) if one.caption else None,
        "place": place(getattr(one, "location", None)),
        "liked": one.user_has_liked,
        "tagged": [
            (each.user.username, each.position.x, each.position.y) for each in one.users_in_photo
        ],
    }
    if ours:
        seen["likes"] = (one.likes.count, [person(user) for user in one.likes.data])
        seen["comments"] = (one.comments.count, [comment(each) for each in one.comments.data])
        seen["tags"] = list(one.tags)
    else:
        seen["likes"] = (one.like_count, [person(user) for user in one.likes])
        seen["comments"] = (one.comment_count, [comment(each) for each in one.comments])
        seen["tags"] = [each.name for each in one.tags]
    return seen


SHOWN: dict[type[Any], Callable[[Any], Any]] = {
    Media: media,
    Comment: comment,
    Location: place,
    Tag: tag,
    User: profile,
    UserSummary: person,
}
"""How to show a thing, by our class of it."""
