"""Serves pages of media: `python -m benchmarks.inside.serve world FILE`, or `bare PAGE`.

It prints where, and how long it took to be ready, as a line of JSON. After each line of its
input it prints the CPU seconds that it has used; at the end of its input it stops.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from instagram_async.server import LocalInstagram, World

_NO_LIMIT = 10**9  # counted all the same


@asynccontextmanager
async def _world(file: str) -> AsyncIterator[str]:
    with World.open(file) as world:
        async with LocalInstagram(world, limit=_NO_LIMIT) as server:
            url = f"{server.base_url}/users/self/media/recent?count=33"
            yield f"{url}&access_token={server.access_token()}"


@asynccontextmanager
async def _bare(page: str) -> AsyncIterator[str]:
    body = await asyncio.to_thread(Path(page).read_bytes)

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json", charset="utf-8")

    application = web.Application()
    application.router.add_get("/v1/users/{id}/media/recent", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}/v1/users/self/media/recent?count=33&access_token=none"
    finally:
        await runner.cleanup()


async def _main(kind: str, path: str) -> None:
    started = time.perf_counter()
    async with (_world if kind == "world" else _bare)(path) as url:
        print(json.dumps([url, time.perf_counter() - started]), flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(time.process_time(), flush=True)


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
