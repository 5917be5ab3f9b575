"""The OpenAPI document that the server shows of itself."""

from __future__ import annotations

import aiohttp
from yarl import URL

from instagram_async.server import LocalInstagram
from instagram_async.v1.openapi import document
from tests.served.server_helpers import get


async def test_the_document_stands_beside_the_api_for_everybody() -> None:
    async with LocalInstagram(limit=1) as server, aiohttp.ClientSession() as session:
        address = URL(server.base_url).with_path("/openapi.json")
        for _ in range(2):  # no limit counts it
            async with session.get(address) as response:
                assert (response.status, response.content_type) == (200, "application/json")
                assert await response.json() == document(server.base_url)
        told = document(server.base_url)
        assert told["servers"] == [{"url": server.base_url}]
        (newest,) = list(server.requests)[-1:]
        assert (newest.method, newest.path, newest.status) == ("GET", "/openapi.json", 200)
        assert (await get(server, "users/self")).status == 200


async def test_the_document_can_only_be_read() -> None:
    async with (
        LocalInstagram() as server,
        aiohttp.ClientSession() as session,
        session.post(URL(server.base_url).with_path("/openapi.json")) as response,
    ):
        assert (response.status, response.content_type) == (404, "text/html")
