"""What tells two JSON values apart, and which of it is a known loss of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen


class Absent:
    """The place holds nothing at all, not even null."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = Absent()


@frozen
class Difference:
    """Where two values differ: a path such as `Media.likes.data[].id`, and what is there."""

    path: str
    wire: Any
    ours: Any


@frozen
class Loss:
    """A difference that we know of. A type stands for any value of that type."""

    path: str
    wire: Any
    ours: Any
    reason: str

    def covers(self, found: Difference) -> bool:
        return (
            re.fullmatch(self.path, found.path) is not None
            and _fits(self.wire, found.wire)
            and _fits(self.ours, found.ours)
            and (found.wire in (None, ABSENT) or found.ours is ABSENT or _says_the_same(found))
        )


def differences(path: str, wire: Any, ours: Any) -> Iterator[Difference]:
    """Compare key by key; numbers of another type differ."""
    if isinstance(wire, dict) and isinstance(ours, dict):
        for key in [*wire, *(key for key in ours if key not in wire)]:
            yield from differences(f"{path}.{key}", wire.get(key, ABSENT), ours.get(key, ABSENT))
    elif isinstance(wire, list) and isinstance(ours, list) and len(wire) == len(ours):
        for theirs, mine in zip(wire, ours, strict=True):
            yield from differences(f"{path}[]", theirs, mine)
    elif type(wire) is not type(ours) or wire != ours:
        yield Difference(path, wire, ours)


def _fits(expected: Any, found: Any) -> bool:
    if isinstance(expected, type):
        return type(found) is expected
    return type(found) is type(expected) and bool(found == expected)


def _says_the_same(found: Difference) -> bool:
    """Whether only the type changed: `"7"` and 7, 3.0 and 3."""
    return str(found.wire) == str(found.ours) or bool(found.wire == found.ours)
