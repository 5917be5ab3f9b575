"""Cursor rules: how a listing names its next page, and where its bounds lie. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from attrs import field, frozen

from instagram_async.transport import Pairs

Key = Callable[[Any], int | None]
"""An item's number on some axis, `None` where it has none."""


class Bound(NamedTuple):
    """A parameter that bounds a listing, checked on our side too: servers ignore some.

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
class CursorRule:
    """How a listing pages.

    Attributes:
        parameter: the request's parameter that takes the cursor.
        keys: keys of the reply's `pagination` that may hold the next one; the first that
            holds something counts.
        identity: what makes an item the same item.
        behind: the cursor that goes on behind an item, for listings whose cursor is an
            item's own id and excludes it; `None` for all others.
        order: the key by which such a listing descends.
        bounds: what bounds it.
        ends_at_bound: whether a page wholly below a lower bound is the last.
    """

    parameter: str
    keys: tuple[str, ...]
    identity: Callable[[Any], str]
    behind: Callable[[Any], str] | None = None
    order: Key | None = None
    bounds: tuple[Bound, ...] = field(default=())
    ends_at_bound: bool = False

    def next_cursor(self, pagination: Mapping[str, Any]) -> str | None:
        """The cursor of the next page, `None` on the last: only its absence ends a list."""
        for key in self.keys:
            value = pagination.get(key)
            if value:  # null, empty and false name nothing (reference F.7)
                return str(value)
        return None

    def request(self, params: Pairs, cursor: str | None) -> Pairs:
        """The parameters of a page: the listing's own, with the cursor in its one key."""
        if cursor is None:
            return params
        kept = tuple(pair for pair in params if pair[0] != self.parameter)
        return (*kept, (self.parameter, cursor))

    def limits(self, params: Pairs) -> tuple[tuple[Key, int, bool], ...]:
        """The bounds that the parameters set: key, value, and whether it is a lower one."""
        given = dict(params)
        read = [
            (bound.key, bound.read(given[bound.parameter]), bound.lower)
            for bound in self.bounds
            if bound.parameter in given
        ]
        return tuple((key, value, lower) for key, value, lower in read if value is not None)
