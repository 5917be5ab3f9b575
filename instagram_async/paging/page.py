"""What comes of a listing: replies, pages, and the account of a walk."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from attrs import field, frozen

from instagram_async.quota.policy import ServerQuota

T = TypeVar("T")


class Unreadable(NamedTuple):
    """An item that could not be read.

    Attributes:
        path: where in the reply, such as `data[3].user.id`.
        reason: what was expected and what was met.
        raw: the item as the wire had it.

    Example:
        >>> async for page in client.user_recent("self").pages():
        ...     for item in page.unreadable:
        ...         print(item.path, item.reason)
    """

    path: str
    reason: str
    raw: Any = None


class ListReply(NamedTuple, Generic[T]):
    """One reply of a listing, decoded.

    Attributes:
        items: what it held, in its order; what can't be read keeps its place.
        pagination: the reply's own words on paging, without `next_url`.
        quota: what its headers say of the quota.
        flawed: whether any item could not be read.
    """

    items: tuple[T | Unreadable, ...]
    pagination: Mapping[str, Any]
    quota: ServerQuota
    flawed: bool = False


class Report(NamedTuple):
    """The account of a walk so far.

    Attributes:
        items: items given.
        pages: pages read.
        requests: attempts made for them, failed ones included.
        duplicates: items left out because they had been given already.
        out_of_bounds: items left out because they lie outside the bounds asked for.
        unreadable: items that could not be read.
        anomalies: how often something odd was met, by its name.
        complete: whether everything up to the listing's end was given.
        spent: of `parallel()`: replies beside those that full pages would have been.
        saved: of `parallel()`: requests that did not have to wait for those before them.

    Example:
        >>> items = aiter(client.user_recent("self").limit(5))
        >>> async for media in items:
        ...     pass
        >>> items.report.items
        5
    """

    items: int = 0
    pages: int = 0
    requests: int = 0
    duplicates: int = 0
    out_of_bounds: int = 0
    unreadable: int = 0
    anomalies: Mapping[str, int] = MappingProxyType({})
    complete: bool = False
    spent: int = 0
    saved: int = 0


@frozen(eq=False)
class Page(Generic[T]):
    """One page of a listing.

    Attributes:
        items: what it gave, in the listing's order.
        cursor: the cursor that fetched it, `None` for the first page.
        next: the cursor of the next page, `None` on the last.
        quota: what the reply's headers say of the quota.
        pagination: the reply's own words on paging, without `next_url`.
        unreadable: the items that could not be read.
        checkpoint: names the place behind this page, for `Pager.resume`.
        report: the account of the walk up to this page.

    Example:
        >>> async for page in client.user_recent("self").pages():
        ...     print(len(page.items), page.next)
    """

    items: tuple[T, ...]
    cursor: str | None
    next: str | None
    quota: ServerQuota
    pagination: Mapping[str, Any]
    unreadable: tuple[Unreadable, ...]
    checkpoint: str = field(repr=False)
    report: Report = field(repr=False)
