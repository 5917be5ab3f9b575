"""Ways to stream a user's media; each imports only what it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module

from benchmarks.page import SIZE

_PATH = "/v1/users/self/media/recent"
_PARAMS = {"access_token": "token", "count": str(SIZE)}


def ours() -> Callable[[str], int]:
    """`client.user_recent`."""
    from instagram_async import Client, Quota  # noqa: PLC0415 - only this rival's

    async def stream(host: str) -> int:
        seen = 0
        async with Client("token", base_url=f"{host}/v1", quota=Quota.unlimited()) as client:
            async for _ in client.user_recent(count=SIZE):
                seen += 1
        return seen

    return lambda host: asyncio.run(stream(host))


def bare() -> Callable[[str], int]:
    """A loop around aiohttp and orjson: dicts, no checks."""
    import aiohttp  # noqa: PLC0415 - only this rival's

    loads = import_module("orjson").loads

    async def stream(host: str) -> int:
        seen, params = 0, _PARAMS
        async with aiohttp.ClientSession() as session:
            while True:
                async with session.get(host + _PATH, params=params) as response:
                    page = loads(await response.read())
                for _ in page["data"]:
                    seen += 1
                max_id = page["pagination"].get("next_max_id")
                if max_id is None:
                    return seen
                params = {**_PARAMS, "max_id": max_id}

    return lambda host: asyncio.run(stream(host))


def httpx_pydantic() -> Callable[[str], int]:
    """A loop around httpx and pydantic models."""
    httpx = import_module("httpx")
    decode = import_module("benchmarks.rivals.pydantic_models").decode

    async def stream(host: str) -> int:
        seen, params = 0, _PARAMS
        async with httpx.AsyncClient() as session:
            while True:
                response = await session.get(host + _PATH, params=params)
                page = decode(response.content)
                for _ in page.data:
                    seen += 1
                max_id = page.pagination.get("next_max_id")
                if max_id is None:
                    return seen
                params = {**_PARAMS, "max_id": max_id}

    return lambda host: asyncio.run(stream(host))


def python_instagram() -> Callable[[str], int]:
    """python-instagram, pointed at another host; it follows `next_url`."""
    api_class = import_module("instagram.client").InstagramAPI

    def stream(host: str) -> int:
        api_class.protocol, _, api_class.host = host.partition("://")
        api = api_class(access_token="token")
        pages = api.user_recent_media(count=SIZE, as_generator=True, max_pages=None)
        seen = 0
        for media, _ in pages:
            for _ in media:
                seen += 1
        return seen

    return stream


RIVALS = {
    "instagram_async": ours,
    "aiohttp + orjson": bare,
    "httpx + pydantic": httpx_pydantic,
    "python-instagram": python_instagram,
}
"""Each makes its way ready, imports and all, and returns it."""
