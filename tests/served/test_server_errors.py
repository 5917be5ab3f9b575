from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from yarl import URL

from instagram_async.server import LocalInstagram, World
from instagram_async.server.replies import flat, headers
from tests.served.server_helpers import RECENT, get, post


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(2, media=5), limit=100) as server:
        yield server


ERRORS = [
    (
        f"{RECENT}?access_token=1.abc.def",
        "OAuthAccessTokenException",
        "The access_token provided is invalid.",
    ),
    (
        "users/self?count=3",
        "OAuthParameterException",
        "Missing client_id or access_token URL parameter.",
    ),
    (
        "users/self?access_token=",
        "OAuthParameterException",
        "Missing client_id or access_token URL parameter.",
    ),
    (
        "users/self?client_id=77",
        "OAuthParameterException",
        "The client_id provided is invalid.",
    ),
    ("users/1", "APINotFoundError", "this user does not exist"),
    ("users/1/media/recent", "APINotFoundError", "this user does not exist"),
]


@pytest.mark.parametrize(("path", "error_type", "message"), ERRORS)
async def test_errors_in_meta(
    server: LocalInstagram, path: str, error_type: str, message: str
) -> None:
    got = await get(server, path)
    assert got.status == 400
    assert got.json == {"meta": {"error_type": error_type, "code": 400, "error_message": message}}
    assert list(got.json["meta"]) == ["error_type", "code", "error_message"]
    assert got.headers["Content-Type"] == "application/json; charset=utf-8"
    assert got.headers["X-Ratelimit-Remaining"] == "99"


@pytest.mark.parametrize("count", [0, -1])
async def test_count_must_be_positive(server: LocalInstagram, count: int) -> None:
    got = await get(server, RECENT, count=count)
    meta = got.json["meta"]
    assert (got.status, meta["code"]) == (400, 400)
    assert meta["error_type"] == "APIInvalidParametersError"
    assert meta["error_message"] == "Count must be larger than zero."


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("users/userid", {}),
        ("users/-1", {}),
        ("users/٣", {}),
        (RECENT, {"count": "many"}),
        (RECENT, {"max_id": "1_"}),
        (RECENT, {"min_id": "newest"}),
        (RECENT, {"min_timestamp": "2015-09-12"}),
        (RECENT, {"max_timestamp": "1e9"}),
    ],
)
async def test_what_is_malformed_is_answered_with_html(
    server: LocalInstagram, path: str, query: dict[str, str]
) -> None:
    got = await get(server, path, **query)
    assert got.status == 400
    assert got.headers["Content-Type"] == "text/html"
    assert got.body.startswith(b"<html><body><h1>400 Bad Request</h1>")
    assert "X-Ratelimit-Limit" not in got.headers


@pytest.mark.parametrize("path", ["", "users", "users/self/media", "users/self/feed/x", "../x"])
async def test_unknown_paths_are_html_404(server: LocalInstagram, path: str) -> None:
    got = await get(server, path)
    assert got.status == 404
    assert got.headers["Content-Type"] == "text/html"
    assert b"404 Not Found" in got.body
    assert "X-Ratelimit-Limit" not in got.headers
    assert server.requests[-1].status == 404


async def test_headers_of_an_ordinary_answer(server: LocalInstagram) -> None:
    page, small = await get(server, RECENT), await get(server, f"{RECENT}?access_token=no")
    expected = {
        "Cache-Control": "private, no-cache, no-store, must-revalidate",
        "Pragma": "no-cache",
        "Expires": "Sat, 01 Jan 2000 00:00:00 GMT",
        "Vary": "Cookie, Accept-Language, Accept-Encoding",
        "Content-Language": "en",
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(page.body)),
        "Connection": "keep-alive",
        "X-Ratelimit-Limit": "100",
        "X-Ratelimit-Remaining": "99",
    }
    assert {name: page.headers.get(name) for name in expected} == expected
    assert "Max-Age=31449600; Path=/" in page.headers["Set-Cookie"]
    assert small.headers["Vary"] == "Cookie, Accept-Language"
    for name in ("Link", "ETag", "Retry-After", "X-Ratelimit-Reset"):
        assert name not in page.headers


async def test_header_names_are_written_as_in_2015(server: LocalInstagram) -> None:
    url = URL(server.base_url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(b"GET /v1/users/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"\r\nX-Ratelimit-Limit: 100\r\nX-Ratelimit-Remaining: 99\r\n" in head
    assert b"keep-alive" not in head
    assert body.startswith(b'{"meta":{"error_type":"OAuthParameterException","code":400,')


@pytest.mark.parametrize(
    ("path", "form", "scope"),
    [
        ("media/{}/likes", {}, "likes"),
        ("media/{}/comments", {"text": "hi"}, "comments"),
        ("users/{}/relationship", {"action": "follow"}, "relationships"),
    ],
)
async def test_writes_need_more_than_basic(
    server: LocalInstagram, path: str, form: dict[str, str], scope: str
) -> None:
    me, other = (user.id for user in server.world.users[:2])
    target = server.world.recent(me, count=1)[0][0].id if "media" in path else other
    all_else = " ".join({"likes", "comments", "relationships"} - {scope})
    token = server.access_token(scope=all_else)
    refused = await post(server, path.format(target), access_token=token, **form)
    assert refused.status == 400
    assert refused.json["meta"] == {
        "error_type": "OAuthPermissionsException",
        "code": 400,
        "error_message": f"This request requires scope={scope}, but this access token is not"
        " authorized with this scope. The user must re-authorize your application with"
        f" scope={scope} to be granted write permissions.",
    }
    server.access_token(scope=scope)
    allowed = await post(server, path.format(target), access_token=token, **form)
    assert allowed.status == 200


def test_a_flat_envelope_never_tells_the_rate() -> None:
    reply = flat("OAuthForbiddenException", "Implicit authentication is disabled", code=403)
    assert not any(name.startswith("X-Ratelimit") for name in headers(reply, limit=9, used=1))
