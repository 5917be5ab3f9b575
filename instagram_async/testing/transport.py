"""A transport that answers from a script."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from instagram_async.testing import replies
from instagram_async.transport import Request, Response, Timeout

Script = Response | Exception | Callable[[Request], Response]
"""One answer: a response, an exception to raise, or a function that makes the response."""


class ScriptedTransport:
    """Answers each request with the next thing of its script, and keeps the requests.

    `reply`, `page` and `refusal` write what a script is made of.

    Args:
        script: what to answer with, in order; see `Script`.

    Attributes:
        requests: what was sent, in order. Their text hides the parameters; the parameters
            themselves are in `query` and `form`.
        timeouts: the limits that came with each of them.

    Example:
        >>> from instagram_async import Client
        >>> transport = ScriptedTransport([ScriptedTransport.reply({"name": "snow"})])
        >>> client = Client("token", transport=transport)
    """

    def __init__(self, script: Iterable[Script] = ()) -> None:
        self.requests: list[Request] = []
        self.timeouts: list[Timeout] = []
        self._script: deque[Script] = deque(script)

    def __repr__(self) -> str:
        return f"ScriptedTransport(requests={len(self.requests)}, left={len(self._script)})"

    reply = staticmethod(replies.reply)
    page = staticmethod(replies.page)
    refusal = staticmethod(replies.refusal)

    def add(self, *steps: Script) -> None:
        """Put more at the end of the script.

        Example:
            >>> transport = ScriptedTransport()
            >>> transport.add(ScriptedTransport.reply({"name": "snow"}))
            >>> transport
            ScriptedTransport(requests=0, left=1)
        """
        self._script.extend(steps)

    async def send(self, request: Request, timeout: Timeout) -> Response:
        """Answer with the next thing of the script.

        Args:
            request: kept in `requests`.
            timeout: kept in `timeouts`.

        Returns:
            The response, at once.

        Raises:
            AssertionError: the script is at its end.
            TypeError: a step of the script gives no response.
        """
        self.requests.append(request)
        self.timeouts.append(timeout)
        if not self._script:
            raise AssertionError(f"nothing left in the script for {request}")
        step = self._script.popleft()
        if isinstance(step, Exception):
            raise step
        given: object = step(request) if callable(step) else step
        if not isinstance(given, Response):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"a script gives a Response for {request}, not {given!r:.80}")
        return given

    async def close(self) -> None:
        """Do nothing: there is nothing to give back."""
