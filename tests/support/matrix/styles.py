"""What kinds of operations there are, faults, and ways to use both, by the tables alone."""

from __future__ import annotations

from typing import Any, Literal, get_args

from instagram_async.server import Fault, FaultKind
from instagram_async.server.routes import ROUTES
from instagram_async.v1.operation import Operation
from tests.support.matrix.scene import LARGEST

Style = Literal["object", "whole", "paged", "spans", "state", "comment"]
Mode = Literal["plain", "no retry", "limit", "resume", "cancelled"]
LISTINGS = ("whole", "paged", "spans")
MODES: tuple[Mode, ...] = get_args(Mode)

_TOLD: dict[str, dict[str, Any]] = {
    "rate_limit": {"retry_after": 1},
    "rate_limit_meta": {"retry_after": 1},
    "rate_storm": {"retry_after": 1, "times": 3},  # fewer than the attempts
    "ignore_bounds": {"times": 2},  # up to the page where the lower bound lies
    "drip": {"seconds": 0.0},
    "huge": {"size": LARGEST + 1},
}


def style_of(operation: Operation[Any]) -> Style:
    """What kind of operation it is."""
    if operation.paging is None:
        if operation.method == "GET":
            return "object"
        return "state" if operation.repeatable else "comment"
    route = next(route for route in ROUTES if route.operation is operation)
    return "paged" if route.parameter else "spans" if route.bounds else "whole"


def modes_of(style: Style) -> tuple[Mode, ...]:
    """How it can be used: only a listing has a part of which to go on."""
    listing = ("limit", "resume")
    return tuple(mode for mode in MODES if style in LISTINGS or mode not in listing)


def fault_of(kind: FaultKind, mode: Mode, *, after: int = 0) -> Fault:
    """A fault for a cell: in the middle, and quick where nobody leaves meanwhile."""
    late = {"seconds": 0.25 if mode == "cancelled" else 0.005}
    told = late if kind == "delay" else _TOLD.get(kind, {})
    return Fault(kind, after=after, **told)
