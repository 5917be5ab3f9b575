"""Calls of the old client, which block, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from instagram_async.server import LocalInstagram


async def ask(method: Callable[..., Any], *args: Any, **options: Any) -> Any:
    return await asyncio.to_thread(method, *args, **options)


async def pages(method: Callable[..., Any], **options: Any) -> list[Any]:
    return await asyncio.to_thread(lambda: list(method(as_generator=True, **options)))


def last(server: LocalInstagram) -> tuple[str, dict[str, str]]:
    request = server.requests[-1]
    return request.path.removeprefix("/v1/"), request.query
