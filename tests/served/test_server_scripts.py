"""JSONP, and methods that stand in a parameter (reference A)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from instagram_async.server import LocalInstagram, World
from tests.served.server_helpers import RECENT, Got, get, post, token_of


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=30)) as server:
        yield server


def called(got: Got, start: bytes) -> dict[str, object]:
    """What the function is called with."""
    assert got.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert got.status == 200
    assert got.body.startswith(start)
    assert got.body.endswith(b")")
    found: dict[str, object] = json.loads(got.body[len(start) : -1])
    return found


async def test_a_callback_is_called(server: LocalInstagram) -> None:
    plain = await get(server, RECENT, count=2)
    got = await get(server, RECENT, count=2, callback="jQuery.cb[0]")
    body = called(got, b"jQuery.cb[0](")
    assert body["data"] == plain.json["data"]
    assert "callback=jQuery.cb%5B0%5D" in str(body["pagination"])
    assert got.headers["X-Ratelimit-Remaining"] == "4998"
    assert got.headers["Vary"] == plain.headers["Vary"]


async def test_a_comment_comes_first_in_2017() -> None:
    async with LocalInstagram(World.seeded(1, media=3), era="2017") as server:
        called(await get(server, "users/self", callback="f"), b"/**/ f(")


async def test_an_error_is_an_answer_like_any_other() -> None:
    async with LocalInstagram(World.seeded(1, media=3), limit=1) as server:
        unknown = await get(server, "users/1", callback="f")
        limit = await get(server, "users/1", callback="f")
    assert called(unknown, b"f(")["meta"] == {
        "error_type": "APINotFoundError",
        "code": 400,
        "error_message": "this user does not exist",
    }
    assert called(limit, b"f(")["code"] == 429
    assert "X-Ratelimit-Limit" not in limit.headers


@pytest.mark.parametrize("name", ["", "alert(1)", "a b", "1f", "f;g", "é", "f" * 129])
async def test_what_is_no_name_is_no_callback(server: LocalInstagram, name: str) -> None:
    got = await get(server, "users/self", callback=name)
    assert got.headers["Content-Type"] == "application/json; charset=utf-8"
    assert got.json["meta"] == {"code": 200}


async def test_pages_are_not_called(server: LocalInstagram) -> None:
    got = await get(server, "users/x", callback="f")
    assert (got.status, got.headers["Content-Type"]) == (400, "text/html")


async def test_a_method_may_stand_in_a_parameter(server: LocalInstagram) -> None:
    world = server.world
    media = world.recent(world.self_id, count=1)[0][0]
    likes = f"media/{media.id}/likes"

    def likers() -> set[str]:
        return {user.id for user in world.likes(media.id, count=99)}

    assert (await post(server, likes, _method="POST")).status == 200
    assert world.self_id in likers()
    assert (await post(server, likes, _method="delete")).status == 200
    assert world.self_id not in likers()
    said = world.comment(media.id, world.self_id, "hi", media.created_time)
    path = f"media/{media.id}/comments/{said.id}"
    assert (await post(server, path)).status == 404
    assert (await post(server, f"{path}/", _method="DELETE")).status == 200
    assert world.find_comment(media.id, said.id) is None
    assert (await post(server, likes, _method="PUT")).status == 404
    assert server.requests[-1].status == 404


async def test_only_a_post_may_be_another_method(server: LocalInstagram) -> None:
    media = server.world.recent(server.world.self_id, count=1)[0][0]
    url = f"{server.base_url}/media/{media.id}/likes"
    params = {"access_token": token_of(server), "_method": "DELETE"}
    async with aiohttp.ClientSession() as session, session.get(url, params=params) as response:
        assert response.status == 200
        assert isinstance((await response.json())["data"], list)
