"""Faults of whole replies: the request was carried out, and what is said is not right."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

from attrs import evolve

from instagram_async.server.faults.fault import Fault
from instagram_async.server.faults.kinds import FaultKind
from instagram_async.server.limiter import Usage
from instagram_async.server.replies import FLAT, Reply

_GZIP = 31  # what zlib calls its format
_HTML = "text/html"
_LOGIN = b"<!DOCTYPE html>\n<html><body><h1>Log in</h1></body></html>\n"
_NO_BLOCK = b"\xff" * 8  # begins with the one type of block that there is not
_REMAINING = "x-ratelimit-remaining"  # in whichever case the era writes it


class Dressed(NamedTuple):
    """A reply with its headers.

    Attributes:
        reply: status and body.
        headers: those of the reply, but those that every HTTP server writes.
    """

    reply: Reply
    headers: dict[str, str]


def retouched(fault: Fault | None, dressed: Dressed, usage: Usage) -> Dressed:
    """What is to be sent instead of a reply.

    Args:
        fault: what happens to the request, `None` if nothing does.
        dressed: what would be sent.
        usage: how much of the limits is used.
    """
    if fault is None:
        return dressed
    act = RETOUCHES.get(fault.kind)
    reply, headers = act(fault, dressed, usage) if act else dressed
    if fault.retry_after is not None:
        headers = headers | {"Retry-After": str(fault.retry_after)}
    return Dressed(reply, headers)


def _truncated(_: Fault, dressed: Dressed, __: Usage) -> Dressed:
    body = dressed.reply.body
    return _with_body(dressed, body[: len(body) // 2])


def _json_as_html(_: Fault, dressed: Dressed, __: Usage) -> Dressed:
    return _with_headers(dressed, {"Content-Type": _HTML})


def _html_as_json(_: Fault, dressed: Dressed, __: Usage) -> Dressed:
    return _with_headers(_with_body(dressed, _LOGIN), {"Content-Type": FLAT})


def _bad_gzip(_: Fault, dressed: Dressed, __: Usage) -> Dressed:
    body, packer = dressed.reply.body, zlib.compressobj(wbits=_GZIP)
    half = packer.compress(body[: len(body) // 2]) + packer.flush(zlib.Z_FULL_FLUSH)
    broken = half + _NO_BLOCK
    return _with_headers(_with_body(dressed, broken), {"Content-Encoding": "gzip"})


def _huge(fault: Fault, dressed: Dressed, _: Usage) -> Dressed:
    return _with_body(dressed, dressed.reply.body.ljust(fault.size))


def _low_remaining(fault: Fault, dressed: Dressed, _: Usage) -> Dressed:
    told = {name: text for name, text in dressed.headers.items() if name.lower() == _REMAINING}
    lower = {name: str(min(int(text), fault.remaining)) for name, text in told.items()}
    return _with_headers(dressed, lower)


def _rate_storm(fault: Fault, dressed: Dressed, usage: Usage) -> Dressed:
    told = {"X-Ratelimit-Limit": str(usage.limit), "X-Ratelimit-Remaining": "0"}
    return _with_headers(dressed, told if fault.rate_headers else {})


def _redirect(_: Fault, dressed: Dressed, __: Usage) -> Dressed:
    return _with_headers(dressed, {"Location": "/accounts/login/"})


def _with_body(dressed: Dressed, body: bytes) -> Dressed:
    return dressed._replace(reply=evolve(dressed.reply, body=body))


def _with_headers(dressed: Dressed, headers: Mapping[str, str]) -> Dressed:
    return dressed._replace(headers={**dressed.headers, **headers})


RETOUCHES: Mapping[FaultKind, Callable[[Fault, Dressed, Usage], Dressed]] = {
    "truncated": _truncated,
    "json_as_html": _json_as_html,
    "html_as_json": _html_as_json,
    "bad_gzip": _bad_gzip,
    "huge": _huge,
    "low_remaining": _low_remaining,
    "rate_storm": _rate_storm,
    "redirect": _redirect,
}
"""The acts of this stage, and the headers of two kinds that answer."""
