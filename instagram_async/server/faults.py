"""What can be made to go wrong: the vocabulary, and the script of what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from attrs import frozen

from instagram_async.server.route import Route

ServerFault = Literal[
    "status", "truncated", "reset_before", "reset_after", "stall", "rate_limit",
    "rate_limit_meta", "meta_error", "lost_reply",
]  # fmt: skip
PagingFault = Literal[
    "repeat_cursor", "empty_page", "ignore_bounds", "duplicate_items", "null_pagination",
    "bad_item",
]  # fmt: skip

_PAGING = frozenset[str](get_args(PagingFault))
_KINDS = _PAGING | frozenset(get_args(ServerFault))
_STATUSES = (500, 502, 503, 504)


@frozen
class Fault:
    """One way to fail, for the next requests that match.

    =================== ==============================================================
    kind                what the client sees
    =================== ==============================================================
    `status`            `status` with an `html` or `empty` body (reference C.4)
    `truncated`         200, and JSON that stops halfway
    `reset_before`      the connection is reset before any header
    `reset_after`       headers, the beginning of the body, then a reset
    `stall`             nothing, until the client leaves or the server stops
    `rate_limit`        429 in the flat envelope, the general limit's
    `rate_limit_meta`   429 in the `meta` envelope, an endpoint's limit
    `meta_error`        HTTP 200 with an error in `meta`
    `lost_reply`        the request is carried out, then the connection is reset
    `repeat_cursor`     the next key is the request's own
    `empty_page`        no items, and a next key that leads on to them
    `ignore_bounds`     all bounds but the cursor are ignored: `min_id`, `min_tag_id`,
                        both timestamps
    `duplicate_items`   the first item is the last one of the page before
    `null_pagination`   `"pagination": null`
    `bad_item`          the middle item's `id` is an object (of a tag, its `name`), its
                        `created_time` a word
    =================== ==============================================================

    The last six happen on listings only, whatever their cursor is called. A first page has
    no key to repeat and no page before it, and an empty list nothing to spoil: there the
    reply is as it should be. The page before is the one that this server has sent.

    On lists that come as one page, such as the likes of a media, `empty_page` is an empty
    list, `duplicate_items` sends the first item twice, `null_pagination` adds that key, and
    `repeat_cursor` and `ignore_bounds` never happen. So it is on `GET media/search`, which
    clients page by `max_timestamp`, except that `ignore_bounds` makes it look at no time at
    all: every page then holds the newest media.

    Attributes:
        kind: what goes wrong.
        status: of the kind `status`: 500, 502, 503 or 504.
        body: of the kind `status`: `html` or `empty`.
        times: how many matching requests it hits, at least 1.
        after: how many matching requests it lets pass first.
        operation: only this one, such as `GET users/{id}/media/recent`; `None` is any.

    Raises:
        ValueError: there is no such kind or status, or a number is too small.

    Example:
        >>> Fault("status", status=502, times=2).times
        2
    """

    kind: ServerFault | PagingFault
    status: int = 503
    body: Literal["html", "empty"] = "html"
    times: int = 1
    after: int = 0
    operation: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError(f"there is no fault {self.kind!r}")
        if self.status not in _STATUSES:
            raise ValueError(f"status must be one of {_STATUSES}, not {self.status}")
        if self.times < 1 or self.after < 0:
            raise ValueError("times must be positive and after not negative")

    def matches(self, route: Route) -> bool:
        """Whether it can happen to an operation."""
        if self.kind in _PAGING and not route.is_listing:
            return False
        if self.kind == "repeat_cursor" and not route.parameter:
            return False
        if self.kind == "ignore_bounds" and not route.bounds:
            return False
        return self.operation in (None, route.name)


class Faults:
    """The faults that are still to come, in the order in which they were added.

    Args:
        routes: the operations to which they can happen.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._operations = sorted(route.name for route in routes)
        self._script: list[tuple[Fault, int]] = []

    def __len__(self) -> int:
        return len(self._script)

    def __repr__(self) -> str:
        return f"Faults({[fault for fault, _ in self._script]})"

    def add(self, *faults: Fault) -> None:
        """Put faults at the end of the script.

        Args:
            faults: what is to happen; of those that match a request only the first one
                that is due happens, and the others wait.

        Raises:
            TypeError: one of them is no `Fault`.
            ValueError: one is for an operation that the server does not serve. In either
                case none of them is added.

        Example:
            >>> from instagram_async.server import LocalInstagram
            >>> faults = LocalInstagram().faults
            >>> faults.add(Fault("stall", operation="GET users/{id}"))
            >>> len(faults)
            1
        """
        for fault in faults:
            if not isinstance(fault, Fault):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(f"a Fault is wanted, not {fault!r:.80}")
            if fault.operation not in (None, *self._operations):
                known = ", ".join(self._operations)
                raise ValueError(f"there is no operation {fault.operation!r}, but {known}")
        self._script += [(fault, 0) for fault in faults]

    def clear(self) -> None:
        """Forget what is still to come."""
        self._script.clear()

    def take(self, route: Route) -> Fault | None:
        """The fault that happens to a request.

        Args:
            route: the operation that is asked for.

        Returns:
            It, or `None`. Every matching fault before it that was not yet due has come
            one request nearer.
        """
        for at, (fault, seen) in enumerate(self._script):
            if not fault.matches(route):
                continue
            self._script[at] = (fault, seen + 1)
            if seen < fault.after:
                continue
            if seen + 1 == fault.after + fault.times:
                del self._script[at]
            return fault
        return None
