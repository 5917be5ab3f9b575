"""How replies leave: whole, in part, or not at all."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web
from attrs import evolve

from instagram_async.server.era import Era
from instagram_async.server.pictures import at_home
from instagram_async.server.replies import Reply

_PART = 2048
_NO_LINGER = struct.pack("ii", 1, 0)
_FEWEST = 4  # parts of a reply that drips


class Pace(NamedTuple):
    """How fast a reply drips.

    Attributes:
        size: bytes of a part.
        seconds: the pause between two of them.
        stopping: set when the server stops.
    """

    size: int
    seconds: float
    stopping: asyncio.Event


def addressed(request: web.Request, reply: Reply, era: Era) -> Reply:
    """A reply whose pictures are where the request was sent to.

    Args:
        request: what it answers.
        reply: what a world says, written, with pictures that are nowhere yet.
        era: in whose JSON.
    """
    return evolve(reply, body=at_home(reply.body, str(request.url.origin()), era))


def whole(request: web.Request, reply: Reply, headers: Mapping[str, str]) -> web.Response:
    """The response that sends a reply.

    Args:
        request: what it answers.
        reply: what to send.
        headers: what goes with it.
    """
    response = web.Response(status=reply.status, body=reply.body, headers=headers)
    if request.keep_alive:
        response.headers["Connection"] = "keep-alive"
    return response


async def part(request: web.Request, reply: Reply, headers: Mapping[str, str]) -> None:
    """Send the headers of a reply and the beginning of its body.

    Args:
        request: what it answers.
        reply: what to send; `Content-Length` tells the whole of it.
        headers: what goes with it.
    """
    response = await _begun(request, reply, headers)
    await response.write(reply.body[: min(_PART, len(reply.body) // 2)])


def half_of_the_headers(request: web.Request, reply: Reply, headers: Mapping[str, str]) -> None:
    """Send the status line of a reply and headers up to the middle of one of them.

    Args:
        request: what it answers.
        reply: what would have been sent.
        headers: what goes with it.
    """
    if request.transport is not None:
        lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        head = "\r\n".join(lines)
        request.transport.write(head[: (len(lines[0]) + len(head)) // 2].encode())


async def drip(
    request: web.Request, reply: Reply, headers: Mapping[str, str], pace: Pace
) -> web.StreamResponse:
    """Send the headers of a reply, then its body bit by bit.

    Args:
        request: what it answers.
        reply: what to send.
        headers: what goes with it.
        pace: how fast; a short body comes in smaller parts.

    Returns:
        The response; the connection is reset if the server stops meanwhile.
    """
    response = await _begun(request, reply, headers)
    size = max(1, min(pace.size, len(reply.body) // _FEWEST))
    for at in range(0, len(reply.body), size):
        await pause(pace.seconds, pace.stopping)
        if pace.stopping.is_set():
            return reset(request)
        await response.write(reply.body[at : at + size])
    return response


async def pause(seconds: float, stopping: asyncio.Event) -> None:
    """Wait, but not when the server stops."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), seconds)


def close(request: web.Request) -> web.Response:
    """Close the connection behind what was sent, so that the client meets an end.

    Args:
        request: whose connection.

    Returns:
        A response for the caller to return; it can no longer be sent.
    """
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def reset(request: web.Request) -> web.Response:
    """Reset the connection, so that the client meets a TCP reset and not an end.

    Args:
        request: whose connection.

    Returns:
        A response for the caller to return; it can no longer be sent.
    """
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        transport.abort()
    return web.Response()


async def _begun(
    request: web.Request, reply: Reply, headers: Mapping[str, str]
) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=headers)
    response.content_length = len(reply.body)
    await response.prepare(request)
    return response
