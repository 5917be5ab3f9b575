"""The operations, with answers in the shapes of an era."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from instagram_async.server.call import Call
from instagram_async.server.era import Era
from instagram_async.server.pages import Body, Page
from instagram_async.server.route import Route
from instagram_async.server.routes import ROUTES
from instagram_async.server.shapes import Shape, shapes_of
from instagram_async.server.world import World


def routes_of(era: Era, world: World) -> tuple[Route, ...]:
    """All operations, whose handlers answer as they did in an era.

    Args:
        era: when.
        world: tells what people say about themselves.
    """

    def profile(user_id: str) -> tuple[str, str]:
        user = world.user(user_id)
        return ("", "") if user is None else (user.bio, user.website)

    shapes = shapes_of(era, profile)
    return tuple(_shaped(route, shapes.get(route.operation.model)) for route in ROUTES)


def posted(routes: Sequence[Route]) -> tuple[tuple[Route, ...], ...]:
    """What a `POST` may mean, by path: `_method=DELETE` makes it a `DELETE` (reference A)."""
    writes = [route for route in routes if route.operation.method != "GET"]
    paths = dict.fromkeys(route.path for route in writes)
    return tuple(tuple(route for route in writes if route.path == path) for path in paths)


def _shaped(route: Route, shape: Shape | None) -> Route:
    if shape is None:
        return route

    def handler(call: Call) -> Page | Body | None:
        answer = route.handler(call)
        if isinstance(answer, Page):
            return evolve(answer, items=[shape(dict(item)) for item in answer.items])
        return None if answer is None else shape(answer)

    return evolve(route, handler=handler)
