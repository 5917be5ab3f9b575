"""One fault, as it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, Literal

from attrs import Factory, asdict, frozen

from instagram_async.server.faults.kinds import FaultKind, kind_of
from instagram_async.server.route import Route

_STATUSES = (500, 502, 503, 504)


@frozen(repr=False)
class Fault:
    """One way to fail, for the next requests that match.

    =================== ==============================================================
    kind                what the client sees
    =================== ==============================================================
    `stall`             nothing, until the client leaves or the server stops
    `delay`             the right reply, `seconds` late
    `reset_before`      the connection is reset before any header
    `close_before`      the connection is closed before any header
    `status`            `status` with an `html` or `empty` body (reference C.4)
    `rate_limit`        429 in the flat envelope, the general limit's
    `rate_limit_meta`   429 in the `meta` envelope, an endpoint's limit
    `rate_storm`        429 to five requests; with `rate_headers` they tell the rate too
    `meta_error`        HTTP 200 with an error in `meta`
    `error`             the error with `error_type`, `message` and `code`, in `meta` or `flat`
    `redirect`          302 to a page to log in on
    `repeat_cursor`     the next key is the request's own
    `empty_page`        no items, and a next key that leads on to them
    `ignore_bounds`     all bounds but the cursor are ignored: `min_id`, `min_tag_id`,
                        both timestamps
    `duplicate_items`   the first item is the last one of the page before
    `out_of_order`      the items of the page stand the other way round
    `null_pagination`   `"pagination": null`
    `blank_pagination`  all values of `pagination` are `""`
    `bad_item`          the middle item's `id` is an object (of a tag, its `name`), its
                        `created_time` a word
    `delete_between`    the page's first media is deleted just before it is read
    `post_between`      a copy of the page's first media is posted just before it is read
    `truncated`         200, and JSON that stops halfway
    `json_as_html`      the right JSON, called `text/html`
    `html_as_json`      HTML instead of the right JSON, called `application/json`
    `bad_gzip`          a body called gzip that can't be unpacked
    `huge`              the right JSON, with blanks behind it up to `size` bytes
    `low_remaining`     the rate headers tell `remaining`, which is less than there is
    `reset_after`       headers, the beginning of the body, then a reset
    `lost_reply`        the request is carried out, then the connection is reset
    `cut_headers`       half of the headers, then the `ending`
    `cut_body`          headers, half of the body, then the `ending`
    `drip`              the right reply, `size` bytes every `seconds`, in four parts at least
    =================== ==============================================================

    Down to `redirect`, but for `delay`, the request is not carried out; from there on it
    is. All but the ten from `repeat_cursor` to `post_between` happen to every operation,
    reads and writes.

    Those ten happen on listings only, whatever their cursor is called. A first page has
    no key to repeat and no page before it, and an empty list nothing to spoil: there the
    reply is as it should be. The page before is the one that this server has sent.

    On lists that come as one page, such as the likes of a media, `empty_page` is an empty
    list, `duplicate_items` sends the first item twice, `null_pagination` adds that key, and
    `repeat_cursor`, `blank_pagination` and `ignore_bounds` can't happen. So it is on
    `GET media/search`, which clients page by `max_timestamp`, except that `ignore_bounds` makes
    it look at no time at all: every page then holds the newest media. `delete_between` and
    `post_between` happen where media are paged, by a cursor or by time.

    Attributes:
        kind: what goes wrong.
        status: of the kind `status`: 500, 502, 503 or 504.
        body: of the kind `status`: `html` or `empty`.
        times: how many matching requests it hits, at least 1.
        after: how many matching requests it lets pass first.
        operation: only this one, such as `GET users/{id}/media/recent`; `None` is any.
        seconds: of `delay`, how late; of `drip`, the pause between two parts.
        size: bytes; of `drip` a part's (4096), of `huge` the body's (33 MiB).
        remaining: of `low_remaining`: what the header tells, unless there is less.
        retry_after: of `status` and the 429s: a `Retry-After` in whole seconds.
        rate_headers: of `rate_storm`: whether the 429s tell the limit, and that 0 remain.
        error_type: of `error`: what it is called, `None` for no such key.
        message: of `error`: its words.
        code: of `error`: its number, which is the HTTP status too, 400 to 599.
        flat: of `error`: whether it comes without `meta`.
        ending: of `cut_headers` and `cut_body`: `close`, or a TCP `reset`.

    Raises:
        ValueError: there is no such kind or status, a number is too small, or the kind has
            no use for what is said.

    Example:
        >>> Fault("status", status=502, times=2).times
        2
    """

    kind: FaultKind
    status: int = 503
    body: Literal["html", "empty"] = "html"
    times: int = Factory(lambda self: kind_of(self.kind).times, takes_self=True)
    after: int = 0
    operation: str | None = None
    seconds: float = 0.1
    size: int = Factory(lambda self: kind_of(self.kind).size, takes_self=True)
    remaining: int = 10
    retry_after: int | None = None
    rate_headers: bool = False
    error_type: str | None = "APIError"
    message: str = "This error was asked for."
    code: int = 400
    flat: bool = False
    ending: Literal["close", "reset"] = "close"

    def __attrs_post_init__(self) -> None:
        kind = kind_of(self.kind)
        for option, usual in {**_USUAL, "size": kind.size}.items():
            if option not in kind.options and getattr(self, option) != usual:
                raise ValueError(f"a fault {self.kind!r} has no {option}")
        if self.status not in _STATUSES:
            raise ValueError(f"status must be one of {_STATUSES}, not {self.status}")
        if self.body not in ("html", "empty") or self.ending not in ("close", "reset"):
            raise ValueError(f"there is no body {self.body!r} or no ending {self.ending!r}")
        if not 400 <= self.code <= 599:
            raise ValueError(f"code must be from 400 to 599, not {self.code}")
        if self.times < 1 or self.after < 0:
            raise ValueError("times must be positive and after not negative")
        if not (isfinite(self.seconds) and self.seconds >= 0) or self.size < bool(kind.size):
            raise ValueError("seconds must not be negative, and size must be positive")
        if self.remaining < 0 or (self.retry_after or 0) < 0:
            raise ValueError("remaining and retry_after must not be negative")

    def __repr__(self) -> str:
        usual = asdict(Fault(self.kind))
        said = (f", {name}={told!r}" for name, told in asdict(self).items() if told != usual[name])
        return f"Fault({self.kind!r}{''.join(said)})"

    def matches(self, route: Route) -> bool:
        """Whether it can happen to an operation."""
        return self.operation in (None, route.name) and kind_of(self.kind).fits(route)


_USUAL: Mapping[str, Any] = {
    "status": 503,
    "body": "html",
    "seconds": 0.1,
    "remaining": 10,
    "retry_after": None,
    "rate_headers": False,
    "error_type": "APIError",
    "message": "This error was asked for.",
    "code": 400,
    "flat": False,
    "ending": "close",
}
