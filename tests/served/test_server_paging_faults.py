from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain

import pytest
from yarl import URL

from instagram_async.server import Fault, LocalInstagram, World
from tests.served.server_helpers import RECENT, get, walk


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(4, media=50)) as server:
        yield server


def all_ids(server: LocalInstagram) -> list[str]:
    return [media.id for media in server.world.recent(server.world.self_id, count=1000)[0]]


async def test_repeat_cursor(server: LocalInstagram) -> None:
    own = all_ids(server)[9]
    server.faults.add(Fault("repeat_cursor", times=2))
    first, second = await get(server, RECENT), await get(server, RECENT, max_id=own)
    assert first.next == all_ids(server)[19]
    assert second.next == own
    assert URL(second.json["pagination"]["next_url"]).query["max_id"] == own
    assert second.ids == all_ids(server)[10:30]


async def test_the_last_page_can_repeat_its_cursor(server: LocalInstagram) -> None:
    own = all_ids(server)[44]
    server.faults.add(Fault("repeat_cursor"))
    got = await get(server, RECENT, max_id=own)
    assert got.ids == all_ids(server)[45:]
    assert got.next == own


@pytest.mark.parametrize(("after", "times"), [(0, 1), (1, 1), (0, 60), (2, 60), (4, 2)])
async def test_empty_pages_lead_on(server: LocalInstagram, after: int, times: int) -> None:
    server.faults.add(Fault("empty_page", after=after, times=times))
    pages = await walk(server, count=10)
    assert pages[after : after + times] == [[]] * times
    assert len(pages) == 5 + times
    assert list(chain.from_iterable(pages)) == all_ids(server)
    asked = [received.query.get("max_id") for received in server.requests]
    assert len(set(asked)) == len(asked)


async def test_an_empty_listing_has_nothing_to_lead_on_to() -> None:
    async with LocalInstagram(World.seeded(media=0)) as server:
        server.faults.add(Fault("empty_page"), Fault("bad_item"))
        for _ in range(2):
            got = await get(server, RECENT)
            assert got.json == {"pagination": {}, "meta": {"code": 200}, "data": []}


async def test_ignore_bounds(server: LocalInstagram) -> None:
    ids = all_ids(server)
    query: dict[str, str | int] = {
        "max_id": ids[4],
        "min_id": ids[8],
        "min_timestamp": 1,
        "max_timestamp": 2,
    }
    server.faults.add(Fault("ignore_bounds"))
    bent, straight = await get(server, RECENT, **query), await get(server, RECENT, **query)
    assert bent.ids == ids[5:25]
    assert straight.ids == []
    again = URL(bent.json["pagination"]["next_url"]).query
    assert (again["min_id"], again["min_timestamp"]) == (ids[8], "1")


async def test_duplicate_items(server: LocalInstagram) -> None:
    server.faults.add(Fault("duplicate_items", times=3))
    first, second, third, *_ = await walk(server, count=10)
    assert first == all_ids(server)[:10]
    assert second == all_ids(server)[9:19]
    assert third == all_ids(server)[18:28]


async def test_null_pagination(server: LocalInstagram) -> None:
    server.faults.add(Fault("null_pagination"))
    got = await get(server, RECENT)
    assert got.json["pagination"] is None
    assert got.ids == all_ids(server)[:20]


@pytest.mark.parametrize("count", [1, 2, 5])
async def test_one_item_is_unreadable(server: LocalInstagram, count: int) -> None:
    straight = await get(server, RECENT, count=count)
    server.faults.add(Fault("bad_item"))
    bent = await get(server, RECENT, count=count)
    bad = bent.json["data"][count // 2]
    assert bad["id"] == {"pk": all_ids(server)[count // 2]}
    assert bad["created_time"] == "yesterday"
    assert bent.next == straight.next
    good = [item for item in bent.json["data"] if item is not bad and item["id"] != bad["id"]]
    assert [item["id"] for item in good] == [i for i in straight.ids if i != bad["id"]["pk"]]


async def test_a_paging_fault_does_not_hide_a_refusal(server: LocalInstagram) -> None:
    server.faults.add(Fault("empty_page"), Fault("duplicate_items"))
    assert (await get(server, RECENT, count=0)).status == 400
    assert (await get(server, RECENT, max_id="x")).status == 400
