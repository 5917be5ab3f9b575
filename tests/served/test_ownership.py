"""Who closes what, over real sockets: what is ours, and what was lent to us."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import aiohttp
import pytest

from instagram_async import (
    AiohttpTransport,
    APIError,
    Client,
    ClientClosedError,
    ConnectError,
    Retry,
    Timeout,
    __version__,
)
from tests.support.canary import TOKEN
from tests.support.raw import Answer, http, raw_server
from tests.support.until import until

OK = Answer(http(b'{"meta":{"code":200},"data":1}'))


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


async def test_nothing_is_left_behind() -> None:
    before = asyncio.all_tasks()
    async with raw_server(OK) as server:
        async with Client(TOKEN, base_url=server.base_url) as client:
            await asyncio.gather(*[read(client) for _ in range(4)])
        del client
        gc.collect()  # a session that was not closed would warn, and warnings are errors
        await until(lambda: not server.open)
    assert asyncio.all_tasks() == before


async def test_a_borrowed_session_outlives_the_client() -> None:
    seen: list[str] = []
    trace = aiohttp.TraceConfig()

    async def on_end(session: object, context: object, params: Any) -> None:
        seen.append(params.method)

    trace.on_request_end.append(on_end)
    async with (
        raw_server(OK) as server,
        aiohttp.ClientSession(trace_configs=[trace]) as session,
    ):
        async with Client(TOKEN, base_url=server.base_url, session=session) as client:
            assert await read(client) == 1
        with pytest.raises(ClientClosedError):
            await read(client)
        async with session.get(server.base_url) as response:
            assert response.status == 200
        async with Client(TOKEN, base_url=server.base_url, session=session) as client:
            assert await read(client) == 1
        assert seen == ["GET", "GET", "GET"]
        assert server.connections == 1


async def test_a_transport_that_was_handed_in_is_its_owners() -> None:
    async with raw_server(OK) as server:
        transport = AiohttpTransport()
        async with Client(TOKEN, base_url=server.base_url, transport=transport) as client:
            await read(client)
        async with Client(TOKEN, base_url=server.base_url, transport=transport) as client:
            assert await read(client) == 1
        await transport.close()


async def test_cookies_and_headers_of_a_borrowed_session_go_along() -> None:
    sets = Answer(http(b'{"meta":{"code":200},"data":1}', "Set-Cookie: seen=1"))
    told = {"X-Via": "us", "User-Agent": "somebody"}
    for jar, sent in [(aiohttp.CookieJar(unsafe=True), "seen=1"), (aiohttp.DummyCookieJar(), None)]:
        async with (
            raw_server(sets) as server,
            aiohttp.ClientSession(headers=told, cookie_jar=jar) as session,
            Client(TOKEN, base_url=server.base_url, session=session) as client,
        ):
            await read(client)
            await read(client)
        headers = server.arrived[1].headers
        assert headers.get("cookie") == sent
        assert headers["x-via"] == "us"
        assert headers["user-agent"] == f"instagram_async/{__version__}"
        assert headers["accept"] == "application/json"


async def test_timeouts_and_redirects_are_the_clients_whatever_the_session_says() -> None:
    slow = Answer(http(b'{"meta":{"code":200},"data":1}'), pause=0.1)
    away = Answer(http(b"", "Location: /elsewhere", status="302 Found"))
    async with (
        raw_server(slow, away) as server,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.01)) as session,
        Client(TOKEN, base_url=server.base_url, session=session) as client,
    ):
        assert await read(client) == 1
        with pytest.raises(APIError, match="HTTP 302"):
            await read(client)
    assert len(server.arrived) == 2


async def test_waiting_for_a_connection_is_part_of_the_timeout_for_one() -> None:
    async with (
        raw_server(Answer(then="stall")) as server,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session,
        Client(
            TOKEN,
            base_url=server.base_url,
            session=session,
            retry=Retry(attempts=1),
            timeout=Timeout(connect=0.1),
        ) as client,
    ):
        first = asyncio.create_task(read(client))
        await until(lambda: len(server.arrived) == 1)
        with pytest.raises(ConnectError):
            await read(client)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    assert len(server.arrived) == 1
