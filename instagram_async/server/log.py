"""What arrived at the server, without its secrets."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from attrs import define

_SECRETS = frozenset(
    {"access_token", "authenticity_token", "client_secret", "code", "sig", "verify_token"}
)
_KEPT = 10_000


@define
class Received:
    """One request that arrived.

    Attributes:
        method: such as `GET`.
        path: decoded, such as `/v1/users/self`.
        query: its parameters, those of a form among them, but for tokens, client secrets,
            codes and signatures.
        at: when it arrived, in seconds since 1970 by the server's clock.
        status: what was answered; `None` if nothing was, or not yet.
        seconds: from its first byte until the reply was sent; `None` if it is not over.
    """

    method: str
    path: str
    query: dict[str, str]
    at: float
    status: int | None = None
    seconds: float | None = None


class RequestLog(deque[Received]):
    """The newest requests, oldest first; the oldest give way when there are 10,000.

    Args:
        now: tells the time in seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__(maxlen=_KEPT)
        self._now = now
        self._watchers: list[Callable[[Received], None]] = []

    def arrived(self, request: web.Request, query: Mapping[str, str]) -> Received:
        """Note a request; its status is filled in when it is known."""
        shown = {name: value for name, value in query.items() if name not in _SECRETS}
        received = Received(request.method, request.path, shown, self._now())
        request[_RECEIVED] = received
        self.append(received)
        return received

    def watch(self, tell: Callable[[Received], None]) -> None:
        """Be told of each request that is in the log, as soon as it is over.

        Args:
            tell: takes the request; it should be quick, and must not raise.
        """
        self._watchers.append(tell)

    def over(self, received: Received, seconds: float) -> None:
        """Note that a request is over, answered or cut off."""
        received.seconds = seconds
        for tell in self._watchers:
            tell(received)


_RECEIVED = web.RequestKey("received", Received)


def stopwatch(log: RequestLog) -> type[AbstractAccessLogger]:
    """What aiohttp is to tell of each request that is over.

    Args:
        log: where it is written down.
    """

    class Stopwatch(AbstractAccessLogger):
        def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:  # noqa: ARG002
            received = request.get(_RECEIVED)
            if received is not None:
                log.over(received, time)

    return Stopwatch
