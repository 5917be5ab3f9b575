"""The one door to aiohttp's client for all that the API is asked.

It sends every request exactly once, follows no redirect, and lets no exception of
aiohttp out: those hold the URL, and with it the token, in their text and frames.
"""

from __future__ import annotations

import asyncio
import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote

import aiohttp
from yarl import URL

from instagram_async._version import __version__
from instagram_async.errors import ConnectError, TransportError
from instagram_async.transport import Pairs, Request, Response, Timeout

if TYPE_CHECKING:
    from aiohttp import ClientHandlerType, ClientRequest, ClientResponse

_FORM = "application/x-www-form-urlencoded"
_UNRESERVED = re.compile(r"[A-Za-z0-9_.~-]*")
_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,  # a proxy that opens no tunnel
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class _LostError(Exception):
    """A connection that broke; no subclass of what aiohttp takes for a reason to resend."""


class _TooLargeError(Exception):
    """A body over the cap."""


class _Connector(aiohttp.TCPConnector):
    """Connections that a forked child may forget without ending those of its parent."""

    pid: int | None = None

    def __del__(self, *warnings: Any) -> None:
        # Closing takes the sockets out of the parent's epoll, which a child shares.
        if self.pid == os.getpid():
            super().__del__(*warnings)


class AiohttpTransport:
    """Carries requests with aiohttp.

    Args:
        concurrency: how many connections may be open at once.
        max_bytes: largest body accepted, in bytes, after decompression.
        user_agent: value of the `User-Agent` header.
        session: a session to borrow; it keeps its proxy, TLS settings and cookies and is
            never closed here. What its own tracing sees is its owner's affair, and its own
            client middlewares are not run.

    Example:
        >>> transport = AiohttpTransport(concurrency=4)
    """

    def __init__(
        self,
        *,
        concurrency: int = 16,
        max_bytes: int = 32 * 2**20,
        user_agent: str | None = None,
        session: aiohttp.ClientSession | None = None,
    ) -> None:
        self._concurrency = concurrency
        self._max_bytes = max_bytes
        self._headers = {
            "Accept": "application/json",
            "User-Agent": user_agent or f"instagram_async/{__version__}",
        }
        self._owns = session is None
        self._session = session
        self._pid: int | None = None
        self._closed = False

    async def send(self, request: Request, timeout: Timeout) -> Response:
        """Send a request exactly once and read the whole reply.

        Args:
            request: what to send.
            timeout: limits of this attempt, in seconds.

        Returns:
            The reply, whatever its status.

        Raises:
            ConnectError: no connection could be made, nothing was sent.
            TransportError: the connection broke, timed out or held too much.
            RuntimeError: the session was borrowed, and its owner has closed it.
        """
        outcome = await self._exchange(self._opened(), request, timeout)
        if isinstance(outcome, Response):
            return outcome
        # Outside every `except` block, so that no frame of aiohttp hangs on the error.
        raise outcome

    async def close(self) -> None:
        """Close the session, unless it was borrowed, or is that of a forked child's parent."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None and self._owns:
            if self._pid == os.getpid():
                await session.close()
            else:
                session.detach()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a transport can't be copied or pickled: make one in each process")

    async def _exchange(
        self, session: aiohttp.ClientSession, request: Request, timeout: Timeout
    ) -> Response | TransportError | asyncio.CancelledError:
        try:
            async with session.request(
                request.method,
                URL(f"{request.url}?{_encode(request.query)}".rstrip("?"), encoded=True),
                data=None if request.form is None else _encode(request.form).encode(),
                headers=self._headers_of(request),
                timeout=client_timeout(timeout),
                allow_redirects=False,
                raise_for_status=False,
                middlewares=(_once,),
            ) as response:
                return Response(response.status, response.headers, await self._read(response))
        except asyncio.CancelledError as cancelled:
            return asyncio.CancelledError(*cancelled.args)
        except _TooLargeError:
            return TransportError(f"the reply is larger than {self._max_bytes} bytes")
        except Exception as error:  # noqa: BLE001 - frames of any of them hold the token
            return failure(error, timeout)

    def _opened(self) -> aiohttp.ClientSession:
        if self._closed:
            raise ConnectError("the transport is closed")
        if self._session is None:
            # Once glibc has freed a block of this size, replies are read into memory that it
            # has, and not each into new pages of the kernel's.
            bytearray(2**20)
            self._pid = os.getpid()
            self._session = bare_session(self._concurrency)
        if self._session.closed:
            raise RuntimeError("the aiohttp session is closed")
        return self._session

    def _headers_of(self, request: Request) -> dict[str, str]:
        headers = {**self._headers, **request.headers}
        if request.form is not None:
            headers["Content-Type"] = _FORM
        return headers

    async def _read(self, response: ClientResponse) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := await response.content.readany():
            size += len(part)
            if size > self._max_bytes:
                raise _TooLargeError
            parts.append(part)
        return b"".join(parts)


def bare_session(concurrency: int) -> aiohttp.ClientSession:
    """A session without cookies.

    Args:
        concurrency: how many connections may be open at once.
    """
    connector = _Connector(limit=concurrency)
    connector.pid = os.getpid()
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


def failure(error: Exception, timeout: Timeout) -> TransportError:
    """What became of a request, without anything of aiohttp's own error.

    Args:
        error: what aiohttp raised.
        timeout: the limits that the request had.
    """
    if isinstance(error, _NEVER_SENT):
        why = getattr(getattr(error, "os_error", None), "strerror", None)
        return ConnectError(f"no connection: {why or type(error).__name__}")
    if isinstance(error, TimeoutError):
        kind = "read" if isinstance(error, aiohttp.SocketTimeoutError) else "total"
        seconds = timeout.read if kind == "read" else timeout.total
        return TransportError(f"no whole reply within {seconds:g} s ({kind} timeout)")
    if isinstance(error, _LostError):
        return TransportError(f"connection lost: {error}")
    return TransportError(f"no whole reply: {type(error).__name__}")


async def _once(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    # aiohttp resends GET and DELETE by itself after these two; nobody booked that request.
    try:
        return await handler(request)
    except _NEVER_SENT:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        lost = type(error).__name__
    raise _LostError(lost)


def _encode(pairs: Pairs) -> str:
    return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in pairs])


def _quoted(text: str) -> str:
    return text if _UNRESERVED.fullmatch(text) else quote(text, safe="")


@lru_cache(maxsize=16)
def client_timeout(timeout: Timeout) -> aiohttp.ClientTimeout:
    """Our limits in aiohttp's words."""
    return aiohttp.ClientTimeout(
        connect=timeout.connect, sock_read=timeout.read, total=timeout.total
    )
