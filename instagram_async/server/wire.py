"""How replies leave: whole, in part, or not at all."""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping

from aiohttp import web
from attrs import evolve

from instagram_async.server.pictures import at_home
from instagram_async.server.replies import Reply

_PART = 2048
_NO_LINGER = struct.pack("ii", 1, 0)


def addressed(request: web.Request, reply: Reply) -> Reply:
    """A reply whose pictures are where the request was sent to.

    Args:
        request: what it answers.
        reply: what a world says, with pictures that are nowhere yet.
    """
    return evolve(reply, body=at_home(reply.body, str(request.url.origin())))


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
    response = web.StreamResponse(status=reply.status, headers=headers)
    response.content_length = len(reply.body)
    await response.prepare(request)
    await response.write(reply.body[: min(_PART, len(reply.body) // 2)])


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
