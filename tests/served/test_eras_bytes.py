"""The bytes of replies in each era: order, spaces, addresses."""

from __future__ import annotations

import re

import pytest

from instagram_async.server.era import EraName
from tests.served.era_helpers import ERAS, renditions, serving
from tests.served.server_helpers import RECENT, get


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
