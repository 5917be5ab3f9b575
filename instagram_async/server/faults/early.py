"""Faults that happen before a request is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from instagram_async.server import wire
from instagram_async.server.faults.fault import Fault
from instagram_async.server.faults.kinds import FaultKind

_Act = Callable[[Fault, web.Request, asyncio.Event], Awaitable[web.Response | None]]


async def early(
    fault: Fault | None, request: web.Request, stopping: asyncio.Event
) -> web.Response | None:
    """Let happen what comes first.

    Args:
        fault: what happens to the request, `None` if nothing does.
        request: as it came.
        stopping: set when the server stops, which ends all waiting.

    Returns:
        What is left of a reply if that was the end of it, `None` if the request goes on.
    """
    act = EARLY.get(fault.kind) if fault else None
    return await act(fault, request, stopping) if fault and act else None


async def _stall(_: Fault, request: web.Request, stopping: asyncio.Event) -> web.Response:
    await stopping.wait()
    return wire.reset(request)


async def _delay(fault: Fault, _: web.Request, stopping: asyncio.Event) -> None:
    await wire.pause(fault.seconds, stopping)


async def _reset(_: Fault, request: web.Request, __: asyncio.Event) -> web.Response:
    return wire.reset(request)


async def _close(_: Fault, request: web.Request, __: asyncio.Event) -> web.Response:
    return wire.close(request)


EARLY: Mapping[FaultKind, _Act] = {
    "stall": _stall,
    "delay": _delay,
    "reset_before": _reset,
    "close_before": _close,
}
"""The acts of this stage."""
