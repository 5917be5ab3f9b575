"""Sliding-window arithmetic: pure, with the time handed in.

The server counts requests as they arrive, somewhere between our sending and its reply
(reference C.3). So a place is busy from the moment it is granted until one window after
the reply: whatever the moment of arrival was, the server has forgotten it by then.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from typing import NamedTuple

_BACKOFF = 60.0  # v1 gives no hint how long to stay away (reference C.3)


class WindowSpec(NamedTuple):
    """A window as it is asked for.

    Attributes:
        key: whose window it is; never a secret.
        limit: places in it, `None` for as many as you like.
        per: its length in seconds.
        family: whose writes it counts, `None` for all requests.
    """

    key: str
    limit: int | None
    per: float
    family: str | None = None


class _View(NamedTuple):
    """What the headers of a reply said: how much is left after the request of a grant."""

    grant: int
    remaining: int
    at: float
    limit: int | None


class Window:
    """The places of one window.

    Args:
        spec: limit and length.
    """

    __slots__ = (
        "_busy", "_closed_until", "_flying", "_granted", "_last_grant", "_refused_at", "_strikes",
        "_view", "spec",
    )  # fmt: skip

    def __init__(self, spec: WindowSpec) -> None:
        self.spec = spec
        self._busy: deque[float] = deque()  # when each answered place frees, ascending
        self._flying = 0  # granted, not answered
        self._granted = 0  # ever
        self._last_grant = 0.0
        self._view: _View | None = None
        self._closed_until = 0.0
        self._strikes = 0
        self._refused_at = 0  # grants up to this one belong to a refusal already dealt with

    def free_at(self, now: float, ahead: int = 0) -> float:
        """When a place will be free.

        Args:
            now: the present.
            ahead: how many others take theirs before.

        Returns:
            `now` if it is free already, else an instant before which it surely is not.
        """
        when = max(now, self._closed_until)
        limit = self.spec.limit
        if limit is None:
            return when
        busy = self._busy
        if busy and busy[0] <= now:
            self._forget(now)
        short = ahead - (limit - len(busy) - self._flying)
        if short >= 0:
            rounds, place = divmod(short, limit)
            # What flies frees a window after its reply, which may come any moment.
            freed = busy[place] if place < len(busy) else now + self.spec.per
            when = max(when, freed + rounds * self.spec.per)
        view = self._view
        return when if view is None else max(when, self._allowed_at(view, now, ahead, limit))

    def take(self, now: float) -> int:
        """Take a place that `free_at` said is free.

        Args:
            now: the present.

        Returns:
            The number of the grant, for `settle`.
        """
        self._flying += 1
        self._granted += 1
        self._last_grant = now
        return self._granted

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

    def answered(
        self, grant: int, remaining: int | None, now: float, limit: int | None = None
    ) -> bool:
        """Note a reply that was no refusal.

        Args:
            grant: the request that was answered.
            remaining: requests left after it, as the server says, `None` if it does not.
            now: the present.
            limit: requests the server allows in a window, `None` if it does not say.

        Returns:
            Whether the server had forbidden more until now.
        """
        if grant > self._refused_at:
            self._strikes = 0
        forbidden = self._view is not None and self._left(self._view) <= 0
        if remaining is not None and (self._view is None or grant >= self._view.grant):
            self._view = _View(grant, remaining, now, limit)
        return forbidden

    def idle(self, now: float) -> bool:
        """Whether nothing would be lost by forgetting the window."""
        free = self.free_at(now) <= now  # which also drops the places that are over
        seen = self._view is not None and now - self._view.at < self.spec.per
        return free and not (self._flying or self._busy or seen)

    def refuse(self, grant: int, now: float, retry_after: float | None) -> None:
        """Close the window after a 429.

        Args:
            grant: the refused request, already settled.
            now: the present.
            retry_after: seconds that the reply asks for, `None` if it does not say.
        """
        if grant <= self._refused_at:
            return  # sent before the window closed: the same refusal
        self._refused_at = self._granted
        self._strikes += 1
        self._forget(now)
        if retry_after is not None:
            pause = retry_after
        elif self._strikes == 1 and len(self._busy) > 1:
            pause = self._busy[0] - now  # our oldest place but the refused one's
        else:
            pause = _BACKOFF * 2.0 ** min(max(self._strikes - 2, 0), 30)
        self._closed_until = max(self._closed_until, now + min(pause, self.spec.per))

    def _allowed_at(self, view: _View, now: float, ahead: int, limit: int) -> float:
        if now - view.at >= self.spec.per:
            self._view = None
            return now
        if ahead < self._left(view):
            return now
        # The server forbids it: one may still go per slice of the window, to look again.
        slices = min(limit, view.limit or limit)
        return max(now, self._last_grant + (ahead + 1) * self.spec.per / slices)

    def _left(self, view: _View) -> int:
        return view.remaining - (self._granted - view.grant)

    def _forget(self, now: float) -> None:
        """Drop the places that the server has forgotten too."""
        while self._busy and self._busy[0] <= now:
            self._busy.popleft()
