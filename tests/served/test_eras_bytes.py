"""The bytes of replies in each era: order, spaces, addresses."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, get_args

import pytest

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


@pytest.mark.parametrize(
    ("era", "start"),
    [
        ("2013", rb'\{"pagination":\{"next_url":"http:\\/\\/127\.0\.0\.1:\d+\\/v1\\/users'),
        ("2015", rb'\{"pagination":\{"next_url":"http:\\/\\/127\.0\.0\.1:\d+\\/v1\\/users'),
        ("2016", rb'\{"pagination": \{"next_url": "http://127\.0\.0\.1:\d+/v1/users'),
        ("2017", rb'\{"pagination": \{"next_url": "http://127\.0\.0\.1:\d+/v1/users'),
    ],
)
async def test_bytes_of_an_envelope(era: EraName, start: bytes) -> None:
    async with serving(era) as server:
        got = await get(server, RECENT, count=2)
    assert re.match(start, got.body)
    order = ["pagination", "data", "meta"] if era == "2017" else ["pagination", "meta", "data"]
    assert list(got.json) == order
    assert (b"\\u0026count=2" in got.body) is (era in ("2013", "2015"))
    assert got.body.isascii()


@pytest.mark.parametrize("era", ERAS)
async def test_order_where_there_are_no_pages(era: EraName) -> None:
    async with serving(era) as server:
        got = await get(server, "users/self")
    assert list(got.json) == (["data", "meta"] if era >= "2017" else ["meta", "data"])


@pytest.mark.parametrize("era", ERAS)
async def test_pictures_are_at_the_servers_own_address(era: EraName) -> None:
    async with serving(era) as server:
        origin = server.base_url.removesuffix("/v1")
        got = await get(server, RECENT)
        profile = (await get(server, "users/self")).json["data"]
    assert b"local-instagram.invalid" not in got.body
    for media in got.json["data"]:
        assert all(one["url"].startswith(origin) for _, one in renditions(media, "images"))
    assert profile["profile_picture"].startswith(origin)
