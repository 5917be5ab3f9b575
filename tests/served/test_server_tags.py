from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from yarl import URL

from instagram_async.models import Media, User, UserSummary
from instagram_async.server import LocalInstagram, World
from tests.served.server_helpers import get, refused

WARNING = (
    "next_max_id and min_id are deprecated for this endpoint; use min_tag_id and max_tag_id instead"
)
RECENT_SNOW = "tags/snow/media/recent"
NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    """Ten media of a tag, applied in the order 0, 2, 4, 6, 8, 1, 3, 5, 7, 9."""
    world = World([User(id="9", username="ann"), User(id="5", username="eve")])
    for number in range(10):
        at = NOON + timedelta(minutes=number)
        user = UserSummary(id="9", username="ann")
        world.post(Media(id=world.free_id("9", at), created_time=at, user=user))
    for number in (0, 2, 4, 6, 8, 1, 3, 5, 7, 9):
        at = NOON + timedelta(days=1 + number % 2, minutes=number)
        world.add_tag(media_id(world, number), "snow", at)
    async with LocalInstagram(world) as server:
        yield server


def media_id(world: World, number: int) -> str:
    return world.recent("9", count=10)[0][9 - number].id


def tagged(server: LocalInstagram) -> list[tuple[str, str]]:
    """Tag ids and ids of the media, in the listing's order."""
    found, _ = server.world.tagged("snow", count=99)
    return [(str(one.tag_id), one.media.id) for one in found]


async def test_the_order_is_that_of_the_tags(server: LocalInstagram) -> None:
    got = await get(server, RECENT_SNOW)
    numbers = (9, 7, 5, 3, 1, 8, 6, 4, 2, 0)
    assert got.ids == [media_id(server.world, number) for number in numbers]


async def test_a_full_page_has_six_keys(server: LocalInstagram) -> None:
    order = tagged(server)
    got = await get(server, RECENT_SNOW, count=4, max_tag_id=order[2][0])
    assert got.ids == [media for _, media in order[2:6]]
    following, newest = order[6][0], order[2][0]
    pagination = got.json["pagination"]
    url = URL(pagination.pop("next_url"))
    assert pagination == {
        "next_max_tag_id": following,
        "deprecation_warning": WARNING,
        "next_max_id": following,
        "next_min_id": newest,
        "min_tag_id": newest,
    }
    assert url.path == f"/v1/{RECENT_SNOW}"
    assert dict(url.query) == {
        "access_token": server.access_token(), "count": "4", "max_tag_id": following,
    }  # fmt: skip


async def test_a_last_page_has_three_keys(server: LocalInstagram) -> None:
    order = tagged(server)
    got = await get(server, RECENT_SNOW, max_tag_id=order[7][0])
    assert got.ids == [media for _, media in order[7:]]
    assert got.json["pagination"] == {
        "deprecation_warning": WARNING, "next_min_id": order[7][0], "min_tag_id": order[7][0],
    }  # fmt: skip


@pytest.mark.parametrize("path", [f"{RECENT_SNOW}?min_tag_id=", "tags/nothing/media/recent"])
async def test_an_empty_result_has_one(server: LocalInstagram, path: str) -> None:
    query: dict[str, str | int] = {}
    if "?" in path:
        path, query = RECENT_SNOW, {"min_tag_id": tagged(server)[0][0]}
    got = await get(server, path, **query)
    assert got.json == {
        "pagination": {"deprecation_warning": WARNING}, "meta": {"code": 200}, "data": [],
    }  # fmt: skip


async def test_max_lets_in_what_it_names_and_min_does_not(server: LocalInstagram) -> None:
    order = tagged(server)
    for largest, smallest in (("max_tag_id", "min_tag_id"), ("max_id", "min_id")):
        bounds = {largest: order[3][0], smallest: order[6][0]}
        got = await get(server, RECENT_SNOW, **bounds)
        assert got.ids == [media for _, media in order[3:6]]
    got = await get(server, RECENT_SNOW, max_tag_id=order[3][0], max_id=order[5][0])
    assert got.ids == [media for _, media in order[3:]]
    assert (await get(server, RECENT_SNOW, max_tag_id="64_9")).status == 400


async def test_pages_follow_next_max_tag_id(server: LocalInstagram) -> None:
    order = [media for _, media in tagged(server)]
    query: dict[str, str | int] = {"count": 3}
    walked: list[list[str]] = []
    while "max_tag_id" not in query or query["max_tag_id"]:
        got = await get(server, RECENT_SNOW, **query)
        walked.append(got.ids)
        query["max_tag_id"] = got.json["pagination"].get("next_max_tag_id", "")
    assert [len(page) for page in walked] == [3, 3, 3, 1]
    assert list(chain.from_iterable(walked)) == order


async def test_an_item_that_vanishes_is_replaced_by_the_next(server: LocalInstagram) -> None:
    order = tagged(server)
    first = await get(server, RECENT_SNOW, count=4)
    server.world.delete(order[1][1])
    again = await get(server, RECENT_SNOW, count=4)
    # As two recordings of 2015 have it, 132 seconds apart.
    assert again.ids[-1] == order[4][1]
    assert first.json["pagination"]["next_max_tag_id"] == order[4][0]


async def test_hidden_media_leave_a_gap(server: LocalInstagram) -> None:
    server.world.set_private("9", private=True)
    token = server.access_token("5")
    got = await get(server, RECENT_SNOW, count=3, access_token=token)
    assert got.ids == []
    assert got.json["pagination"]["next_max_tag_id"] == tagged(server)[3][0]
    assert got.json["pagination"]["min_tag_id"] == tagged(server)[0][0]


async def test_a_tag_and_its_count(server: LocalInstagram) -> None:
    got = await get(server, "tags/SNOW")
    assert got.json == {"meta": {"code": 200}, "data": {"name": "snow", "media_count": 10}}
    assert b'"media_count":10' in got.body
    unknown = await get(server, "tags/nothing")
    assert unknown.json["data"] == {"name": "nothing", "media_count": 0}


@pytest.mark.parametrize("name", ["снег", "☀️", "a+b", "über_all"])
async def test_names_in_any_script(server: LocalInstagram, name: str) -> None:
    server.world.add_tag(media_id(server.world, 3), name, NOON)
    assert (await get(server, f"tags/{name}")).json["data"]["media_count"] == 1
    got = await get(server, f"tags/{name}/media/recent", count=1)
    assert got.ids == [media_id(server.world, 3)]
    assert got.json["data"][0]["tags"] == ["snow", name]


async def test_search_is_by_the_beginning_and_counts_in_floats(server: LocalInstagram) -> None:
    for number in range(60):
        server.world.add_tag(media_id(server.world, 0), f"snow{number}", NOON)
    got = await get(server, "tags/search", q="sNo")
    assert list(got.json) == ["meta", "data"]
    assert len(got.json["data"]) == 50
    assert got.json["data"][0] == {"media_count": 10.0, "name": "snow"}
    assert b'{"media_count":10.0,"name":"snow"}' in got.body
    assert len((await get(server, "tags/search", q="snow1", count=3)).json["data"]) == 3
    assert (await get(server, "tags/search", q="now")).json["data"] == []
    assert refused(await get(server, "tags/search", q="snow", count=0))[1] == (
        "APIInvalidParametersError"
    )
