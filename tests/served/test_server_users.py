from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain

import pytest
from attrs import evolve
from yarl import URL

from instagram_async.models import Media, User
from instagram_async.server import LocalInstagram, World
from instagram_async.v1.structure import structure
from tests.served.server_helpers import RECENT, get, walk, wire_shape


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=70)) as server:
        yield server


def all_media(server: LocalInstagram) -> list[Media]:
    self_id = server.world.self_id
    return server.world.recent(self_id, count=1000, viewer=self_id)[0]


async def test_a_user_by_self_and_by_id(server: LocalInstagram) -> None:
    by_self = await get(server, "users/self")
    by_id = await get(server, f"users/{server.world.self_id}")
    user = server.world.user(server.world.self_id)
    assert by_self.body == by_id.body
    assert by_self.json == {"meta": {"code": 200}, "data": wire_shape(server, user)}
    assert by_self.json["data"]["counts"]["media"] == 70
    assert user is not None
    shown = evolve(user, profile_picture=by_self.json["data"]["profile_picture"])
    assert structure(by_self.json["data"], User) == shown


async def test_self_is_the_owner_of_the_token(server: LocalInstagram) -> None:
    server.world.add_user(User(id="5", username="eve"))
    got = await get(server, "users/self", access_token=server.access_token("5"))
    assert got.json["data"]["username"] == "eve"


async def test_a_page_has_20_items_and_their_next_key(server: LocalInstagram) -> None:
    media = all_media(server)
    got = await get(server, RECENT)
    assert list(got.json) == ["pagination", "meta", "data"]
    assert got.json["data"] == wire_shape(server, media[:20])
    assert got.next == media[19].id


async def test_bytes_are_those_of_2015(server: LocalInstagram) -> None:
    body = (await get(server, RECENT, count=33)).body
    assert body.startswith(b'{"pagination":{"next_url":"http:\\/\\/127.0.0.1:')
    assert body.isascii()
    assert b"\\u0026max_id=" in body
    assert b"&" not in body
    assert b"/" not in body.replace(b"\\/", b"")


@pytest.mark.parametrize(("count", "size"), [(1, 1), (33, 33), (34, 33), (64, 33), ("", 20)])
async def test_count(server: LocalInstagram, count: int | str, size: int) -> None:
    got = await get(server, RECENT, count=count)
    assert len(got.ids) == size
    assert f"count={count}&" in got.json["pagination"]["next_url"]


async def test_pages_join_to_the_whole_and_the_last_has_no_key(server: LocalInstagram) -> None:
    pages = await walk(server, count=30)
    assert [len(page) for page in pages] == [30, 30, 10]
    assert list(chain.from_iterable(pages)) == [media.id for media in all_media(server)]


async def test_a_last_page_may_be_full(server: LocalInstagram) -> None:
    pages = await walk(server, count=14)
    assert [len(page) for page in pages] == [14] * 5
    got = await get(server, RECENT, count=14, max_id=pages[3][-1])
    assert got.json["pagination"] == {}


async def test_max_id_and_min_id_leave_out_what_they_name(server: LocalInstagram) -> None:
    ids = [media.id for media in all_media(server)]
    got = await get(server, RECENT, max_id=ids[9], min_id=ids[15])
    assert got.ids == ids[10:15]
    assert got.json["pagination"] == {}


async def test_max_id_goes_without_its_user_too(server: LocalInstagram) -> None:
    ids = [media.id for media in all_media(server)]
    got = await get(server, RECENT, max_id=ids[9].partition("_")[0], count=3)
    assert got.ids == ids[10:13]


async def test_timestamps_let_in_the_second_they_name(server: LocalInstagram) -> None:
    media = all_media(server)
    newest, oldest = (int(media[at].created_time.timestamp()) for at in (8, 17))
    got = await get(server, RECENT, max_timestamp=newest, min_timestamp=oldest)
    assert got.ids == [one.id for one in media if oldest <= one.created_time.timestamp() <= newest]
    assert {media[8].id, media[17].id} <= set(got.ids)


async def test_all_bounds_zero_is_nothing(server: LocalInstagram) -> None:
    got = await get(server, RECENT, max_id=0, min_id=0, min_timestamp=0, max_timestamp=0)
    assert got.json == {"pagination": {}, "meta": {"code": 200}, "data": []}


async def test_next_url_repeats_everything_and_works(server: LocalInstagram) -> None:
    first = await get(server, RECENT, count=7, Unknown="ä b&c", max_id="", sig="0")
    url = URL(first.json["pagination"]["next_url"])
    assert str(url).startswith(f"{server.base_url}/users/{server.world.self_id}/media/recent?")
    assert dict(url.query) == {
        "access_token": server.access_token(),
        "count": "7",
        "Unknown": "ä b&c",
        "sig": "0",
        "max_id": str(first.next),
    }
    second = await get(server, str(url).removeprefix(f"{server.base_url}/"))
    assert second.ids == [media.id for media in all_media(server)[7:14]]


async def test_posts_and_deletions_show_at_once(server: LocalInstagram) -> None:
    first = await get(server, RECENT, count=10)
    media = all_media(server)
    server.world.delete(media[9].id)
    server.world.delete(media[10].id)
    second = await get(server, RECENT, count=5, max_id=str(first.next))
    assert second.ids == [one.id for one in media[11:16]]
    user = await get(server, "users/self")
    assert user.json["data"]["counts"]["media"] == 68


async def test_a_user_without_media(server: LocalInstagram) -> None:
    server.world.add_user(User(id="5", username="eve"))
    got = await get(server, "users/5/media/recent")
    assert got.json == {"pagination": {}, "meta": {"code": 200}, "data": []}
