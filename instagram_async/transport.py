"""The seam below the session: bytes out, bytes in, and no idea of any protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from attrs import field, frozen, validators

Pairs = tuple[tuple[str, str], ...]
"""Parameters as they travel: names and raw values, in order, not percent-encoded."""


@frozen
class Timeout:
    """How long one attempt may take; waiting for quota is not part of it.

    Attributes:
        connect: seconds to make a connection.
        read: seconds between two pieces of the reply.
        total: seconds for the whole attempt.

    Example:
        >>> Timeout(total=5).read
        30
    """

    connect: float = field(default=10, validator=validators.gt(0))
    read: float = field(default=30, validator=validators.gt(0))
    total: float = field(default=60, validator=validators.gt(0))


@frozen
class Request:
    """A request ready to be sent; its text shows neither its parameters nor its headers.

    Attributes:
        method: `GET`, `POST` or `DELETE`.
        url: scheme, host and percent-encoded path, without a query.
        query: the query's parameters.
        form: the parameters of a form body, `None` for a request without a body.
        headers: headers besides those that the transport sets.

    Example:
        >>> Request("GET", "http://127.0.0.1/v1/users/self", query=(("access_token", "t"),))
        Request(method='GET', url='http://127.0.0.1/v1/users/self')
    """

    method: str
    url: str
    query: Pairs = field(default=(), repr=False)
    form: Pairs | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False, hash=False)


@frozen
class Response:
    """A reply as it came; its text shows the status alone.

    Attributes:
        status: the HTTP status.
        headers: names in any case; look-ups must not care about it.
        body: the whole body.

    Example:
        >>> Response(200, {}, b"{}")
        Response(status=200)
    """

    status: int
    headers: Mapping[str, str] = field(repr=False, hash=False)
    body: bytes = field(repr=False)


class Tally:
    """Counts the requests that one iteration has cost, attempts that failed included."""

    __slots__ = ("requests",)

    def __init__(self) -> None:
        self.requests = 0


class Transport(Protocol):
    """What carries requests; `AiohttpTransport` unless you hand in your own.

    Example:
        >>> class Offline:
        ...     async def send(self, request: Request, timeout: Timeout) -> Response:
        ...         return Response(503, {}, b"")
        ...
        ...     async def close(self) -> None: ...
    """

    async def send(self, request: Request, timeout: Timeout) -> Response:
        """Send a request exactly once and read the whole reply.

        Args:
            request: what to send; redirects are not followed.
            timeout: limits of this attempt.

        Returns:
            The reply, whatever its status.

        Raises:
            ConnectError: nothing was sent.
            TransportError: something may have been sent, and no whole reply came.
        """
        ...

    async def close(self) -> None:
        """Give back what is held; a second call does nothing."""
        ...
