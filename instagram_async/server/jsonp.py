"""JSON for a `<script>` element: the parameter `callback` (reference A, C.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve

from instagram_async.server.era import Era
from instagram_async.server.replies import FLAT, JSON, Reply

_NAME = re.compile(r"[A-Za-z_$][\w$.\[\]]{0,127}", re.ASCII)
SCRIPT = "text/javascript; charset=utf-8"  # of the type nothing is recorded (reference H, 4)


def padded(reply: Reply, query: Mapping[str, str], era: Era) -> Reply:
    """A reply as the call of a function, if the request asks for one.

    Args:
        reply: what to send, written.
        query: the parameters of the request; a `callback` that is no name is ignored.
        era: since 2017 a comment comes first.

    Returns:
        JSON becomes a script with status 200, whatever it was; all else stays as it is.
    """
    name = query.get("callback", "")
    if reply.content_type not in (JSON, FLAT) or not _NAME.fullmatch(name):
        return reply
    body = f"{era.jsonp}{name}(".encode() + reply.body + b")"
    return evolve(reply, status=200, body=body, content_type=SCRIPT)
