"""Who may ask: tokens, the application alone, forms, families of writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import aiohttp
import pytest
from yarl import URL

from instagram_async.models import Media
from instagram_async.server import Fault, LocalInstagram, World
from instagram_async.server.routes import ROUTES
from instagram_async.v1.operations import OPERATIONS
from tests.served.server_helpers import RECENT, Got, delete, get, post, refused, token_of


class Clock:
    def __init__(self) -> None:
        self.time = 1_442_750_400.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=30), family_limit=3, now=Clock()) as server:
        yield server


def newest(server: LocalInstagram) -> Media:
    return server.world.recent(server.world.self_id, count=1)[0][0]


def concrete(server: LocalInstagram, path: str) -> str:
    media = newest(server)
    section = path.partition("/")[0]
    ids = {
        "users": media.user.id,
        "media": media.id,
        "locations": "4000",
        "geographies": server.world.geographies[0],
    }
    return path.format(id=ids.get(section), code=media.shortcode, cid="1", name="snow")


QUERY = {"q": "s", "lat": "47.6", "lng": "-122.3", "action": "follow", "text": "hi"}


def test_every_operation_of_the_table_has_a_route() -> None:
    assert [route.operation for route in ROUTES] == list(OPERATIONS)


@pytest.mark.parametrize("operation", [str(one) for one in OPERATIONS if one.method == "GET"])
@pytest.mark.parametrize("slash", ["", "/"])
async def test_every_read_answers(server: LocalInstagram, operation: str, slash: str) -> None:
    path = concrete(server, operation.removeprefix("GET "))
    got = await get(server, path + slash, **QUERY, unknown="ä")
    assert got.status == 200
    assert got.json["meta"] == {"code": 200}
    if got.json.get("pagination", {}).get("next_url"):
        url = URL(got.json["pagination"]["next_url"])
        assert url.query["unknown"] == "ä"
        assert not url.path.endswith("/")


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_the_application_alone_may_read_what_is_public(
    server: LocalInstagram, operation: object
) -> None:
    row = OPERATIONS[[str(one) for one in OPERATIONS].index(str(operation))]
    url = f"{server.base_url}/{concrete(server, row.path)}"
    params = {**QUERY, "client_id": server.client_id}
    async with (
        aiohttp.ClientSession() as session,
        session.request(row.method, url, params=params) as response,
    ):
        got = Got(response.status, response.headers, await response.read())
    if row.public:
        assert got.status == 200
        assert b"user_has_liked" not in got.body
    else:
        assert refused(got) == (
            400, "OAuthParameterException", "Missing access_token URL parameter.",
        )  # fmt: skip


@pytest.mark.parametrize("path", ["", "/media/recent", "/follows", "/followed-by"])
async def test_self_is_nobody_for_the_application(server: LocalInstagram, path: str) -> None:
    got = await get(server, f"users/self{path}", access_token="", client_id=server.client_id)
    assert refused(got) == (
        400, "no authenticated user", "'self' keyword requires an authenticated user",
    )  # fmt: skip


async def test_the_application_sees_nothing_private(server: LocalInstagram) -> None:
    world = server.world
    followed = next(
        user.id
        for user in world.users
        if world.can_view(world.self_id, user.id) and not world.can_view(None, user.id)
    )
    path = f"users/{followed}/media/recent"
    assert (await get(server, path)).status == 200
    got = await get(server, path, access_token="", client_id=server.client_id)
    assert refused(got)[1] == "APINotAllowedError"
    url = f"tags/snow/media/recent?client_id={server.client_id}&count=33"
    owners = {item["user"]["id"] for item in (await get(server, url)).json["data"]}
    assert owners
    assert all(world.can_view(None, owner) for owner in owners)


async def test_the_application_has_a_window_of_its_own(server: LocalInstagram) -> None:
    await get(server, RECENT)
    for remaining in ("4999", "4998"):
        url = f"media/popular?client_id={server.client_id}"
        assert (await get(server, url)).headers["X-Ratelimit-Remaining"] == remaining
    got = await get(server, RECENT, client_id=server.client_id)
    assert got.headers["X-Ratelimit-Remaining"] == "4998"
    assert got.status == 200


async def raw_post(server: LocalInstagram, path: str, body: bytes, kind: str | None) -> Got:
    headers: Mapping[str, str] = {"Content-Type": kind} if kind else {}
    async with (
        aiohttp.ClientSession(skip_auto_headers=["Content-Type"]) as session,
        session.post(f"{server.base_url}/{path}", data=body, headers=headers) as response,
    ):
        return Got(response.status, response.headers, await response.read())


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/x-www-form-urlencoded", 200),
        ("application/x-www-form-urlencoded; charset=utf-8", 200),
        ("text/plain", 400),
        ("application/json", 400),
        (None, 400),
    ],
)
async def test_a_form_is_one_by_its_content_type(
    server: LocalInstagram, kind: str | None, status: int
) -> None:
    body = f"access_token={token_of(server)}".encode()
    path = f"media/{newest(server).id}/likes"
    got = await raw_post(server, path, body, kind)
    assert got.status == status
    if status == 400:
        assert refused(got)[1:] == (
            "OAuthParameterException", "Missing access_token URL parameter.",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"text=\xff", "application/x-www-form-urlencoded"),
        (b"text=hi", "application/x-www-form-urlencoded; charset=klingon"),
        (b"text", "multipart/form-data"),
    ],
)
async def test_a_form_that_cannot_be_read_has_no_parameters(
    server: LocalInstagram, body: bytes, kind: str
) -> None:
    path = f"media/{newest(server).id}/comments?access_token={token_of(server)}"
    got = await raw_post(server, path, body, kind)
    assert refused(got)[2] == "Missing text parameter."


async def test_parameters_of_a_post_may_stand_in_the_query(server: LocalInstagram) -> None:
    media = newest(server)
    path = f"media/{media.id}/comments?text=hi&access_token={token_of(server)}"
    got = await raw_post(server, path, b"text=there", "application/x-www-form-urlencoded")
    assert got.status == 200
    assert server.world.comments(media.id, count=1)[0].text == "there"


async def test_what_is_posted_is_written_down_without_secrets(server: LocalInstagram) -> None:
    await post(server, f"media/{newest(server).id}/comments", text="hi", sig="0")
    received = server.requests[-1]
    assert (received.method, received.query, received.status) == ("POST", {"text": "hi"}, 200)


async def test_writes_of_a_family_have_a_window_of_their_own(server: LocalInstagram) -> None:
    clock, other = server._now, server.world.users[1].id
    assert isinstance(clock, Clock)
    likes = f"media/{newest(server).id}/likes"
    for write in (post, delete, post):
        assert (await write(server, likes)).status == 200
        clock.time += 10
    got = await delete(server, likes)
    assert refused(got) == (
        429,
        "OAuthRateLimitException",
        (
            "The maximum number of requests per hour has been exceeded. You have made"
            " 4 requests of the 3 allowed in the last hour."
        ),
    )
    assert "X-Ratelimit-Limit" not in got.headers
    assert (await get(server, likes)).headers["X-Ratelimit-Remaining"] == "4995"
    assert (await post(server, f"users/{other}/relationship", action="follow")).status == 200
    theirs = await post(server, likes, access_token=token_of(server, other))
    assert theirs.status == 200
    clock.time += 3569  # the first is of an hour ago now
    assert (await post(server, likes)).status == 429
    clock.time += 3600
    assert (await post(server, likes)).status == 200


async def test_the_fault_of_a_family_tells_true_numbers(server: LocalInstagram) -> None:
    server.faults.add(Fault("rate_limit_meta"))
    got = await get(server, RECENT)
    assert refused(got)[2].endswith("4 requests of the 3 allowed in the last hour.")


async def test_a_lost_write_was_carried_out(server: LocalInstagram) -> None:
    media = newest(server)
    server.faults.add(Fault("lost_reply", operation="POST media/{id}/comments"))
    with pytest.raises(aiohttp.ClientError):
        await post(server, f"media/{media.id}/comments", text="lost")
    assert server.world.comments(media.id, count=1)[0].text == "lost"
    server.faults.add(Fault("reset_before", operation="POST media/{id}/comments"))
    with pytest.raises(aiohttp.ClientError):
        await post(server, f"media/{media.id}/comments", text="never")
    assert server.world.comments(media.id, count=1)[0].text == "lost"


def test_a_family_limit_is_positive() -> None:
    with pytest.raises(ValueError, match="must be positive"):
        LocalInstagram(family_limit=0)
