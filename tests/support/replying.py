"""A server that knows one operation's path and answers there with what it is given."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from attrs import define, field, frozen

from instagram_async import Client, Pager, Quota, Retry
from tests.support.exchanges import Ask, Exchange

LAST = b'{"pagination":{},"meta":{"code":200},"data":[]}'


@frozen
class Reply:
    """What is sent, with any status; the type is JSON's unless it is a page for people."""

    body: bytes = field(repr=False)
    status: int = 200
    content_type: str = "application/json"


@define(eq=False)
class Desk:
    """What the server says next, and what it was asked."""

    script: deque[Reply] = field(factory=deque)
    queries: list[list[tuple[str, str]]] = field(factory=list)
    lost: list[str] = field(factory=list)


@asynccontextmanager
async def replying(exchange: Exchange) -> AsyncIterator[tuple[Client, Desk]]:
    """A client, and the desk of its server; past its script the server gives empty pages."""
    desk = Desk()
    wanted = f"{exchange.operation.method} /v1/{exchange.path}"

    async def answer(request: web.Request) -> web.Response:
        came = f"{request.method} {request.raw_path.partition('?')[0]}"
        if came != wanted:
            desk.lost.append(came)
            return web.Response(status=404)
        desk.queries.append(list(request.query.items()))
        reply = desk.script.popleft() if desk.script else Reply(LAST)
        return web.Response(body=reply.body, status=reply.status, content_type=reply.content_type)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server(access_log=None)  # it would show the token
    async with server:
        url, once = str(server.make_url("/v1")), Retry(attempts=1)
        quota = Quota.unlimited()
        async with Client("1000.47a0479.e2f1", base_url=url, retry=once, quota=quota) as client:
            yield client, desk
    assert desk.lost == [], f"nothing but {wanted} should have been asked"


async def carried_out(client: Client, ask: Ask) -> Any:
    """A call's result: the entity, or all items."""
    asked = ask(client)
    return await (asked.collect() if isinstance(asked, Pager) else asked)
