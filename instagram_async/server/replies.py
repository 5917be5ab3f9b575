"""Replies as bytes and headers, as they were in 2015 (reference C)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from attrs import field, frozen

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
    """

    status: int
    body: bytes = field(repr=False)
    content_type: str = JSON


class RefusedError(Exception):
    """A request that is answered with an error; raised anywhere below the desk.

    Attributes:
        reply: what to send.
    """

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def encode(value: Mapping[str, Any]) -> bytes:
    r"""JSON as 2015 wrote it: compact, ASCII, with `\/` and `\u0026` (reference 0).

    Args:
        value: what to write, in the order of its keys.

    Example:
        >>> encode({"link": "a/b"})
        b'{"link":"a\\/b"}'
    """
    data = value.get("data")
    listed = cast("list[object]", data) if isinstance(data, list) else []
    if not any(type(one) is Written for one in listed):
        return _compact(value)
    # What is written is not written again.
    items = b",".join([one.text if type(one) is Written else _compact(one) for one in listed])
    head, _, tail = _compact({**value, "data": _MARK}).partition(_MARKED)
    return b"".join((head, b"[", items, b"]", tail))


def _compact(value: object) -> bytes:
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("/", "\\/").replace("&", "\\u0026").encode()


def refusal(error_type: str, message: str, *, code: int = 400, status: int | None = None) -> Reply:
    """An error in the `meta` envelope (reference C.1, first kind).

    Args:
        error_type: its name, from reference C.2.
        message: its exact words.
        code: what the body says.
        status: what the status line says, `None` for the same.
    """
    meta = {"error_type": error_type, "code": code, "error_message": message}
    return Reply(status or code, encode({"meta": meta}))


def flat(error_type: str, message: str, *, code: int) -> Reply:
    """An error in the flat envelope (reference C.1, second kind).

    Args:
        error_type: its name, from reference C.2.
        message: its exact words.
        code: what the body and the status line say.
    """
    body = {"code": code, "error_type": error_type, "error_message": message}
    return Reply(code, encode(body), FLAT)


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


def headers(reply: Reply, *, limit: int, used: int) -> dict[str, str]:
    """The headers of a reply (reference C.3), but those that every HTTP server writes.

    Args:
        reply: what they go with.
        limit: requests allowed in a window.
        used: requests in the present window, this one included.

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
        "Set-Cookie": "csrftoken=b47c5f2e8d0a419f93c6de17a2085b3c; Max-Age=31449600; Path=/",
    }
    if reply.content_type == JSON and reply.status != 429:
        made["X-Ratelimit-Limit"] = str(limit)
        made["X-Ratelimit-Remaining"] = str(max(0, limit - used))
    return made
