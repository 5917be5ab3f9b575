"""Sliding-window arithmetic: pure, with the time handed in.

The server counts requests as they arrive, somewhere between our sending and its reply
(reference C.3). So a place is busy from the moment it is granted until one window after
the reply: whatever the moment of arrival was, the server has forgotten it by then.
"""

from __future__ import annotations

from bisect import insort
from collections import deque

from instagram_async.quota.belief import Belief, Level, WindowSpec


class Window(Belief):
    """The places of one window, and what is known of it beyond them.

    Args:
        spec: limit and length.
    """

    __slots__ = ("_busy", "_flying", "spec")

    def __init__(self, spec: WindowSpec) -> None:
        super().__init__()
        self.spec = spec
        self._busy: deque[float] = deque()  # when each answered place frees, ascending
        self._flying = 0  # granted, not answered

    def free_at(self, now: float, ahead: int = 0) -> float:
        """When a place will be free.

        Args:
            now: the present.
            ahead: how many others take theirs before.

        Returns:
            `now` if it is free already, else an instant before which it surely is not.
        """
        when = self.opens_at(self.spec, now, ahead)
        limit = self.places(self.spec)
        if limit is None:
            return when
        self._forget(now)
        # Of those ahead, whole rounds of the window come first.
        rounds, behind = divmod(ahead, limit)
        place = behind + len(self._busy) + self._flying - limit
        per = self.spec.per
        frees = now if place < 0 else self._frees(place, now + per)
        return max(when, frees + rounds * per)

    def take(self, now: float) -> int:
        """Take a place that `free_at` said is free.

        Args:
            now: the present.

        Returns:
            The number of the grant, for `settle`.
        """
        self._flying += 1
        return self.grant(now)

    def give_back(self) -> None:
        """Return a place whose request never left."""
        self._flying -= 1

    def settle(self, until: float) -> None:
        """Count a place as answered.

        Args:
            until: when the server has surely forgotten the request.
        """
        self._flying -= 1
        if self.spec.limit is None:
            return
        if self._busy and until < self._busy[-1]:
            insort(self._busy, until)
        else:
            self._busy.append(until)

    def refuse(self, grant: int, now: float, retry_after: float | None) -> None:
        """Close the window after a 429.

        Args:
            grant: the refused request, already settled.
            now: the present.
            retry_after: seconds that the reply asks for, `None` if it does not say.
        """
        self._forget(now)
        oldest = self._busy[0] if len(self._busy) > 1 else None  # one is the refused one's
        self.refused(grant, now, self.spec.per, oldest, retry_after)

    def level(self, now: float) -> Level:
        """How full the window is."""
        free_at = self.free_at(now)  # which also drops the places that are over
        used = len(self._busy) + self._flying
        return Level(used, free_at, *self.server_says(self.spec, now))

    def idle(self, now: float) -> bool:
        """Whether nothing would be lost by forgetting the window."""
        level = self.level(now)
        return level.free_at <= now and level.used == 0 and level.left is None

    def _frees(self, place: int, soonest: float) -> float:
        """When the n-th place frees; that of a flight `soonest`, should its reply come now."""
        busy = self._busy
        if place < len(busy) and busy[place] <= soonest:
            return busy[place]
        later = place - self._flying
        return soonest if later < 0 else max(soonest, busy[later])

    def _forget(self, now: float) -> None:
        """Drop the places that the server has forgotten too."""
        while self._busy and self._busy[0] <= now:
            self._busy.popleft()
