"""Whose the thing is that a path names."""

from __future__ import annotations

from collections.abc import Mapping

from instagram_async.models import Media, shortcode_to_pk
from instagram_async.server.route import Route
from instagram_async.server.world import World


def is_own(world: World, route: Route, parts: Mapping[str, str], user_id: str) -> bool:
    """Whether a request is about a user himself or one of his media (reference A).

    Args:
        world: where to look.
        route: the operation.
        parts: the parts of the path by their names.
        user_id: who asks.

    Returns:
        Also true of what there is not, which is refused with words of its own.
    """
    if route.path.startswith("users/{id}"):
        return parts["id"] in ("self", user_id)
    if not route.path.startswith(("media/{id}", "media/shortcode")):
        return True
    media = _media(world, parts)
    return media is None or media.user.id == user_id


def _media(world: World, parts: Mapping[str, str]) -> Media | None:
    try:
        code = parts.get("code")
        return world.media(parts["id"] if code is None else str(shortcode_to_pk(code)))
    except ValueError:
        return None
