"""Faults that a soak throws in, each short enough for thousands of them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import get_args

from instagram_async.server import Fault, FaultKind
from instagram_async.server.faults.kinds import KINDS

_QUICK: dict[str, Fault] = {
    "delay": Fault("delay", seconds=0.02),
    "drip": Fault("drip", seconds=0.01),
    "huge": Fault("huge", size=2**20),
    "rate_limit": Fault("rate_limit", retry_after=0),
    "rate_limit_meta": Fault("rate_limit_meta", retry_after=0),
    "rate_storm": Fault("rate_storm", times=3, retry_after=0),
}
EVERYWHERE: AbstractSet[str] = {name for name, kind in KINDS.items() if kind.stage != "listing"}
"""What befalls any request."""

ORDERLY: AbstractSet[str] = EVERYWHERE | {
    "duplicate_items",
    "empty_page",
    "ignore_bounds",
    "repeat_cursor",
}
"""That, and what a listing can still be whole and in order after."""


def made(kinds: AbstractSet[str]) -> list[FaultKind | Fault]:
    """Faults of some kinds, for `server.faults.sometimes`.

    Args:
        kinds: their names.
    """
    names: tuple[FaultKind, ...] = get_args(FaultKind)
    return [_QUICK.get(name, name) for name in names if name in kinds]
