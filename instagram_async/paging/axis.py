"""Axes: by which numbers a listing can be cut into windows. Pure."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from attrs import frozen

from instagram_async.transport import Pairs

Key = Callable[[Any], int | None]
"""An item's number on some axis, `None` where it has none."""


@frozen
class Axis:
    """One way to cut a listing: a number that items have, and the two bounds of it.

    Attributes:
        key: where an item lies on the axis; it falls along the listing's own order.
        low: the parameter that shuts out what is below it.
        high: the parameter that shuts out what is above it.
        bound: where an item lies for a `Limit` that these parameters set.
        slack: by how much a request is wider than its window on both sides.
        floor: below which hardly anything lies.
        stride: how much of the axis one request covers at most, `None` for all of it.
    """

    key: Key
    low: str
    high: str
    bound: Key
    slack: int = 1
    floor: int = 0
    stride: int | None = None

    def bounds(self, low: float, high: float) -> Pairs:
        """The parameters of a window.

        Args:
            low: the least number within, `-inf` for none.
            high: the first number above it, `inf` for none.
        """
        lower = () if low == -inf else ((self.low, str(int(low) - self.slack)),)
        upper = () if high == inf else ((self.high, str(int(high) - 1 + self.slack)),)
        return lower + upper

    def narrowed(self, params: Pairs, low: float, high: float) -> Pairs:
        """A listing's parameters, with a window's bounds in the place of its own."""
        bounds = self.bounds(low, high)
        names = {name for name, _ in bounds}
        return (*(pair for pair in params if pair[0] not in names), *bounds)

    def is_outside(self, number: int, high: float) -> bool:
        """Whether a number lies above all that a window's request has asked for."""
        return number > high - 1 + self.slack
