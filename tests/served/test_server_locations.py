"""The sections locations and geographies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain
from typing import Any

import pytest

from instagram_async.server import LocalInstagram, World
from tests.served.server_helpers import get, pages, refused


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=400)) as server:
        yield server


async def test_a_location_has_a_text_for_an_id(server: LocalInstagram) -> None:
    got = await get(server, "locations/4000")
    assert got.json == {
        "meta": {"code": 200},
        "data": {
            "id": "4000", "name": "Harbour Steps", "latitude": 47.6077, "longitude": -122.3394,
        },
    }  # fmt: skip
    for path in ("locations/1", "locations/1/media/recent"):
        assert refused(await get(server, path))[:2] == (400, "APINotFoundError")
    for path in ("locations/self", "locations/x/media/recent", "geographies/self/media/recent"):
        assert (await get(server, path)).headers["Content-Type"] == "text/html"


async def test_media_of_a_place_are_paged_by_digits(server: LocalInstagram) -> None:
    world = server.world
    media, _ = world.at_location("4000", count=999)
    visible = [one.id for one in media if world.can_view(world.self_id, one.user.id)]
    assert len(visible) > 20
    first = await get(server, "locations/4000/media/recent")
    assert list(first.json["pagination"]) == ["next_url", "next_max_id"]
    assert first.next == media[19].id.partition("_")[0]
    assert all(item["location"]["id"] == 4000 for item in first.json["data"])
    walked = await pages(server, "locations/4000/media/recent", "max_id", count=33)
    assert list(chain.from_iterable(walked)) == visible
    assert max(len(page) for page in walked) <= 33


async def test_media_of_a_place_have_bounds(server: LocalInstagram) -> None:
    media, _ = server.world.at_location("4000", count=999)
    second = int(media[5].created_time.timestamp())
    got = await get(
        server, "locations/4000/media/recent", min_timestamp=second, max_timestamp=second
    )
    assert media[5].id in got.ids
    assert all(int(item["created_time"]) == second for item in got.json["data"])
    got = await get(server, "locations/4000/media/recent", max_id=media[4].id, min_id=media[6].id)
    assert got.ids == [media[5].id]


async def test_places_are_searched_by_points_and_by_ids_elsewhere(server: LocalInstagram) -> None:
    place: dict[str, Any] = {"lat": 47.6, "lng": -122.34}
    near = await get(server, "locations/search", **place)
    assert list(near.json) == ["meta", "data"]
    assert near.ids == ["4000"]
    assert (await get(server, "locations/search", **place, distance=100)).ids == []
    assert (await get(server, "locations/search", **place, distance=-7_000_000)).ids == []
    for query in (
        {"facebook_places_id": "104002"},
        {"foursquare_v2_id": "4b04002f964a520"},
        {"foursquare_id": "204002"},
    ):
        assert (await get(server, "locations/search", **query)).ids == ["4002"]
    assert (await get(server, "locations/search", foursquare_id="1")).ids == []
    assert refused(await get(server, "locations/search", lat=1)) == (
        400, "APIInvalidParametersError", "Missing lng parameter.",
    )  # fmt: skip
    assert (await get(server, "locations/search", **place, count=0)).status == 400


async def test_a_geography_lists_what_is_in_its_circle(server: LocalInstagram) -> None:
    world = server.world
    (geo_id,) = world.geographies
    path = f"geographies/{geo_id}/media/recent"
    circle = world.geography(geo_id)
    assert circle is not None
    media, _ = world.near(circle, count=999)
    walked = await pages(server, path, "max_id", client_id=server.client_id, access_token="")
    expected = [one.id for one in media if world.can_view(None, one.user.id)]
    assert list(chain.from_iterable(walked)) == expected
    first = await get(server, path, count=3)
    assert first.next == media[2].id.partition("_")[0]
    assert (await get(server, path, min_id=media[2].id)).ids == [one.id for one in media[:2]]
    assert refused(await get(server, "geographies/1/media/recent"))[1] == "APINotFoundError"
