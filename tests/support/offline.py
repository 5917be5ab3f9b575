"""Clients that send nowhere: a script answers, and time is virtual."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from multidict import CIMultiDict

from instagram_async import Client, Request, Response, Timeout
from instagram_async.testing import ScriptedTransport
from instagram_async.testing.transport import Script
from tests.support.canary import TOKEN
from tests.support.virtual import VirtualClock

START = 1_000_000.0  # where virtual time begins
LIKES = "media/{}/likes"
COMMENTS = "media/{}/comments"

reply = ScriptedTransport.reply


class Line(ScriptedTransport):
    """A scripted transport that keeps when each request left."""

    def __init__(self, *script: Script) -> None:
        super().__init__(list(script))
        self.clock = VirtualClock()
        self.left_at: list[float] = []

    async def send(self, request: Request, timeout: Timeout) -> Response:
        self.left_at.append(self.clock.now() - START)
        return await super().send(request, timeout)


def offline(*script: Script, **options: Any) -> tuple[Client, Line]:
    """A client on virtual time, and the line it sends on."""
    line = Line(*script)
    options.setdefault("clock", line.clock)
    return Client(TOKEN, transport=line, **options), line


def refusal(
    status: int,
    error_type: str = "OAuthRateLimitException",
    message: str = "no",
    *,
    flat: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error in either envelope (reference C.1)."""
    told = {"code": status, "error_type": error_type, "error_message": message}
    body = told if flat else {"meta": told}
    return Response(status, CIMultiDict(headers or {}), json.dumps(body).encode())


def html(status: int) -> Response:
    return Response(status, CIMultiDict(), b"<html>" + str(status).encode() + b"</html>")
