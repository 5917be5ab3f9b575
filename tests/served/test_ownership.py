"""Who closes what, over real sockets: what is ours, and what was lent to us."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import aiohttp
import pytest

from instagram_async import AiohttpTransport, Client, ClientClosedError
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
