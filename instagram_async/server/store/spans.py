"""Which range of an index given bounds name."""

from __future__ import annotations

from instagram_async.models.pk import first_pk
from instagram_async.server.bounds import Bounds

LARGEST = 2**63 - 1
"""What SQLite counts to; no media has a larger pk."""

FIRST, LAST = -LARGEST, LARGEST


def clamp(number: int) -> int:
    """The nearest number that SQLite knows."""
    return max(FIRST, min(number, LAST))


def span(bounds: Bounds, slack: int) -> tuple[int, int]:
    """The smallest and the largest pk that may lie within bounds.

    A pk holds the second of its post, so bounds in time are bounds of pks. Recorded media
    are sometimes a second off.

    Args:
        bounds: what is asked for.
        slack: how many seconds they are off at most.

    Example:
        >>> span(Bounds(min_id=5, max_id=9), 0)
        (6, 8)
    """
    low, high = FIRST, LAST
    if bounds.min_id is not None:
        low = bounds.min_id + 1
    if bounds.min_timestamp is not None:
        low = max(low, first_pk((bounds.min_timestamp - slack) * 1000))
    if bounds.max_id is not None:
        high = bounds.max_id - 1
    if bounds.max_timestamp is not None:
        high = min(high, first_pk((bounds.max_timestamp + slack + 1) * 1000) - 1)
    return clamp(low), clamp(high)


def seconds(bounds: Bounds) -> tuple[int, int]:
    """The first and the last second, since 1970, that are within bounds."""
    low, high = bounds.min_timestamp, bounds.max_timestamp
    return clamp(FIRST if low is None else low), clamp(LAST if high is None else high)
