"""All lanes of a gate: whose turn it is, however many wait."""

from __future__ import annotations

from heapq import heappop, heappush

from instagram_async.quota.belief import WindowSpec
from instagram_async.quota.lane import Caller, Lane
from instagram_async.quota.store import Windows


class Lanes:
    """Those who wait, by the windows that they need.

    The heads of open lanes stand in a heap, by their tickets. What has changed since is
    noticed when it comes to the top, so that thousands of lanes cost no more than a few.
    """

    def __init__(self) -> None:
        self._lanes: dict[Windows, Lane] = {}
        self._sharing: dict[WindowSpec, list[Lane]] = {}
        self._heads: list[tuple[int, Lane]] = []

    def __bool__(self) -> bool:
        return bool(self._lanes)

    def __contains__(self, windows: Windows) -> bool:
        return windows in self._lanes

    def join(self, windows: Windows, caller: Caller) -> Lane:
        """Stand at the end of the lane for some windows.

        Args:
            windows: what the caller needs.
            caller: who comes.

        Returns:
            The lane.
        """
        lane = self._lanes.get(windows)
        if lane is None:
            lane = self._lanes[windows] = Lane(windows)
            for spec in windows:
                self._sharing.setdefault(spec, []).append(lane)
        lane.join(caller)
        if lane.head is caller:
            self._offer(lane)
        return lane

    def leave(self, lane: Lane, caller: Caller) -> None:
        """Go, from wherever one stands; an empty lane is given up.

        Args:
            lane: where the caller stands.
            caller: who goes.
        """
        was_head = lane.head is caller
        lane.leave(caller)
        if lane.callers:
            if was_head:
                self._offer(lane)
            return
        lane.close()
        del self._lanes[lane.windows]
        for spec in lane.windows:
            self._sharing[spec].remove(lane)
            if not self._sharing[spec]:
                del self._sharing[spec]

    def first(self, now: float) -> Caller | None:
        """The oldest caller among those whose windows are not known to be closed.

        Args:
            now: the present.
        """
        while self._heads:
            ticket, lane = self._heads[0]
            if lane.callers and lane.head.ticket == ticket and lane.closed_until <= now:
                return lane.head
            heappop(self._heads)
        return None

    def fail(self, why: str) -> None:
        """Tell everybody that there is nothing to wait for any more."""
        for lane in self._lanes.values():
            for caller in lane.callers:
                caller.fail(why)

    def reopen(self, lane: Lane) -> None:
        """Let the head of a lane try again."""
        lane.reopen()
        if lane.callers:
            self._offer(lane)

    def reopen_sharing(self, windows: Windows) -> None:
        """Let all try again who need one of these windows."""
        for spec in windows:
            for lane in self._sharing.get(spec, ()):
                self.reopen(lane)

    def ahead(self, windows: Windows) -> list[int]:
        """How many wait for each of these windows."""
        return [sum(len(lane.callers) for lane in self._sharing.get(spec, ())) for spec in windows]

    def _offer(self, lane: Lane) -> None:
        heappush(self._heads, (lane.head.ticket, lane))
