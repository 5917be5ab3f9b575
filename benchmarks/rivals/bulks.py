"""Ways to read many listings at once; each imports only what it needs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from benchmarks.page import SIZE

CONCURRENCY = 32


def merged() -> Callable[[str, int], Awaitable[int]]:
    """`bulk.merge` of a mapping, all of whose listings take turns."""
    from instagram_async import Client, Media, Quota, bulk  # noqa: PLC0415 - only this rival's

    async def read(host: str, listings: int) -> int:
        seen = 0
        async with Client(
            "token", base_url=f"{host}/v1", concurrency=CONCURRENCY, quota=Quota.unlimited()
        ) as client:
            pagers = {key: client.user_recent(key, count=SIZE) for key in range(1, listings + 1)}
            async with bulk.merge(pagers, concurrency=CONCURRENCY) as results:
                async for _, item in results:
                    if not isinstance(item, Media):
                        raise item
                    seen += 1
        return seen

    return read


def bare() -> Callable[[str, int], Awaitable[int]]:
    """A coroutine a listing, gathered, around aiohttp: dicts by `json.loads`, no checks."""
    return _gathered(json.loads)


def bare_orjson() -> Callable[[str, int], Awaitable[int]]:
    """The same with orjson."""
    return _gathered(import_module("orjson").loads)


def _gathered(loads: Callable[[bytes], Any]) -> Callable[[str, int], Awaitable[int]]:
    import aiohttp  # noqa: PLC0415 - only this rival's

    async def read(host: str, listings: int) -> int:
        slots = asyncio.Semaphore(CONCURRENCY)

        async def listing(session: aiohttp.ClientSession, key: int) -> int:
            seen, url = 0, f"{host}/v1/users/{key}/media/recent"
            params = {"access_token": "token", "count": str(SIZE)}
            while True:
                async with slots, session.get(url, params=params) as response:
                    page = loads(await response.read())
                for _ in page["data"]:
                    seen += 1
                max_id = page["pagination"].get("next_max_id")
                if max_id is None:
                    return seen
                params = {**params, "max_id": max_id}

        connector = aiohttp.TCPConnector(limit=CONCURRENCY)
        async with aiohttp.ClientSession(connector=connector) as session:
            keys = range(1, listings + 1)
            return sum(await asyncio.gather(*[listing(session, key) for key in keys]))

    return read


RIVALS = {
    "bulk.merge": merged,
    "aiohttp + gather": bare,
    "the same with orjson": bare_orjson,
}
"""Each makes its way ready, imports and all, and returns it."""
