from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from instagram_async.server import Fault, LocalInstagram, World
from tests.served.server_helpers import RECENT, get, raw

OPERATION = "GET users/{id}/media/recent"


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(3, media=40)) as server:
        yield server


@pytest.mark.parametrize(
    ("status", "title", "text"),
    [
        (500, "Internal Server Error", ""),
        (502, "Bad Gateway", "The server returned an invalid or incomplete response."),
        (503, "Service Unavailable", "No server is available to handle this request."),
        (504, "Gateway Time-out", ""),
    ],
)
async def test_status_with_html(server: LocalInstagram, status: int, title: str, text: str) -> None:
    server.faults.add(Fault("status", status=status))
    got = await get(server, RECENT)
    assert got.status == status
    html = got.body.decode()
    assert html.startswith(f"<html><body><h1>{status} {title}</h1>\n{text}")
    assert html.endswith("\n</body></html>\n")
    assert got.headers["Content-Type"] == "text/html"
    assert "X-Ratelimit-Limit" not in got.headers
    assert (await get(server, RECENT)).status == 200


async def test_status_with_an_empty_body(server: LocalInstagram) -> None:
    server.faults.add(Fault("status", status=502, body="empty"))
    got = await get(server, RECENT)
    assert (got.status, got.body) == (502, b"")


