from __future__ import annotations

import re

import pytest

from instagram_async.models import User
from instagram_async.server import Fault, LocalInstagram, World
from tests.served.server_helpers import RECENT, get


class Clock:
    def __init__(self) -> None:
        self.time = 1_000.0

    def __call__(self) -> float:
        return self.time


async def test_the_window_slides() -> None:
    clock = Clock()
    async with LocalInstagram(limit=3, per=60.0, now=clock) as server:
        remaining = []
        for _ in range(3):
            remaining.append((await get(server, "users/self")).headers["X-Ratelimit-Remaining"])
            clock.time += 10
        assert remaining == ["2", "1", "0"]
        assert (await get(server, "users/self")).status == 429  # at 30
        clock.time = 1_059.9
        assert (await get(server, "users/self")).status == 429
        # The first has left, but refused ones count as they arrive.
        clock.time = 1_060.0
        assert (await get(server, "users/self")).status == 429
        clock.time = 1_120.0
        got = await get(server, "users/self")
        assert (got.status, got.headers["X-Ratelimit-Remaining"]) == (200, "2")


async def test_the_general_429_is_flat_and_tells_no_rate() -> None:
    async with LocalInstagram(limit=1, now=Clock()) as server:
        await get(server, "users/self")
        got = await get(server, RECENT)
    assert got.status == 429
    assert got.body.startswith(b'{"code":429,"error_type":"OAuthRateLimitException",')
    assert got.json["error_message"] == (
        "You have exceeded the maximum number of requests per hour. You have performed a total of"
        " 2 requests in the last hour. Our general maximum limit is set at 1 requests per hour."
    )
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["Vary"] == "Accept-Language, Cookie"
    assert "X-Ratelimit-Limit" not in got.headers
    assert "X-Ratelimit-Remaining" not in got.headers


@pytest.mark.parametrize("path", ["users/1", "users/x", "nothing", f"{RECENT}"])
async def test_refused_and_malformed_requests_count(path: str) -> None:
    async with LocalInstagram(limit=10, now=Clock()) as server:
        await get(server, path, count=0)
        got = await get(server, "users/self")
    assert got.headers["X-Ratelimit-Remaining"] == "8"


async def test_faulted_requests_count() -> None:
    async with LocalInstagram(limit=10, now=Clock()) as server:
        server.faults.add(Fault("status", times=2))
        await get(server, "users/self")
        await get(server, "users/self")
        got = await get(server, "users/self")
    assert got.headers["X-Ratelimit-Remaining"] == "7"


async def test_every_token_has_its_own_window() -> None:
    world = World([User(id="1", username="ann"), User(id="2", username="bob")])
    async with LocalInstagram(world, limit=1, now=Clock()) as server:
        assert (await get(server, "users/self")).status == 200
        assert (await get(server, "users/self")).status == 429
        second = server.access_token("2")
        assert (await get(server, "users/self", access_token=second)).status == 200


def test_a_limit_is_positive() -> None:
    with pytest.raises(ValueError, match="must be positive"):
        LocalInstagram(limit=0)
    with pytest.raises(ValueError, match="must be positive"):
        LocalInstagram(per=0.0)


def test_tokens_have_their_shape_and_are_the_same_every_time() -> None:
    server = LocalInstagram(World.seeded(1))
    token = server.access_token()
    assert re.fullmatch(server.world.self_id + r"\.[0-9a-f]{7}\.[0-9a-f]{32}", token)
    assert LocalInstagram(World.seeded(1)).access_token(scope="likes comments") == token
    assert server.access_token(server.world.self_id) == token
    assert LocalInstagram(World.seeded(2)).access_token() != token


def test_tokens_are_for_users_and_scopes_that_exist() -> None:
    server = LocalInstagram()
    with pytest.raises(LookupError, match="there is no user 1"):
        server.access_token("1")
    with pytest.raises(ValueError, match="there is no scope everything"):
        server.access_token(scope="basic everything")
