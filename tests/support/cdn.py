"""Where files are, over real sockets: it keeps what it was asked, and misbehaves as it is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Literal

from aiohttp import web
from attrs import define, evolve, field, frozen

from instagram_async import CarouselItem, Images, Media, Rendition, UserSummary
from tests.support.until import until

JPEG = b"\xff\xd8\xff\xe0"


def jpeg(size: int, seed: int = 0) -> bytes:
    """Bytes that begin as a picture does, and of which no two places look alike."""
    body = b"".join(number.to_bytes(4) for number in range(seed << 20, (seed << 20) + size // 4))
    return (JPEG + body)[:size].ljust(size, b"\0")


@frozen
class File:
    """A file as it is now."""

    body: bytes
    content_type: str = "image/jpeg"
    etag: str | None = '"v1"'
    last_modified: str | None = None


@frozen
class Twist:
    """What is wrong with one reply.

    Attributes:
        status: another status, with `body` and `headers`.
        cut: bytes of the body after which the connection ends.
        how: in what way it does; or the server only stops.
        until: what has to be so before it does. What has arrived when it does and was not taken
            yet is lost.
        pause: seconds before the reply.
        ignores_range: all comes, whatever was asked for.
        chunked: the length is not told.
        headers: others, or in the place of those that would be.
        body: another one.
    """

    status: int | None = None
    cut: int | None = None
    how: Literal["close", "reset", "stall"] = "close"
    until: Callable[[], bool] = lambda: True
    pause: float = 0.0
    ignores_range: bool = False
    chunked: bool = False
    headers: dict[str, str] = field(factory=dict)
    body: bytes | None = None


@frozen
class Asked:
    """A request as it came."""

    target: str
    headers: dict[str, str]

    @property
    def range(self) -> str | None:
        return self.headers.get("range")


@define(eq=False)
class Cdn:
    """Serves files; each request takes a twist from the queue, if there is one."""

    files: dict[str, File] = field(factory=dict)
    twists: deque[Twist] = field(factory=deque)
    usual: Twist = Twist()
    asked: list[Asked] = field(factory=list)
    sent: int = 0
    under_way: int = 0
    most: int = 0
    root: str = ""
    stalled: asyncio.Event = field(factory=asyncio.Event)

    def put(self, path: str, body: bytes, **more: str | None) -> str:
        """Have a file, and say where."""
        self.files[path] = File(body, **more)  # type: ignore[arg-type]
        return self.root + path

    def twist(self, *twists: Twist) -> None:
        self.twists.extend(twists)

    @property
    def ranges(self) -> list[str | None]:
        return [asked.range for asked in self.asked]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append(Asked(request.raw_path, headers))
        twist = self.twists.popleft() if self.twists else self.usual
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(twist.pause)
            return await self._answer(request, twist)
        finally:
            self.under_way -= 1

    async def _answer(self, request: web.Request, twist: Twist) -> web.StreamResponse:
        if twist.status is not None:
            return web.Response(status=twist.status, headers=twist.headers, body=twist.body)
        file = self.files.get(request.path)
        if file is None:
            return web.Response(status=404, text="<h1>Not Found</h1>", content_type="text/html")
        body = file.body if twist.body is None else twist.body
        start, status = 0, 200
        headers = {"Content-Type": file.content_type}
        if file.etag:
            headers["ETag"] = file.etag
        if file.last_modified:
            headers |= {"Last-Modified": file.last_modified}
        wanted = request.headers.get("Range")
        unchanged = request.headers.get("If-Range") in (None, file.etag, file.last_modified)
        if wanted and unchanged and not twist.ignores_range:
            start, status = int(wanted.removeprefix("bytes=").removesuffix("-")), 206
            if start >= len(body):
                return web.Response(status=416, headers={"Content-Range": f"bytes */{len(body)}"})
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        response = web.StreamResponse(status=status, headers=headers | twist.headers)
        if twist.chunked:
            response.enable_chunked_encoding()
        else:
            response.content_length = len(body) - start
        await response.prepare(request)
        cut = len(body) if twist.cut is None else min(len(body), start + twist.cut)
        for at in range(start, cut, 2**15):
            await response.write(body[at : min(cut, at + 2**15)])
        self.sent += cut - start
        if twist.cut is not None:
            await self._end(request, twist)
        return response

    async def _end(self, request: web.Request, twist: Twist) -> None:
        if twist.how == "stall":
            self.stalled.set()
            while request.transport is not None:
                await asyncio.sleep(0.005)
            return
        await until(twist.until)
        transport = request.transport
        if transport is not None:
            transport.abort() if twist.how == "reset" else transport.close()
            await asyncio.sleep(0)


@asynccontextmanager
async def cdn() -> AsyncIterator[Cdn]:
    """Serve files on a free port."""
    made = Cdn()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    made.root = f"http://{host}:{port}"
    try:
        yield made
    finally:
        await runner.cleanup()


def images(url: str, **more: str) -> Images:
    """Renditions, the largest of which is at an address."""
    return Images(
        standard_resolution=Rendition(url=url, width=640, height=640),
        **{name: Rendition(url=at, width=150, height=150) for name, at in more.items()},
    )


def media_of(*urls: str, media_id: str = "64_9") -> Media:
    """A picture, or a carousel of several."""
    made = Media(
        id=media_id,
        created_time=datetime(2015, 9, 12, tzinfo=UTC),
        user=UserSummary(id="9", username="ann"),
        images=images(urls[0]) if urls else None,
    )
    if len(urls) < 2:
        return made
    parts = tuple(CarouselItem(type="image", images=images(url)) for url in urls)
    return evolve(made, type="carousel", carousel_media=parts)