async def test_truncated_is_whole_for_http_and_broken_for_json(server: LocalInstagram) -> None:
    whole = await get(server, RECENT)
    server.faults.add(Fault("truncated"))
    got = await get(server, RECENT)
    assert got.status == 200
    assert got.body == whole.body[: len(whole.body) // 2]
    assert got.headers["Content-Length"] == str(len(got.body))
    with pytest.raises(json.JSONDecodeError):
        _ = got.json


@pytest.mark.parametrize("kind", ["reset_before", "lost_reply"])
async def test_a_reset_without_any_reply(server: LocalInstagram, kind: Any) -> None:
    server.faults.add(Fault(kind))
    assert await raw(server) == (b"", True)
    assert server.requests[-1].status is None
    server.faults.add(Fault(kind, times=2))
    with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await get(server, RECENT)
    assert len(server.requests) == 3  # aiohttp asks a second time by itself


async def test_a_lost_reply_was_carried_out_and_a_reset_was_not(
    server: LocalInstagram, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    listings = server.world.listings
    recent = listings.recent

    def counted(*args: Any, **kwargs: Any) -> Any:
        asked.append(args)
        return recent(*args, **kwargs)

    monkeypatch.setattr(listings, "recent", counted)
    server.faults.add(Fault("reset_before"), Fault("lost_reply"))
    await raw(server)
    assert len(asked) == 0
    await raw(server)
    assert len(asked) == 1


async def test_reset_after_headers_and_part_of_the_body(server: LocalInstagram) -> None:
    whole = await get(server, RECENT)
    server.faults.add(Fault("reset_after"))
    came, was_reset = await raw(server)
    head, _, body = came.partition(b"\r\n\r\n")
    assert was_reset
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert f"\r\nContent-Length: {len(whole.body)}\r\n".encode() in head + b"\r\n"
    assert 0 < len(body) < len(whole.body)
    assert whole.body.startswith(body)
    server.faults.add(Fault("reset_after"))
    with pytest.raises(aiohttp.ClientError):
        await get(server, RECENT)


async def test_a_stall_lasts_until_the_client_leaves(server: LocalInstagram) -> None:
    before = asyncio.all_tasks()
    server.faults.add(Fault("stall"))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(get(server, RECENT), 0.1)
    for _ in range(50):
        if asyncio.all_tasks() <= before:
            break
        await asyncio.sleep(0.01)
    assert asyncio.all_tasks() <= before
    assert (await get(server, RECENT)).status == 200
    assert [received.status for received in server.requests] == [None, 200]


async def test_a_stall_does_not_delay_the_end_of_the_server() -> None:
    async with LocalInstagram() as server:
        server.faults.add(Fault("stall", times=3))
        stalled = [asyncio.ensure_future(get(server, RECENT)) for _ in range(3)]
        for _ in range(200):
            if len(server.requests) == 3:
                break
            await asyncio.sleep(0.005)
        assert len(server.requests) == 3
        started = time.perf_counter()
    assert time.perf_counter() - started < 0.5
    outcomes = await asyncio.gather(*stalled, return_exceptions=True)
    assert all(isinstance(outcome, aiohttp.ClientError) for outcome in outcomes)


async def test_rate_limit_in_both_envelopes(server: LocalInstagram) -> None:
    server.faults.add(Fault("rate_limit"), Fault("rate_limit_meta"))
    flat, meta = await get(server, RECENT), await get(server, RECENT)
    assert flat.status == meta.status == 429
    assert flat.json == {
        "code": 429,
        "error_type": "OAuthRateLimitException",
        "error_message": "You have exceeded the maximum number of requests per hour. You have"
        " performed a total of 5001 requests in the last hour. Our general maximum limit is set"
        " at 5000 requests per hour.",
    }
    assert meta.json == {
        "meta": {
            "error_type": "OAuthRateLimitException",
            "code": 429,
            "error_message": "The maximum number of requests per hour has been exceeded. You have"
            " made 61 requests of the 60 allowed in the last hour.",
        }
    }
    assert flat.headers["Content-Type"] == "application/json"
    assert meta.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "X-Ratelimit-Limit" not in flat.headers
    assert "X-Ratelimit-Limit" not in meta.headers


async def test_meta_error_comes_with_200(server: LocalInstagram) -> None:
    server.faults.add(Fault("meta_error"))
    got = await get(server, RECENT)
    assert got.status == 200
    assert list(got.json) == ["meta"]
    assert got.json["meta"]["code"] == 400
    assert got.json["meta"]["error_type"] == "OAuthParameterException"


async def test_faults_wait_for_their_operation_and_their_turn(server: LocalInstagram) -> None:
    server.faults.add(Fault("status", status=502, operation=OPERATION, after=1, times=2))
    server.faults.add(Fault("status", status=504, operation="GET users/{id}"))
    recents = [(await get(server, RECENT)).status for _ in range(2)]
    assert len(server.faults) == 2
    users = [(await get(server, "users/self")).status for _ in range(2)]
    recents += [(await get(server, RECENT)).status for _ in range(2)]
    assert recents == [200, 502, 502, 200]
    assert users == [504, 200]
    assert len(server.faults) == 0


async def test_faults_of_one_operation_come_one_after_the_other(server: LocalInstagram) -> None:
    server.faults.add(Fault("status", status=500), Fault("status", status=504, times=2))
    assert [(await get(server, RECENT)).status for _ in range(4)] == [500, 504, 504, 200]
    server.faults.add(Fault("stall"))
    server.faults.clear()
    assert (await get(server, RECENT)).status == 200


async def test_paging_faults_wait_for_a_listing(server: LocalInstagram) -> None:
    server.faults.add(Fault("null_pagination"))
    assert "pagination" not in (await get(server, "users/self")).json
    assert (await get(server, RECENT)).json["pagination"] is None


async def test_paths_that_are_no_operation_meet_no_fault(server: LocalInstagram) -> None:
    server.faults.add(Fault("status"))
    assert (await get(server, "nothing")).status == 404
    assert len(server.faults) == 1


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ({"kind": "fire"}, "there is no fault 'fire'"),
        ({"kind": "status", "status": 404}, "status must be one of"),
        ({"kind": "stall", "times": 0}, "times must be positive"),
        ({"kind": "stall", "after": -1}, "after not negative"),
    ],
)
def test_impossible_faults_are_refused(made: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Fault(**made)


@pytest.mark.parametrize(
    ("fault", "error", "reason"),
    [
        ("stall", TypeError, "a Fault is wanted, not 'stall'"),
        (
            Fault("stall", operation="users/self"),
            ValueError,
            r"no operation 'users/self', but DELETE media/\{id\}/comments/\{cid\}, ",
        ),
    ],
)
def test_faults_that_could_never_happen_are_not_added(
    fault: Any, error: type[Exception], reason: str
) -> None:
    faults = LocalInstagram().faults
    with pytest.raises(error, match=reason):
        faults.add(Fault("reset_after"), fault)
    assert len(faults) == 0


def test_the_script_shows_what_is_to_come() -> None:
    faults = LocalInstagram().faults
    assert repr(faults) == "Faults([])"
    faults.add(Fault("stall"), Fault("status", status=502))
    assert repr(faults) == f"Faults([{Fault('stall')}, {Fault('status', status=502)}])"
