"""A transport that answers from a script."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from multidict import CIMultiDict

from instagram_async.transport import Request, Response, Timeout

Script = Response | Exception | Callable[[Request], Response]


class ScriptedTransport:
    """Answers each request with the next thing of its script, and keeps the requests.

    Args:
        script: what to answer with: a response, an exception to raise, or a function of
            the request.

    Attributes:
        requests: what was sent, in order. Their text hides the parameters; the parameters
            themselves are there.

        timeouts: the limits that came with each of them.

    Example:
        >>> from instagram_async import Client
        >>> transport = ScriptedTransport([ScriptedTransport.reply({"name": "snow"})])
        >>> client = Client("token", transport=transport)
    """

    def __init__(self, script: list[Script] | None = None) -> None:
        self.requests: list[Request] = []
        self.timeouts: list[Timeout] = []
        self._script: deque[Script] = deque(script or [])

    @staticmethod
    def reply(
        data: Any,
        *,
        pagination: Mapping[str, Any] | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """An ordinary reply of v1.

        Args:
            data: what stands under `data`.
            pagination: what stands under `pagination`, left out if not given.
            status: the HTTP status, and the code in `meta`.
            headers: the headers; look-ups do not care about case.

        Returns:
            The response.
        """
        body: dict[str, Any] = {"meta": {"code": status}, "data": data}
        if pagination is not None:
            body = {"pagination": dict(pagination), **body}
        return Response(status, CIMultiDict(headers or {}), json.dumps(body).encode())

    def add(self, *steps: Script) -> None:
        """Put more at the end of the script."""
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
        """
        self.requests.append(request)
        self.timeouts.append(timeout)
        if not self._script:
            raise AssertionError(f"nothing left in the script for {request}")
        step = self._script.popleft()
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, Response) else step(request)

    async def close(self) -> None:
        """Do nothing: there is nothing to give back."""
