"""A local server and a client of it, as the marker of a test describes them."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from attrs import Factory, frozen

from instagram_async.retry import Retry
from instagram_async.server import LocalInstagram, World
from instagram_async.v1.client import Client

ALL_SCOPES = "basic public_content follower_list comments relationships likes"
Running = tuple[LocalInstagram, Client]
_OF_THE_WORLD = ("seed", "users", "media")
_OF_THE_SERVER = tuple(inspect.signature(LocalInstagram).parameters)[1:]


@frozen
class Setup:
    """What `@pytest.mark.instagram(...)` says.

    Attributes:
        scope: what the client's token allows.
        world: arguments of `World.seeded`.
        server: arguments of `LocalInstagram`.
    """

    scope: str = ALL_SCOPES
    world: Mapping[str, Any] = Factory(dict[str, Any])
    server: Mapping[str, Any] = Factory(dict[str, Any])


def setup_of(markers: Iterable[tuple[tuple[Any, ...], Mapping[str, Any]]]) -> Setup:
    """Read the markers of a test.

    Args:
        markers: positional and named arguments of each, the nearest to the test first; what
            the nearer one says goes.

    Raises:
        TypeError: a marker says what there is not.
    """
    said: dict[str, Any] = {}
    known = ("scope", *_OF_THE_WORLD, *_OF_THE_SERVER)
    for args, named in markers:
        if args:
            raise TypeError(f"@pytest.mark.instagram takes named arguments only, not {args!r}")
        if unknown := [name for name in named if name not in known]:
            raise TypeError(
                f"@pytest.mark.instagram has no {unknown[0]!r}; it has {', '.join(known)}"
            )
        said = {**named, **said}
    return Setup(
        said.get("scope", ALL_SCOPES),
        {name: said[name] for name in _OF_THE_WORLD if name in said},
        {name: said[name] for name in _OF_THE_SERVER if name in said},
    )


@asynccontextmanager
async def serving(world: World, setup: Setup) -> AsyncGenerator[Running]:
    """Run a server of a world, with a client of it that never makes a test wait.

    Args:
        world: what is served.
        setup: how.
    """
    async with (
        LocalInstagram(world, **setup.server) as server,
        Client(
            server.access_token(scope=setup.scope),
            base_url=server.base_url,
            retry=Retry(base=0),
            max_wait=0,
        ) as client,
    ):
        yield server, client
