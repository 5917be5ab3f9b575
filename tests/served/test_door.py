"""The door over real sockets: what servers and lines do to a request."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from urllib.parse import quote

import aiohttp
import pytest

from instagram_async import (
    AiohttpTransport,
    Client,
    ConnectError,
    Quota,
    Request,
    Retry,
    Timeout,
    TransportError,
)
from instagram_async.server import LocalInstagram, World
from instagram_async.server.faults import Fault, FaultKind
from tests.support.canary import TOKEN
from tests.support.raw import Answer, RawServer, http, raw_server, refused_port
from tests.support.until import until

OK = http(b'{"meta":{"code":200},"data":[]}')
LIMITS = Timeout(connect=5, read=5, total=5)
ONCE = Retry(attempts=1)
SIGNED = f"access_token={quote(TOKEN, safe='')}"


@pytest.fixture
async def door() -> AsyncIterator[AiohttpTransport]:
    transport = AiohttpTransport(max_bytes=10_000)
    yield transport
    await transport.close()


def get(server: RawServer) -> Request:
    return Request("GET", f"{server.base_url}/users/self", (("access_token", "t"),))


async def test_what_is_sent_is_what_was_asked_to_the_byte(door: AiohttpTransport) -> None:
    async with raw_server(Answer(OK)) as server:
        query = (("q", "a b+c&d=e%/ü"), ("empty", ""), ("q", "again"))
        await door.send(Request("GET", f"{server.base_url}/tags/sn%C3%B6%2F", query), LIMITS)
        await door.send(Request("POST", f"{server.base_url}/m/1", form=(("x", "ü y"),)), LIMITS)
        await door.send(Request("DELETE", f"{server.base_url}/m/1"), LIMITS)
    assert server.lines == [
        "GET /v1/tags/sn%C3%B6%2F?q=a%20b%2Bc%26d%3De%25%2F%C3%BC&empty=&q=again",
        "POST /v1/m/1",
        "DELETE /v1/m/1",
    ]
    assert server.arrived[1].body == b"x=%C3%BC%20y"
    assert server.arrived[1].headers["content-type"] == "application/x-www-form-urlencoded"
    assert server.connections == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(then="reset"), "connection lost: ClientOSError"),
        (Answer(then="close"), "connection lost: ServerDisconnectedError"),
        (Answer(http(b'{"da', length=90), "reset"), "no whole reply: "),
        (Answer(http(b'{"da', length=90), "close"), "no whole reply: ClientPayloadError"),
        (Answer(b"HTTP/1.1 2", "close"), "connection lost: ServerDisconnectedError"),
        (Answer(b"this is no HTTP\r\n\r\n", "close"), "no whole reply: "),
        (
            Answer(http(b"5\r\nhel", "Transfer-Encoding: chunked"), "close"),
            "no whole reply: ClientPayloadError",
        ),
        (
            Answer(http(b"no gzip at all", "Content-Encoding: gzip"), "close"),
            "no whole reply: ClientPayloadError",
        ),
        (Answer(http(b"x" * 10_001)), "the reply is larger than 10000 bytes"),
        (
            Answer(http(gzip.compress(b"x" * 10**6), "Content-Encoding: gzip")),
            "the reply is larger than 10000 bytes",
        ),
    ],
    ids=[
        "reset_before", "close_before", "reset_after", "close_after", "cut_head", "no_http",
        "cut_chunk", "no_gzip", "large", "gzip_bomb",
    ],
)  # fmt: skip
async def test_a_broken_reply_is_a_transport_error(
    door: AiohttpTransport, answer: Answer, words: str
) -> None:
    async with raw_server(answer) as server:
        with pytest.raises(TransportError) as caught:
            await door.send(get(server), LIMITS)
        assert type(caught.value) is TransportError
        assert str(caught.value).startswith(words)
    assert len(server.arrived) == 1


async def test_chunks_and_gzip_are_put_together(door: AiohttpTransport) -> None:
    body = b'{"data": "' + b"x" * 9000 + b'"}'
    packed = gzip.compress(body)
    parts = b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in (packed[:20], packed[20:]))
    headers = ("Transfer-Encoding: chunked", "Content-Encoding: gzip")
    async with raw_server(Answer(http(parts + b"0\r\n\r\n", *headers))) as server:
        assert (await door.send(get(server), LIMITS)).body == body
        assert "gzip" in server.arrived[0].headers["accept-encoding"]
        await door.close()


async def test_a_redirect_is_not_followed(door: AiohttpTransport) -> None:
    away = http(b"", "Location: /v1/elsewhere", status="302 Found")
    async with raw_server(Answer(away), Answer(OK)) as server:
        response = await door.send(get(server), LIMITS)
    assert (response.status, response.headers["Location"]) == (302, "/v1/elsewhere")
    assert len(server.arrived) == 1


async def test_a_cookie_is_forgotten(door: AiohttpTransport) -> None:
    async with raw_server(Answer(http(b"", "Set-Cookie: csrftoken=1; Path=/"))) as server:
        await door.send(get(server), LIMITS)
        await door.send(get(server), LIMITS)
    assert "cookie" not in server.arrived[1].headers


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Timeout(total=0.05), "no whole reply within 0.05 s (total timeout)"),
        (Timeout(read=0.05), "no whole reply within 0.05 s (read timeout)"),
    ],
    ids=["total", "read"],
)
@pytest.mark.parametrize("sent", [b"", http(b"half", length=8)], ids=["nothing", "half"])
async def test_a_stalled_reply_times_out(
    door: AiohttpTransport, limits: Timeout, words: str, sent: bytes
) -> None:
    async with raw_server(Answer(sent, "stall")) as server:
        with pytest.raises(TransportError) as caught:
            await door.send(get(server), limits)
        assert type(caught.value) is TransportError
        assert str(caught.value) == words


async def test_a_slow_reply_within_its_limits_is_a_reply(door: AiohttpTransport) -> None:
    async with raw_server(Answer(OK, pause=0.05)) as server:
        assert (await door.send(get(server), LIMITS)).status == 200
        await door.close()


async def test_no_connection_in_time_means_that_nothing_was_sent() -> None:
    door = AiohttpTransport(concurrency=1)
    async with raw_server(Answer(then="stall")) as server:
        first = asyncio.create_task(door.send(get(server), LIMITS))
        await until(lambda: server.arrived)
        with pytest.raises(ConnectError, match=r"^no connection: ConnectionTimeoutError$"):
            await door.send(get(server), Timeout(connect=0.05))
        first.cancel()
        await asyncio.wait([first])
        await door.close()
    assert len(server.arrived) == 1


async def test_a_refused_connection_gives_the_place_back() -> None:
    address = f"http://127.0.0.1:{refused_port()}/v1"
    async with Client(TOKEN, base_url=address, quota=Quota(1), max_wait=0, retry=ONCE) as client:
        for _ in range(3):  # the quota is one
            with pytest.raises(ConnectError) as caught:
                await client.user()
            assert "GET users/{id}: no connection: Connect call failed" in str(caught.value)


@pytest.mark.parametrize("then", ["reset", "close"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_reply_lost_on_a_kept_connection_is_one_request(method: str, then: str) -> None:
    lost = Answer(then="reset" if then == "reset" else "close")
    async with (
        raw_server(Answer(OK), lost, Answer(OK)) as server,
        Client(TOKEN, base_url=server.base_url, retry=ONCE) as client,
    ):
        await client.call("GET", "first")
        with pytest.raises(TransportError, match="connection lost"):
            await client.call(method, "second")
        assert server.lines == [
            f"GET /v1/first?{SIGNED}",
            f"{method} /v1/second?{SIGNED}",
        ]
        assert [request.connection for request in server.arrived] == [1, 1]
        await client.close()


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_reply_lost_on_a_fresh_connection_is_one_request(method: str) -> None:
    async with (
        raw_server(Answer(then="close"), Answer(OK)) as server,
        Client(TOKEN, base_url=server.base_url, retry=ONCE) as client,
    ):
        with pytest.raises(TransportError, match="connection lost"):
            await client.call(method, "only")
        assert server.lines == [f"{method} /v1/only?{SIGNED}"]


async def test_a_retry_of_ours_is_one_more_request() -> None:
    async with (
        raw_server(Answer(OK), Answer(then="close"), Answer(OK)) as server,
        Client(TOKEN, base_url=server.base_url, retry=Retry(attempts=2, base=0)) as client,
    ):
        await client.call("GET", "first")
        assert (await client.call("GET", "second")).status == 200
        assert [line.split("?")[0] for line in server.lines] == [
            "GET /v1/first",
            "GET /v1/second",
            "GET /v1/second",
        ]
        await client.close()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("reset_before", "connection lost: ClientOSError"),
        ("lost_reply", "connection lost: ClientOSError"),
        ("close_before", "connection lost: ServerDisconnectedError"),
        ("cut_headers", "connection lost: ServerDisconnectedError"),
        ("cut_body", "no whole reply: "),
        ("reset_after", "no whole reply: "),
        ("bad_gzip", "no whole reply: "),
        ("stall", "no whole reply within 0.5 s (total timeout)"),
    ],
)
async def test_the_local_servers_faults(kind: FaultKind, words: str) -> None:
    async with (
        LocalInstagram(World.seeded(1, media=3)) as server,
        Client(server.access_token(), base_url=server.base_url, retry=ONCE) as client,
    ):
        server.faults.add(Fault(kind))
        with pytest.raises(TransportError) as caught:
            await client.with_options(timeout=Timeout(total=0.5)).user_recent().collect()
        assert caught.value.message.startswith(words)
        assert len(server.requests) == 1
        assert len(await client.user_recent().collect()) == 3


async def test_a_borrowed_session_asks_as_we_do_and_lives_on() -> None:
    away = Answer(http(b"{}", "Location: /v1/away", status="307 Go"))
    down = Answer(http(b"", status="503 Down"))
    async with (
        raw_server(away, down, Answer(OK)) as server,
        aiohttp.ClientSession(
            raise_for_status=True, headers={"X-Own": "yes"}, timeout=aiohttp.ClientTimeout(0.001)
        ) as session,
    ):
        door = AiohttpTransport(session=session)
        assert (await door.send(get(server), LIMITS)).status == 307
        assert (await door.send(get(server), LIMITS)).status == 503
        await door.close()
        assert server.arrived[0].headers["x-own"] == "yes"
        async with session.get(server.base_url, timeout=aiohttp.ClientTimeout(5)) as response:
            assert response.status == 200
    assert len(server.arrived) == 3
