"""A server that costs next to nothing, in a process of its own.

`python -m benchmarks.server 300 0.05` prints its port and answers every listing of user media
with 300 pages, each after 0.05 seconds, until its input ends. There is no limit on requests.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

from benchmarks.beside import beside
from benchmarks.page import number_behind, numbered, template

_HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
    "X-Ratelimit-Limit: 5000\r\nX-Ratelimit-Remaining: 4999\r\nContent-Length: {}\r\n\r\n"
)


@contextmanager
def served(pages: int, latency: float = 0.0) -> Iterator[str]:
    """Run the server in another process.

    Args:
        pages: how long its listing is.
        latency: seconds from a request to its reply.

    Yields:
        Its scheme, host and port.
    """
    with beside("benchmarks.server", pages, latency) as server:
        yield f"http://127.0.0.1:{server.says()}"


class _Connection(asyncio.Protocol):
    def __init__(self, pages: int, latency: float, page: bytes) -> None:
        self._pages = pages
        self._latency = latency
        self._page = page
        self._got = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._transport is None or not self._got.endswith(b"\r\n\r\n"):
            return
        target = self._got.split(b" ", 2)[1].decode()
        self._got = b""
        asked = parse_qs(target.partition("?")[2])
        number = number_behind(asked["max_id"][0]) if "max_id" in asked else 0
        host, port = self._transport.get_extra_info("sockname")
        is_last = number + 1 >= self._pages
        body = numbered(self._page, number, f"http://{host}:{port}", is_last=is_last)
        reply = _HEAD.format(len(body)).encode() + body
        if self._latency:
            asyncio.get_running_loop().call_later(self._latency, self._transport.write, reply)
        else:
            self._transport.write(reply)


async def _main(pages: int, latency: float) -> None:
    loop = asyncio.get_running_loop()
    page = template()
    server = await loop.create_server(lambda: _Connection(pages, latency, page), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), float(sys.argv[2])))
