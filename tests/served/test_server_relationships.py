from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain

import pytest
from yarl import URL

from instagram_async.models import User
from instagram_async.server import LocalInstagram, World
from tests.served.server_helpers import Got, get, pages, post, refused, token_of

IDS = [str(number) for number in range(1, 6)]
CANNOT_VIEW = (400, "APINotAllowedError", "you cannot view this resource")


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    world = World(User(id=user_id, username=f"user_{user_id}") for user_id in IDS)
    async with LocalInstagram(world) as server:
        yield server


async def change(server: LocalInstagram, who: str, whom: str, action: str) -> Got:
    token = token_of(server, who)
    return await post(server, f"users/{whom}/relationship", access_token=token, action=action)


async def stand(server: LocalInstagram, who: str, whom: str) -> tuple[str, bool, str]:
    got = await get(server, f"users/{whom}/relationship", access_token=token_of(server, who))
    assert list(got.json) == ["meta", "data"]
    assert list(got.json["data"]) == [
        "outgoing_status", "target_user_is_private", "incoming_status",
    ]  # fmt: skip
    outgoing, private, incoming = got.json["data"].values()
    return outgoing, private, incoming


async def test_follow_and_unfollow(server: LocalInstagram) -> None:
    got = await change(server, "1", "2", "follow")
    assert got.json == {"meta": {"code": 200}, "data": {"outgoing_status": "follows"}}
    assert await stand(server, "1", "2") == ("follows", False, "none")
    assert await stand(server, "2", "1") == ("none", False, "followed_by")
    got = await change(server, "1", "2", "unfollow")
    assert got.json["data"] == {"outgoing_status": "none"}
    assert await stand(server, "2", "1") == ("none", False, "none")


@pytest.mark.parametrize(
    ("action", "incoming"),
    [("approve", "followed_by"), ("ignore", "none")],
)
async def test_a_private_user_decides(server: LocalInstagram, action: str, incoming: str) -> None:
    server.world.set_private("2", private=True)
    got = await change(server, "1", "2", "follow")
    assert got.json["data"] == {"outgoing_status": "requested"}
    assert await stand(server, "1", "2") == ("requested", True, "none")
    asking = await get(server, "users/self/requested-by", access_token=token_of(server, "2"))
    assert list(asking.json) == ["meta", "data"]
    assert asking.json["data"] == [
        {"id": "1", "username": "user_1", "full_name": ""},
    ]
    got = await change(server, "2", "1", action)
    assert got.json["data"] == {"outgoing_status": "none", "incoming_status": incoming}
    assert server.world.requested_by("2") == []


async def test_block_and_unblock(server: LocalInstagram) -> None:
    server.world.follow("1", "2")
    server.world.follow("2", "1")
    got = await change(server, "1", "2", "block")
    assert got.json["data"] == {"outgoing_status": "none", "incoming_status": "blocked_by_you"}
    assert await stand(server, "1", "2") == ("none", False, "blocked_by_you")
    assert await stand(server, "2", "1") == ("none", False, "none")
    assert refused(await change(server, "2", "1", "follow")) == CANNOT_VIEW
    for path in ("follows", "followed-by", "media/recent"):
        got = await get(server, f"users/1/{path}", access_token=token_of(server, "2"))
        assert refused(got) == CANNOT_VIEW
    got = await change(server, "1", "2", "unblock")
    assert got.json["data"] == {"outgoing_status": "none", "incoming_status": "none"}
    assert (await change(server, "2", "1", "follow")).json["data"]["outgoing_status"] == "follows"


async def test_what_is_no_change_is_refused(server: LocalInstagram) -> None:
    path = "users/2/relationship"
    wrong = "APIInvalidParametersError"
    assert refused(await post(server, path)) == (400, wrong, "Missing action parameter.")
    assert refused(await change(server, "1", "2", "poke")) == (
        400, wrong, "Invalid action parameter.",
    )  # fmt: skip
    assert refused(await change(server, "1", "1", "follow"))[1] == wrong
    assert refused(await change(server, "1", "99", "follow")) == (
        400, "APINotFoundError", "this user does not exist",
    )  # fmt: skip
    assert (await change(server, "1", "self", "follow")).status == 400
    assert (await get(server, "users/self/relationship")).headers["Content-Type"] == "text/html"


@pytest.mark.parametrize("path", ["follows", "followed-by", "media/recent"])
async def test_a_private_user_is_hidden_from_who_does_not_follow(
    server: LocalInstagram, path: str
) -> None:
    server.world.follow("3", "2")
    server.world.set_private("2", private=True)
    assert refused(await get(server, f"users/2/{path}")) == CANNOT_VIEW
    for who in ("2", "3"):
        got = await get(server, f"users/2/{path}", access_token=token_of(server, who))
        assert got.status == 200
    assert (await get(server, "users/2")).json["data"]["username"] == "user_2"


async def test_people_are_paged_by_cursors() -> None:
    async with LocalInstagram(World.seeded(5, users=130, media=0)) as server:
        me = server.world.self_id
        everybody = [user.id for user in server.world.followed_by(me, count=999)[0]]
        assert len(everybody) > 100
        first = await get(server, "users/self/followed-by")
        assert list(first.json) == ["pagination", "meta", "data"]
        assert list(first.json["pagination"]) == ["next_url", "next_cursor"]
        cursor = first.json["pagination"]["next_cursor"]
        assert cursor.isdecimal()
        assert len(cursor) == 13
        url = URL(first.json["pagination"]["next_url"])
        assert url.path == f"/v1/users/{me}/followed-by"
        assert url.query["cursor"] == cursor
        assert set(first.json["data"][0]) == {"id", "username", "full_name", "profile_picture"}
        assert first.ids == everybody[:50]
        sizes = [len(page) for page in await pages(server, "users/self/followed-by", "cursor")]
        assert sizes == [50, 50, len(everybody) - 100]
        at_most = await get(server, "users/self/followed-by", count=101)
        assert at_most.ids == everybody[:100]
        walked = await pages(server, f"users/{me}/follows", "cursor", count=7)
        assert list(chain.from_iterable(walked)) == [
            user.id for user in server.world.follows(me, count=999)[0]
        ]
        last = await get(server, "users/self/follows", count=100)
        assert last.json["pagination"] == {}


async def test_a_cursor_holds_its_place_while_people_come_and_go(server: LocalInstagram) -> None:
    for who in IDS[1:]:
        server.world.follow(who, "1")
    first = await get(server, "users/1/followed-by", count=2)
    assert first.ids == ["5", "4"]
    server.world.unfollow("5", "1")
    server.world.unfollow("4", "1")
    server.world.unfollow("3", "1")
    server.world.follow("3", "1")
    cursor = first.json["pagination"]["next_cursor"]
    second = await get(server, "users/1/followed-by", count=2, cursor=cursor)
    assert second.ids == ["2"]
    assert second.json["pagination"] == {}
    assert (await get(server, "users/1/followed-by", cursor="AQAb")).status == 400


async def test_counts_follow_the_ties(server: LocalInstagram) -> None:
    await change(server, "1", "2", "follow")
    got = await get(server, "users/2")
    assert got.json["data"]["counts"] == {"media": 0, "followed_by": 1, "follows": 0}
