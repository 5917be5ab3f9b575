"""How far a job is, how fast, and for how long yet. Pure."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from instagram_async.quota.policy import ServerQuota

_WINDOW = 60.0  # seconds that the rate is taken of
_STEP = _WINDOW / 60  # between two that are remembered


class Progress(NamedTuple):
    """How far a run of a job is.

    Attributes:
        listings: how many there are, `None` where their source was no mapping.
        over: how many were read to their end or limit, now or before.
        failed: how many were given up, now or before.
        open: how many are under way.
        items: items kept by this run.
        requests: attempts made by it, failed ones included.
        rate: items a second over the last minute.
        quota: what the latest reply's headers said of the quota.
        eta: seconds that it will take yet, by that rate and by how many items the listings
            that are over had. `None` where nothing can be said: the number of listings is not
            known, none is over yet, none gives anything just now, or less is left of the quota
            than will be needed.

    Example:
        >>> from instagram_async import bulk
        >>> bulk.Progress(listings=3, over=1, open=2, items=90, requests=3).eta is None
        True
    """

    listings: int | None = None
    over: int = 0
    failed: int = 0
    open: int = 0
    items: int = 0
    requests: int = 0
    rate: float = 0.0
    quota: ServerQuota = ServerQuota()
    eta: float | None = None


class Meter:
    """Measures a rate over a window that goes with the time.

    Args:
        now: when nothing was counted yet, in seconds.
    """

    def __init__(self, now: float) -> None:
        self._marks = deque([(now, 0)])

    def rate(self, now: float, count: int) -> float:
        """How many a second, of late.

        Args:
            now: the present; never goes back.
            count: how many it is by now.
        """
        marks = self._marks
        while len(marks) > 1 and marks[1][0] <= now - _WINDOW:
            marks.popleft()
        begun, before = marks[0]
        if now - marks[-1][0] >= _STEP:
            marks.append((now, count))
        return (count - before) / (now - begun) if now > begun else 0.0


def eta(progress: Progress, read: int) -> float | None:
    """How long the rest will take.

    Who reads many listings in turns sees the short ones end first, so their mean says too
    little. Counted is what all have given, for each that is over: the mean if a listing may
    end as well here as there. By that, an open one has as much before it as one not begun.

    Args:
        progress: all but the eta.
        read: items of all listings that were taken up, with what they gave before this run.

    Returns:
        Seconds, `None` where nothing can be said.
    """
    if progress.listings is None:
        return None
    rest = progress.listings - progress.over - progress.failed
    if rest <= 0:
        return 0.0
    if not (progress.over and progress.rate > 0):
        return None
    items = rest * read / progress.over
    left = progress.quota.remaining
    if left is not None and items * progress.requests / progress.items > left:
        return None
    return items / progress.rate
