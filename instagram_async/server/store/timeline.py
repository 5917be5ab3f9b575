"""Media numbers in order, and which of them given bounds can name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator

from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.ids import first_pk, pk_second


class Timeline:
    """The pks of some media, of one user or one place, searched by bisection.

    A pk holds the second of its post, so bounds in time are bounds of pks. Recorded media
    are sometimes a second off; the largest such difference widens the search.

    Example:
        >>> timeline = Timeline()
        >>> timeline.add(64, 1314220021)
        >>> list(timeline.newest_first(Bounds(max_id=65)))
        [64]
    """

    def __init__(self) -> None:
        self._pks: list[int] = []
        self._slack = 0

    def __len__(self) -> int:
        return len(self._pks)

    def add(self, pk: int, second: int) -> None:
        """Take in a media.

        Args:
            pk: its number, not yet in the timeline.
            second: when it was posted, seconds since 1970.
        """
        insort(self._pks, pk)
        self._slack = max(self._slack, abs(second - pk_second(pk)))

    def remove(self, pk: int) -> None:
        """Take out a media that is in the timeline."""
        del self._pks[bisect_left(self._pks, pk)]

    def newest_first(self, bounds: Bounds = EVERYTHING) -> Iterator[int]:
        """The pks within bounds, and perhaps some that miss the bounds in time a little.

        Args:
            bounds: what is asked for.

        Returns:
            The pks, largest first.
        """
        start, stop = 0, len(self._pks)
        if bounds.min_id is not None:
            start = bisect_right(self._pks, bounds.min_id)
        if bounds.min_timestamp is not None:
            lowest = first_pk((bounds.min_timestamp - self._slack) * 1000)
            start = max(start, bisect_left(self._pks, lowest))
        if bounds.max_id is not None:
            stop = bisect_left(self._pks, bounds.max_id)
        if bounds.max_timestamp is not None:
            beyond = first_pk((bounds.max_timestamp + self._slack + 1) * 1000)
            stop = min(stop, bisect_left(self._pks, beyond))
        return (self._pks[at] for at in range(stop - 1, start - 1, -1))
