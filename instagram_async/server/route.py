"""An operation as the server knows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import frozen

from instagram_async.paging.cursor import PaginationKey
from instagram_async.server.pages import Body, Page, by_key
from instagram_async.v1.operation import Operation

if TYPE_CHECKING:
    from instagram_async.server.call import Call

_BOUND = re.compile(r"min_\w+|max_timestamp")


@frozen(kw_only=True)
class Route:
    """One operation, and who carries it out.

    Attributes:
        operation: its row of the operation table.
        handler: carries a call out and returns a `Page`, or the wire shape of a single
            thing, or `None`; raises `RefusedError`.
        pagination: makes the `pagination` of a listing that has pages.
        takes_self: whether `self` may stand for a user's id (reference A).
    """

    operation: Operation[Any]
    handler: Callable[[Call], Page | Body | None]
    pagination: Callable[[Call, Page], Body] = by_key
    takes_self: bool = False

    @property
    def name(self) -> str:
        """Its name, such as `GET users/{id}`."""
        return str(self.operation)

    @property
    def path(self) -> str:
        """Behind `/v1/`, such as `users/{id}`."""
        return self.operation.path

    @property
    def paths(self) -> tuple[str, ...]:
        """All forms of the path; a shortcode takes no `.json` (reference A)."""
        takes_none = self.operation.arguments == ("shortcode",)
        endings = ("", "/") if takes_none else (".json", "", "/")
        return tuple(f"/v1/{self.path}{ending}" for ending in endings)

    @property
    def is_listing(self) -> bool:
        """Whether it answers with a list."""
        return self.operation.paging is not None

    @property
    def parameter(self) -> str:
        """What takes the cursor of a listing's page, empty where there are no pages."""
        rule = self.operation.paging
        return rule.parameter if isinstance(rule, PaginationKey) else ""

    @property
    def bounds(self) -> frozenset[str]:
        """The parameters that bound a listing but for its cursor."""
        names = (one.name for one in self.operation.parameters)
        return frozenset(name for name in names if _BOUND.fullmatch(name))
