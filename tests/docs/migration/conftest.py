"""One server for both clients; these tests need the extra `bench`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from instagram_async import Client
from instagram_async.server import LocalInstagram
from tests.support.listings import ALL_SCOPES
from tests.support.migration_sides import Sides
from tests.support.old_client import busy_world, old_class


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.query["hub.challenge"])

    told = web.Application()
    told.router.add_get("/told", answer)
    runner = web.AppRunner(told)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with (
        LocalInstagram(busy_world()) as server,
        Client(server.access_token(scope=ALL_SCOPES), base_url=server.base_url) as client,
        Client(client_id=server.client_id, base_url=server.base_url) as app,
    ):
        port = runner.addresses[0][1]
        yield Sides(server, client, app, f"http://127.0.0.1:{port}/told")
    await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(busy_world()) as server:
        yield server


@pytest.fixture
def api(server: LocalInstagram) -> Any:
    return old_class(server)(access_token=server.access_token(scope=ALL_SCOPES))
