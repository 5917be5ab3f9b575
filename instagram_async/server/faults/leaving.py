"""Faults of replies on their way: the request was carried out, and the bytes do not arrive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from attrs import frozen

from instagram_async.server import wire
from instagram_async.server.faults.fault import Fault
from instagram_async.server.faults.kinds import FaultKind
from instagram_async.server.faults.retouching import Dressed
from instagram_async.server.log import Received


@frozen
class Departure:
    """A reply that is to leave.

    Attributes:
        request: what it answers.
        received: where its status is written down.
        dressed: the reply with its headers.
        stopping: set when the server stops, which ends all waiting.
    """

    request: web.Request
    received: Received
    dressed: Dressed
    stopping: asyncio.Event


async def leave(fault: Fault | None, departure: Departure) -> web.StreamResponse:
    """Send a reply.

    Args:
        fault: what happens to the request, `None` if nothing does.
        departure: what is to be sent.

    Returns:
        What is still to be sent of it.
    """
    departure.received.status = departure.dressed.reply.status
    act = LEAVING.get(fault.kind) if fault else None
    if fault and act:
        return await act(fault, departure)
    return wire.whole(departure.request, *departure.dressed)


async def _lost(_: Fault, departure: Departure) -> web.StreamResponse:
    departure.received.status = None
    return wire.reset(departure.request)


async def _reset_after(_: Fault, departure: Departure) -> web.StreamResponse:
    await wire.part(departure.request, *departure.dressed)
    return wire.reset(departure.request)


async def _cut_headers(fault: Fault, departure: Departure) -> web.StreamResponse:
    wire.half_of_the_headers(departure.request, *departure.dressed)
    return _end(fault, departure)


async def _cut_body(fault: Fault, departure: Departure) -> web.StreamResponse:
    await wire.part(departure.request, *departure.dressed)
    return _end(fault, departure)


async def _drip(fault: Fault, departure: Departure) -> web.StreamResponse:
    pace = wire.Pace(fault.size, fault.seconds, departure.stopping)
    return await wire.drip(departure.request, *departure.dressed, pace)


def _end(fault: Fault, departure: Departure) -> web.StreamResponse:
    end = wire.reset if fault.ending == "reset" else wire.close
    return end(departure.request)


LEAVING: Mapping[FaultKind, Callable[[Fault, Departure], Awaitable[web.StreamResponse]]] = {
    "lost_reply": _lost,
    "reset_after": _reset_after,
    "cut_headers": _cut_headers,
    "cut_body": _cut_body,
    "drip": _drip,
}
"""The acts of this stage."""
