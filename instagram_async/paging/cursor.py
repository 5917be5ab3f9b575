"""Cursor rules: how a listing names its next page, and where its bounds lie. Pure."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from attrs import field, frozen

from instagram_async.paging.axis import Axis, Key
from instagram_async.paging.page import ListReply
from instagram_async.transport import Pairs


class Limit(NamedTuple):
    """A bound in force, held on our side too: servers ignore some.

    Attributes:
        key: where an item lies on the bound's axis.
        value: the number on it that is still within.
        lower: whether it shuts out what is below it, not what is above.
    """

    key: Key
    value: int
    lower: bool


class Step(NamedTuple):
    """Where a listing goes on behind a reply.

    Attributes:
        cursor: what fetches the next page, `None` if this was the last.
        anomaly: the name of something odd that was met, `None` if nothing was.
    """

    cursor: str | None
    anomaly: str | None = None


class CursorRule(Protocol):
    """How a listing pages; frozen and picklable, since listings are.

    A cursor is text that the rule makes and reads; nobody else looks into it.
    """

    @property
    def identity(self) -> Callable[[Any], str]:
        """What makes an item the same item."""
        ...

    @property
    def ends_at_bound(self) -> bool:
        """Whether a page wholly below a lower bound is the last."""
        ...

    @property
    def names_items(self) -> bool:
        """Whether items' own identities make cursors, which go on behind any of them."""
        ...

    @property
    def expects_items(self) -> bool:
        """Whether a page with nothing new, which is not the last, is odd."""
        ...

    @property
    def newest_first(self) -> bool:
        """Whether what is new comes first, so that a walk may end where the old begins."""
        ...

    @property
    def axis(self) -> Key | None:
        """The number by which such a listing descends, if its items have it."""
        ...

    @property
    def axes(self) -> tuple[Axis, ...]:
        """How windows of the listing can be asked for, the likeliest first."""
        ...

    def begin(self, params: Pairs, now: float, known: int | None) -> str | None:
        """The first page's cursor, for listings that fix their span when they are begun.

        Args:
            params: the listing's parameters.
            now: the present, in seconds since 1970.
            known: up to which number everything is known, `None` if nothing is.
        """
        ...

    def request(self, params: Pairs, cursor: str | None) -> Pairs:
        """The parameters of a page: the listing's own, with the cursor in its place."""
        ...

    def following(
        self, params: Pairs, size: int | None, cursor: str | None, reply: ListReply[Any]
    ) -> Step:
        """Where to go on behind a reply.

        Args:
            params: the listing's parameters.
            size: the page size that was asked for, `None` for the server's own.
            cursor: what fetched the page.
            reply: the page.
        """
        ...

    def limits(self, params: Pairs, cursor: str | None) -> tuple[Limit, ...]:
        """The bounds of the page that a cursor fetches."""
        ...

    def is_behind(self, cursor: str, identity: str) -> bool:
        """Whether an item of the page that a cursor fetches was given before it."""
        ...

    def behind(self, cursor: str | None, identities: tuple[str, ...], given: int) -> str | None:
        """The cursor that goes on behind an item, where `names_items`.

        Args:
            cursor: what fetched the page.
            identities: of all items of a page.
            given: how many of them were given, at least one.

        Returns:
            `None` where the last given item does not part the page, all newer before it
            and all older behind.
        """
        ...


class Bound(NamedTuple):
    """A parameter that bounds a listing.

    Attributes:
        parameter: the request's parameter, such as `min_timestamp`.
        lower: whether it shuts out what is below it, not what is above.
        key: where an item lies on the parameter's axis.
        read: the number that a value of the parameter stands for, `None` if it names none.
    """

    parameter: str
    lower: bool
    key: Key
    read: Callable[[str], int | None]


@frozen
class PaginationKey:
    """The usual rule: the reply's `pagination` names the next page's cursor.

    Attributes:
        parameter: the request's parameter that takes the cursor.
        keys: keys of `pagination` that may hold the next one; the first that holds
            something counts. None at all: the listing is one page.
        attribute: the one that makes an item the same item.
        own: the cursor that goes on behind an item of an identity, for listings whose
            cursor is an item's own id and excludes it; `None` for all others.
        order: the number by which such a listing descends, read off an identity.
        bounds: what bounds it.
        ends_at_bound: whether a page wholly below a lower bound is the last.
        expects_items: whether a page with nothing new, which is not the last, is odd.
        newest_first: whether what is new comes first.
        axis: the number by which such a listing descends, if its items have it.
        axes: how windows of it can be asked for, the likeliest first.
    """

    parameter: str
    keys: tuple[str, ...]
    attribute: str = "id"
    own: Callable[[str], str] | None = None
    order: Callable[[str], int | None] | None = None
    bounds: tuple[Bound, ...] = field(default=())
    ends_at_bound: bool = False
    expects_items: bool = True
    newest_first: bool = False
    axis: Key | None = None
    axes: tuple[Axis, ...] = field(default=())

    @property
    def identity(self) -> Callable[[Any], str]:
        """The attribute's value."""
        return attrgetter(self.attribute)

    def begin(self, params: Pairs, now: float, known: int | None) -> str | None:
        """No cursor: the server knows where its listing begins."""
        return None

    def request(self, params: Pairs, cursor: str | None) -> Pairs:
        """The parameters of a page; see `CursorRule.request`."""
        if cursor is None:
            return params
        kept = tuple(pair for pair in params if pair[0] != self.parameter)
        return (*kept, (self.parameter, cursor))

    def following(
        self, params: Pairs, size: int | None, cursor: str | None, reply: ListReply[Any]
    ) -> Step:
        """Where to go on behind a reply: only the absence of a key ends a list."""
        for key in self.keys:
            value = reply.pagination.get(key)
            if value:  # null, empty and false name nothing (reference F.7)
                return Step(str(value))
        return Step(None)

    def limits(self, params: Pairs, cursor: str | None) -> tuple[Limit, ...]:
        """The bounds that the parameters set; see `CursorRule.limits`."""
        given = dict(params)
        read = [
            (bound.key, bound.read(given[bound.parameter]), bound.lower)
            for bound in self.bounds
            if bound.parameter in given
        ]
        return tuple(Limit(key, value, lower) for key, value, lower in read if value is not None)

    def is_behind(self, cursor: str, identity: str) -> bool:
        """Whether a server has included the very item that the cursor names."""
        return self.own is not None and self.own(identity) == cursor

    @property
    def names_items(self) -> bool:
        """Whether the cursor is an item's own id; see `CursorRule.names_items`."""
        return self.own is not None

    def behind(self, cursor: str | None, identities: tuple[str, ...], given: int) -> str | None:
        """An item's own cursor, if the page descends; see `CursorRule.behind`."""
        if self.own is None:
            return None
        if self.order is not None:
            above: float = inf
            for number in map(self.order, identities):
                if number is None or number >= above:
                    return None
                above = number
        return self.own(identities[given - 1])
