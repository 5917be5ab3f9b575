"""Replies as bytes and headers (reference C)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from attrs import evolve, field, frozen

from instagram_async.server.era import DEFAULT, Era
from instagram_async.server.pictures import folded
from instagram_async.server.written import Written

JSON = "application/json; charset=utf-8"
FLAT = "application/json"
_HTML = "text/html"
_SMALL = 200
_MARK, _MARKED = "\0items\0", b'"\\u0000items\\u0000"'

# Texts of 502 and 503 as recorded; the others are in their manner (reference C.4).
_PAGES = {
    400: ("Bad Request", "Your browser sent an invalid request."),
    404: ("Not Found", "Sorry, this page isn&#39;t available."),
    500: ("Internal Server Error", "An unhandled exception was thrown by the application."),
    502: ("Bad Gateway", "The server returned an invalid or incomplete response."),
    503: ("Service Unavailable", "No server is available to handle this request."),
    504: ("Gateway Time-out", "The server didn't respond in time."),
}


@frozen
class Reply:
    """What is to be sent.

    Attributes:
        status: the HTTP status.
        body: the bytes; they may hold a token in `next_url`.
        content_type: the header of that name.
        told: what the body is to say in the JSON of an era, `None` if it is written.
    """

    status: int
    body: bytes = field(default=b"", repr=False)
    content_type: str = JSON
    told: Mapping[str, Any] | None = field(default=None, repr=False)


class RefusedError(Exception):
    """A request that is answered with an error; raised anywhere below the desk.

    Attributes:
        reply: what to send.
    """

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def encode(value: Mapping[str, Any], era: Era = DEFAULT) -> bytes:
    r"""JSON as an era wrote it, always ASCII (reference 0), with its pictures `folded`.

    Args:
        value: what to write, in the order of its keys.
        era: that of 2015 is compact, with `\/` and `\u0026`.

    Example:
        >>> encode({"link": "a/b"})
        b'{"link":"a\\/b"}'
    """
    data = value.get("data")
    listed = cast("list[object]", data) if isinstance(data, list) else []
    is_written = era.separators == DEFAULT.separators and era.escapes == DEFAULT.escapes
    if not (is_written and any(type(one) is Written for one in listed)):
        return _json(value, era)
    # What is written is not written again.
    items = b",".join([one.text if type(one) is Written else _json(one, era) for one in listed])
    head, _, end = _json({**value, "data": _MARK}, era).partition(_MARKED)
    return b"".join((head, b"[", items, b"]", end))


def _json(value: object, era: Era) -> bytes:
    text = json.dumps(value, separators=era.separators, default=dict)
    return folded(text.replace("/", "\\/").replace("&", "\\u0026") if era.escapes else text, era)


def write(reply: Reply, era: Era) -> Reply:
    """A reply with its body written; one that has a body already stays as it is.

    Args:
        reply: what to write.
        era: in whose JSON, with the keys in whose order.
    """
    if reply.told is None:
        return reply
    told = {key: reply.told[key] for key in era.order if key in reply.told} or reply.told
    meta = told.get("meta", {})
    if era.code_first and "error_type" in meta:
        told = {"meta": {"code": meta["code"], **meta}}
    return evolve(reply, body=encode(told, era), told=None)


def refusal(
    error_type: str | None, message: str, *, code: int = 400, status: int | None = None
) -> Reply:
    """An error in the `meta` envelope (reference C.1, first kind).

    Args:
        error_type: its name, from reference C.2; `None` if it has none.
        message: its exact words.
        code: what the body says.
        status: what the status line says, `None` for the same.
    """
    kind = {} if error_type is None else {"error_type": error_type}
    meta = {**kind, "code": code, "error_message": message}
    return Reply(status or code, told={"meta": meta})


def flat(error_type: str | None, message: str, *, code: int, status: int | None = None) -> Reply:
    """An error in the flat envelope (reference C.1, second kind).

    Args:
        error_type: its name, from reference C.2; `None` if it has none.
        message: its exact words.
        code: what the body says.
        status: what the status line says, `None` for the same.
    """
    kind = {} if error_type is None else {"error_type": error_type}
    body = {"code": code, **kind, "error_message": message}
    return Reply(status or code, content_type=FLAT, told=body)


def page(status: int) -> Reply:
    """An error as HTML (reference C.4).

    Args:
        status: 400, 404, or one of the 5xx that reference C.4 lists.
    """
    title, text = _PAGES[status]
    html = f"<html><body><h1>{status} {title}</h1>\n{text}\n</body></html>\n"
    return Reply(status, html.encode(), _HTML)


def empty(status: int) -> Reply:
    """A status without a body (reference C.4).

    Args:
        status: the HTTP status.
    """
    return Reply(status, b"", _HTML)


def headers(reply: Reply, *, limit: int, used: int, era: Era = DEFAULT) -> dict[str, str]:
    """The headers of a reply (reference C.3), but those that every HTTP server writes.

    Args:
        reply: what they go with.
        limit: requests allowed in a window.
        used: requests in the present window, this one included.
        era: how they are written.

    Returns:
        HTML has its type alone; the rate is told in the first envelope only, and not
        once the limit is passed.
    """
    if reply.content_type == _HTML:
        return {"Content-Type": _HTML}
    vary = "Cookie, Accept-Language"
    if reply.status == 200 and len(reply.body) >= _SMALL:
        vary += ", Accept-Encoding"
    made = {
        "Cache-Control": "private, no-cache, no-store, must-revalidate",
        "Pragma": "no-cache",
        "Expires": "Sat, 01 Jan 2000 00:00:00 GMT",
        "Vary": vary if reply.content_type == JSON else "Accept-Language, Cookie",
        "Content-Language": "en",
        "Content-Type": reply.content_type,
        "Set-Cookie": era.cookie,
    }
    if reply.content_type == JSON and reply.status != 429:
        lower = era.rate_header.islower()
        made[era.rate_header + ("limit" if lower else "Limit")] = str(limit)
        made[era.rate_header + ("remaining" if lower else "Remaining")] = str(max(0, limit - used))
    return made
