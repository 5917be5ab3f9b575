"""What every section of the API is built on: from a method's arguments to a call."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

from instagram_async.paging import Listing, ListReply, Pager, WindowedPager
from instagram_async.paging.cursor import CursorRule
from instagram_async.session import Call, Session
from instagram_async.transport import Pairs, Tally
from instagram_async.v1.envelope import Origin, one_of, page_of
from instagram_async.v1.parameters import fill, pairs

T = TypeVar("T")

_PLACEHOLDERS = {"tags": "name", "shortcode": "code", "comments": "cid"}
_FAMILY = {"likes": "likes", "comments": "comments", "relationship": "relationships"}


class Section:
    """A group of operations; holds nothing but the session they are sent with.

    An operation is a method of three to six lines: its signature, its docstring, and one
    of the calls below.
    """

    _session: Session

    async def _get(self, model: type[T], template: str, *args: str | int, **params: Any) -> T:
        """Send for a single entity."""
        operation = operation_of("GET", template)
        read = partial(one_of, model, Origin(operation))
        path, query = fill(template, args), pairs(params)
        return await self._session.send(Call(operation, "GET", path, read, query))

    def _pager(
        self, model: type[T], rule: CursorRule, template: str, *args: str | int, **params: Any
    ) -> Pager[T]:
        """Make the pager of a listing."""
        return Pager(_listing(model, rule, template, args, params), self._page)

    def _windowed(
        self, model: type[T], rule: CursorRule, template: str, *args: str | int, **params: Any
    ) -> WindowedPager[T]:
        """Make the pager of a listing that takes bounds of time."""
        listing = _listing(model, rule, template, args, params, windowed=True)
        return WindowedPager(listing, self._page)

    async def _page(self, listing: Listing[T], params: Pairs, tally: Tally) -> ListReply[T]:
        """Send for one page; what pagers do with a client."""
        read = partial(page_of, listing.model, Origin(listing.operation))
        call = Call(listing.operation, "GET", listing.path, read, params)
        return await self._session.send(call, tally)


def operation_of(method: str, template: str) -> str:
    """An operation's name, such as `GET users/{id}/media/recent`."""
    parts = template.split("/")
    named = [
        f"{{{_PLACEHOLDERS.get(before, 'id')}}}" if part == "{}" else part
        for before, part in pairwise(["", *parts])
    ]
    return f"{method} {'/'.join(named)}"


def family_of(method: str, template: str) -> str | None:
    """Whose quota an operation uses besides the general one (reference C.3)."""
    if method == "GET":
        return None
    return next((_FAMILY[part] for part in template.split("/") if part in _FAMILY), None)


def _listing(
    model: type[T],
    rule: CursorRule,
    template: str,
    args: tuple[str | int, ...],
    params: dict[str, Any],
    *,
    windowed: bool = False,
) -> Listing[T]:
    size = pairs({"count": params.pop("count", None)})
    operation = operation_of("GET", template)
    return Listing(operation, fill(template, args), pairs(params), size, model, rule, windowed)
