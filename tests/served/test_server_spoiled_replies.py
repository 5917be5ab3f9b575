"""Faults of replies and of their bytes, as a bare client meets them."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from instagram_async.server import Fault, LocalInstagram, World
from tests.served.server_helpers import RECENT, get, raw


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(3, media=40)) as server:
        yield server


async def unfollowed(server: LocalInstagram) -> tuple[int, dict[str, str], bytes]:
    """A page, no redirect followed and nothing unpacked."""
    url = f"{server.base_url}/{RECENT}"
    params = {"access_token": server.access_token()}
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.get(url, params=params, allow_redirects=False) as response,
    ):
        return response.status, dict(response.headers), await response.read()


async def test_a_clean_end_before_any_header(server: LocalInstagram) -> None:
    server.faults.add(Fault("close_before"))
    assert await raw(server) == (b"", False)
    assert server.requests[-1].status is None


@pytest.mark.parametrize("ending", ["close", "reset"])
async def test_an_end_in_the_middle_of_the_headers(server: LocalInstagram, ending: Any) -> None:
    server.faults.add(Fault("cut_headers", ending=ending))
    came, was_reset = await raw(server)
    assert was_reset is (ending == "reset")
    assert came.startswith(b"HTTP/1.1 200 OK\r\nCache-Control: ")
    assert b"\r\n\r\n" not in came
    assert not came.endswith(b"\r\n")
    assert server.requests[-1].status == 200
    server.faults.add(Fault("cut_headers", ending=ending, times=2))
    with pytest.raises(aiohttp.ClientError):
        await get(server, RECENT)


@pytest.mark.parametrize("ending", ["close", "reset"])
async def test_an_end_in_the_middle_of_the_body(server: LocalInstagram, ending: Any) -> None:
    whole = await get(server, RECENT)
    server.faults.add(Fault("cut_body", ending=ending))
    came, was_reset = await raw(server)
    head, _, body = came.partition(b"\r\n\r\n")
    assert was_reset is (ending == "reset")
    assert f"\r\nContent-Length: {len(whole.body)}".encode() in head
    assert 0 < len(body) < len(whole.body)
    assert whole.body.startswith(body)
    server.faults.add(Fault("cut_body", ending=ending))
    with pytest.raises(aiohttp.ClientError):
        await get(server, RECENT)


async def test_a_reply_can_drip(server: LocalInstagram) -> None:
    whole = await get(server, RECENT)
    size = len(whole.body) // 5 + 1
    server.faults.add(Fault("drip", size=size, seconds=0.03))
    async with (
        aiohttp.ClientSession() as session,
        session.get(
            f"{server.base_url}/{RECENT}", params={"access_token": server.access_token()}
        ) as response,
    ):
        assert response.headers["Content-Length"] == str(len(whole.body))
        arrived = [(time.perf_counter(), part) async for part in response.content.iter_any()]
    assert b"".join(part for _, part in arrived) == whole.body
    assert len(arrived) >= 5
    assert arrived[-1][0] - arrived[0][0] > 0.1


async def test_short_replies_drip_too(server: LocalInstagram) -> None:
    server.faults.add(Fault("drip", seconds=0.02))
    started = time.perf_counter()
    assert (await get(server, "users/self/relationship")).status == 400
    assert time.perf_counter() - started >= 0.08


async def test_a_drip_ends_with_the_server_and_with_the_client() -> None:
    async with LocalInstagram() as server:
        before = asyncio.all_tasks()
        server.faults.add(Fault("drip", seconds=0.3, size=1, times=2))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(get(server, RECENT), 0.1)
        for _ in range(50):
            if asyncio.all_tasks() <= before:
                break
            await asyncio.sleep(0.01)
        assert asyncio.all_tasks() <= before
        dripping = asyncio.ensure_future(get(server, RECENT))
        while len(server.requests) < 2:
            await asyncio.sleep(0.005)
        started = time.perf_counter()
    assert time.perf_counter() - started < 0.5
    with pytest.raises(aiohttp.ClientError):
        await dripping


async def test_a_delay_comes_before_the_request_is_carried_out(server: LocalInstagram) -> None:
    server.faults.add(Fault("delay", seconds=0.15))
    asked = asyncio.ensure_future(get(server, "users/self"))
    await asyncio.sleep(0.05)
    assert server.requests[-1].status is None
    server.world.delete(server.world.recent(server.world.self_id, count=1)[0][0].id)
    assert (await asked).json["data"]["counts"]["media"] == 39


async def test_json_under_the_name_of_html(server: LocalInstagram) -> None:
    straight = await get(server, RECENT)
    server.faults.add(Fault("json_as_html"))
    got = await get(server, RECENT)
    assert got.body == straight.body
    assert got.headers["Content-Type"] == "text/html"
    assert "X-Ratelimit-Remaining" in got.headers


async def test_html_under_the_name_of_json(server: LocalInstagram) -> None:
    server.faults.add(Fault("html_as_json"))
    got = await get(server, RECENT)
    assert (got.status, got.headers["Content-Type"]) == (200, "application/json")
    assert got.body.startswith(b"<!DOCTYPE html>")


async def test_gzip_that_can_not_be_unpacked(server: LocalInstagram) -> None:
    server.faults.add(Fault("bad_gzip", times=2))
    status, headers, body = await unfollowed(server)
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert len(body) == int(headers["Content-Length"])
    with pytest.raises(zlib.error):
        gzip.decompress(body)
    with pytest.raises(aiohttp.ClientPayloadError):
        await get(server, RECENT)


async def test_a_body_that_is_larger_than_it_had_to_be(server: LocalInstagram) -> None:
    straight = await get(server, RECENT)
    server.faults.add(Fault("huge", size=500_000), Fault("huge", size=9))
    got = await get(server, RECENT)
    assert len(got.body) == 500_000
    assert got.json == straight.json
    assert (await get(server, RECENT)).body == straight.body  # it never makes one smaller


async def test_less_remains_in_the_headers_than_in_truth(server: LocalInstagram) -> None:
    server.faults.add(Fault("low_remaining"), Fault("low_remaining", remaining=9_999))
    told = [(await get(server, RECENT)).headers["X-Ratelimit-Remaining"] for _ in range(3)]
    assert told == ["10", "4998", "4997"]


async def test_a_redirect_leads_to_a_login(server: LocalInstagram) -> None:
    server.faults.add(Fault("redirect"))
    status, headers, body = await unfollowed(server)
    assert (status, headers["Location"], body) == (302, "/accounts/login/", b"")
    assert (await get(server, RECENT)).status == 200


@pytest.mark.parametrize("rate_headers", [False, True])
async def test_a_storm_is_several_refusals_in_a_row(
    server: LocalInstagram, rate_headers: bool
) -> None:
    server.faults.add(Fault("rate_storm", rate_headers=rate_headers, retry_after=3))
    got = [await get(server, RECENT) for _ in range(6)]
    assert [one.status for one in got] == [429] * 5 + [200]
    assert {one.headers.get("Retry-After") for one in got[:5]} == {"3"}
    assert {one.json["error_type"] for one in got[:5]} == {"OAuthRateLimitException"}
    rate = [
        one.headers.get(f"X-Ratelimit-{name}") for one in got for name in ("Limit", "Remaining")
    ]
    assert rate[:10] == (["5000", "0"] if rate_headers else [None, None]) * 5
    assert "Retry-After" not in got[5].headers


@pytest.mark.parametrize("kind", ["status", "rate_limit", "rate_limit_meta"])
async def test_refusals_can_say_when_to_come_again(server: LocalInstagram, kind: Any) -> None:
    server.faults.add(Fault(kind, retry_after=0), Fault(kind))
    assert (await get(server, RECENT)).headers["Retry-After"] == "0"
    assert "Retry-After" not in (await get(server, RECENT)).headers


async def test_refusals_of_the_server_itself_are_spoiled_too(server: LocalInstagram) -> None:
    server.faults.add(Fault("truncated"), Fault("json_as_html"))
    with pytest.raises(json.JSONDecodeError):
        _ = (await get(server, "users/1")).json
    assert (await get(server, "users/1")).json["meta"]["error_type"] == "APINotFoundError"
