"""The door to where files are: it knows no token, no cookie and no API.

It sends a request once, follows no redirect and lets no exception of aiohttp out, since those
hold the address.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from aiohttp import ClientSession

from instagram_async._version import __version__
from instagram_async.aiohttp_door import bare_session, client_timeout, failure
from instagram_async.downloads.addresses import Address
from instagram_async.transport import Timeout

if TYPE_CHECKING:
    from instagram_async.errors import TransportError

__all__ = ["ClientSession", "Door", "Receiver"]

_HEADERS = {
    "Accept": "image/*, video/*",
    "Accept-Encoding": "identity",  # bytes are counted, and asked for by their number
    "User-Agent": f"instagram_async/{__version__}",
}


class Receiver(Protocol):
    """What takes a reply."""

    async def begins(self, status: int, headers: Mapping[str, str]) -> bool:
        """Take its head.

        Returns:
            Whether the body is wanted.
        """
        ...

    async def takes(self, data: bytes) -> bool:
        """Take some of its body.

        Returns:
            Whether more is wanted.
        """
        ...


class Door:
    """Asks for files.

    Args:
        concurrency: how many connections may be open at once.
        session: a session to borrow, with its proxy and TLS settings; never closed. Cookies and
            headers of its own go with it, and are its owner's affair; its client middlewares are
            not run.
    """

    def __init__(self, concurrency: int, session: ClientSession | None) -> None:
        self._concurrency = concurrency
        self._borrowed = session
        self._own: ClientSession | None = None

    async def get(
        self, address: Address, headers: Mapping[str, str], timeout: Timeout, receiver: Receiver
    ) -> TransportError | asyncio.CancelledError | None:
        """Ask for a file once.

        Args:
            address: where it is.
            headers: which part of it.
            timeout: limits of this request, in seconds.
            receiver: takes what comes; it does not raise.

        Returns:
            `None` if the reply came to its end, or to where nobody wanted more. Errors and a
            cancellation are returned, so that no frame of aiohttp's hangs on them.

        Raises:
            RuntimeError: the session was borrowed, and its owner has closed it.
        """
        session = self._opened()
        try:
            async with session.get(
                address.url,
                headers={**_HEADERS, **headers},
                timeout=client_timeout(timeout),
                allow_redirects=False,
                raise_for_status=False,
                middlewares=(),
            ) as response:
                if await receiver.begins(response.status, response.headers):
                    while data := await response.content.readany():
                        if not await receiver.takes(data):
                            break
                return None
        except asyncio.CancelledError as cancelled:
            return asyncio.CancelledError(*cancelled.args)
        except Exception as error:  # noqa: BLE001 - frames of any of them hold the address
            return failure(error, timeout)

    async def close(self) -> None:
        """Close the session, unless it was borrowed."""
        own, self._own = self._own, None
        if own is not None:
            await own.close()

    def _opened(self) -> ClientSession:
        if self._borrowed is None and self._own is None:
            self._own = bare_session(self._concurrency)
        session = self._borrowed or self._own
        if session is None or session.closed:
            raise RuntimeError("the aiohttp session is closed")
        return session
