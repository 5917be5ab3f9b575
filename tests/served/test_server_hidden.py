"""Tags that are banned, and people whom only adults may see (reference C.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from instagram_async import Client, PermissionDeniedError
from instagram_async.server import App, LocalInstagram, World
from tests.served.server_helpers import get, post, refused

BANNED = (400, "APINotAllowedError", "This tag cannot be viewed")
GATED = (400, "APIAgeGatedError", "you cannot view this resource")


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(2, users=7, media=30)) as server:
        yield server


async def test_a_banned_tag_is_not_shown_nor_found(server: LocalInstagram) -> None:
    world = server.world
    carrying = (await get(server, "tags/snow/media/recent")).ids
    world.ban_tag("Snow")
    for path in ("tags/snow", "tags/SNOW/media/recent"):
        assert refused(await get(server, path)) == BANNED
    assert "snow" not in [one["name"] for one in await found(server)]
    assert "snow" in (await get(server, f"media/{carrying[0]}")).json["data"]["tags"]
    async with Client(server.access_token(), base_url=server.base_url) as client:
        with pytest.raises(PermissionDeniedError, match="This tag cannot be viewed"):
            await client.tag_recent("snow").first()
    world.unban_tag("snow")
    assert (await get(server, "tags/snow/media/recent")).ids == carrying
    assert "snow" in [one["name"] for one in await found(server)]


async def test_a_tag_is_banned_in_a_sandbox_too() -> None:
    world = World.seeded(2, users=7, media=30)
    async with LocalInstagram(world, app=App(sandbox=True)) as server:
        assert "snow" in [one["name"] for one in await found(server)]
        world.ban_tag("snow")
        assert "snow" not in [one["name"] for one in await found(server)]
        assert refused(await get(server, "tags/snow")) == BANNED


async def found(server: LocalInstagram) -> list[dict[str, str]]:
    names: list[dict[str, str]] = (await get(server, "tags/search", q="s")).json["data"]
    return names


@pytest.mark.parametrize("path", ["", "/media/recent", "/follows", "/followed-by", "/relationship"])
async def test_nobody_sees_a_user_for_adults(server: LocalInstagram, path: str) -> None:
    eve = server.world.users[2].id
    server.world.set_age_gated(eve, True)
    assert refused(await get(server, f"users/{eve}{path}")) == GATED
    if path != "/relationship":
        own = await get(server, f"users/{eve}{path}", access_token=server.access_token(eve))
        assert own.status == 200
    server.world.set_age_gated(eve, False)
    assert (await get(server, f"users/{eve}{path}")).status == 200


async def test_nor_what_he_posts(server: LocalInstagram) -> None:
    world = server.world
    me, eve = world.self_id, world.users[2].id
    world.follow(me, eve)
    theirs = {one.id for one in world.recent(eve, count=99)[0]}
    assert theirs & set((await get(server, "users/self/feed", count=33)).ids)
    assert theirs & set((await get(server, "media/popular")).ids)
    world.set_age_gated(eve, True)
    media_id = min(theirs)
    for path in (f"media/{media_id}", f"media/{media_id}/likes", f"media/{media_id}/comments"):
        assert refused(await get(server, path)) == GATED
    assert refused(await post(server, f"media/{media_id}/likes")) == GATED
    for path in ("users/self/feed", "media/popular"):
        assert theirs.isdisjoint((await get(server, path, count=33)).ids)
    got = await get(server, f"media/{media_id}", access_token="", client_id=server.client_id)
    assert refused(got) == GATED
    # A private one is refused in other words.
    world.set_age_gated(eve, False)
    world.unfollow(me, eve)
    world.set_private(eve, True)
    assert refused(await get(server, f"media/{media_id}"))[1] == "APINotAllowedError"


async def test_who_is_known_by_name_is_found(server: LocalInstagram) -> None:
    eve = server.world.users[2]
    server.world.set_age_gated(eve.id, True)
    assert eve.id in (await get(server, "users/search", q=eve.username)).ids
    with pytest.raises(LookupError, match="there is no user 1"):
        server.world.set_age_gated("1", True)
