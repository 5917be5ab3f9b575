"""Servers of each era, and what they show."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, get_args

from instagram_async.server import LocalInstagram, World
from instagram_async.server.era import EraName
from tests.served.server_helpers import RECENT, get
from tests.support.every import EVERYTHING

ERAS: tuple[EraName, ...] = get_args(EraName)
AFTER = ("2016", "2017", "2018")


@asynccontextmanager
async def serving(era: EraName | date, world: World | None = None) -> AsyncIterator[LocalInstagram]:
    world = World.seeded(3, users=9, media=90) if world is None else world
    async with LocalInstagram(world, era=era) as server:
        server.access_token(scope=EVERYTHING)
        yield server


async def media_in(era: EraName | date) -> list[dict[str, Any]]:
    """All media of a seeded world's first user."""
    async with serving(era) as server:
        got = await get(server, RECENT, count=33)
        found: list[dict[str, Any]] = got.json["data"]
        while got.next:
            got = await get(server, RECENT, count=33, max_id=got.next)
            found += got.json["data"]
        return found


def renditions(media: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in (media, *media.get("carousel_media", ())):
        yield from part.get(kind, {}).items()
