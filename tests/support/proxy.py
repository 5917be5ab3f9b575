"""A forward proxy, and a door with TLS, before a server that has neither."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from attrs import define, field
from yarl import URL

_TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"


@define(eq=False)
class Proxy:
    """Opens tunnels, and hands on plain requests; keeps what it saw of each of them."""

    refusal: bytes | None = None  # the reply to all
    url: str = ""
    heads: list[str] = field(factory=list)
    tunnelled: bytearray = field(factory=bytearray)  # what clients sent through

    @property
    def lines(self) -> list[str]:
        return [head.partition("\r\n")[0] for head in self.heads]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head.decode())
        method, target, _ = self.lines[-1].split(" ")
        if self.refusal is not None:
            writer.write(self.refusal)
            writer.write_eof()
        elif method == "CONNECT":
            there = await asyncio.open_connection(*target.split(":"))
            writer.write(_TUNNEL)
            await _join((reader, writer), there, self.tunnelled)
        else:
            url = URL(target, encoded=True)
            there = await asyncio.open_connection(url.host, url.port)
            # One request a connection, so that each is seen.
            plain = head.replace(target.encode(), url.raw_path_qs.encode(), 1)
            there[1].write(re.sub(rb"\r\n\r\n$", b"\r\nConnection: close\r\n\r\n", plain))
            await _join((reader, writer), there)


@asynccontextmanager
async def proxy(refusal: bytes | None = None) -> AsyncIterator[Proxy]:
    """A proxy on a free port."""
    made = Proxy(refusal)
    async with _listening(made.serve) as port:
        made.url = f"http://127.0.0.1:{port}"
        yield made


@asynccontextmanager
async def tls_door(base_url: str, context: ssl.SSLContext) -> AsyncIterator[str]:
    """The same server behind TLS; gives its base URL."""
    inner = URL(base_url)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _join((reader, writer), await asyncio.open_connection(inner.host, inner.port))

    async with _listening(serve, context) as port:
        yield str(inner.with_scheme("https").with_host("localhost").with_port(port))


_Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _join(here: _Wire, there: _Wire, seen: bytearray | None = None) -> None:
    """Hand on bytes both ways until both have ended."""
    try:
        await asyncio.gather(_pipe(here[0], there[1], seen), _pipe(there[0], here[1]))
    finally:
        there[1].close()


async def _pipe(
    source: asyncio.StreamReader, goal: asyncio.StreamWriter, seen: bytearray | None = None
) -> None:
    while part := await source.read(65536):
        if seen is not None:
            seen += part
        goal.write(part)
        await goal.drain()
    goal.close()


_Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


@asynccontextmanager
async def _listening(serve: _Serve, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Listen on a free port; whoever is connected at the end is let go."""
    running = set[asyncio.Task[Any]]()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            pass  # somebody has left
        finally:
            running.discard(task)
            writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await server.wait_closed()
