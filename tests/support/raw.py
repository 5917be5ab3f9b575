"""A server of raw bytes: it reads requests, keeps them, and answers from a script."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

from attrs import define, field, frozen

Then = Literal["keep", "close", "reset", "stall"]


@frozen
class Answer:
    """Bytes, and what becomes of the connection when they are sent."""

    sent: bytes = b""
    then: Then = "keep"
    pause: float = 0.0  # seconds before


@frozen
class Arrived:
    """One request as it came, and the number of the connection it came on."""

    line: str
    headers: dict[str, str]
    body: bytes
    connection: int


@define(eq=False)
class RawServer:
    """Answers in the order of the script, the last answer again and again."""

    script: deque[Answer]
    base_url: str = ""
    arrived: list[Arrived] = field(factory=list)
    connections: int = 0
    open: dict[asyncio.Task[Any], asyncio.StreamWriter] = field(factory=dict)

    @property
    def lines(self) -> list[str]:
        return [request.line.removesuffix(" HTTP/1.1") for request in self.arrived]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        number = self.connections
        task = asyncio.current_task()
        assert task is not None
        self.open[task] = writer
        try:
            while await self._exchange(reader, writer, number):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            del self.open[task]
            writer.close()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.arrived.append(Arrived(head[0], headers, body, number))
        answer = self.script.popleft() if len(self.script) > 1 else self.script[0]
        await asyncio.sleep(answer.pause)
        writer.write(answer.sent)
        await writer.drain()
        if answer.then == "stall":
            await reader.read()  # until the client leaves
        if answer.then == "reset":
            wire = writer.get_extra_info("socket")
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        return answer.then == "keep"


def http(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole HTTP reply; `length` may promise another size than the body has."""
    size = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
    if not any(line.startswith("Transfer-Encoding") for line in headers):
        head.append(f"Content-Length: {size}")
    return "\r\n".join([*head, "", ""]).encode() + body


@asynccontextmanager
async def raw_server(*script: Answer) -> AsyncIterator[RawServer]:
    """Serve a script on a free port."""
    raw = RawServer(deque(script))
    server = await asyncio.start_server(raw.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    raw.base_url = f"http://{host}:{port}/v1"
    try:
        yield raw
    finally:
        server.close()
        handlers = dict(raw.open)
        for writer in handlers.values():
            writer.transport.abort()
        await asyncio.gather(*handlers)
        await server.wait_closed()  # since 3.12 as long as a connection is kept alive


def refused_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port
