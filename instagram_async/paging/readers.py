"""What is read of each window, and how: the listing narrowed to it, and the walk in it. Pure."""

from __future__ import annotations

from collections import Counter, deque
from math import inf
from typing import Generic, TypeVar

from attrs import define, evolve, field

from instagram_async.paging.axis import Axis
from instagram_async.paging.checkpoint import OpenRange, Place
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.paging.walk import Walk
from instagram_async.paging.windows import Window, Windows

T = TypeVar("T")


@define(eq=False)
class Reader(Generic[T]):
    """What is read of one window.

    Attributes:
        listing: the whole one, narrowed to the window.
        walk: its pages, one after the other.
        pages: those that were read and not given.
        error: why its next page could not be had, until that was told.
        tail: what makes the items of the last page the same items.
        last: those items.
        low: the least number that its requests ask for.
        above: the tail of what came before the window and is gone.
        carried: what can't be read, to be given with the next item that can.
        rounds: how many replies had to come, one after the other, before the last one.
    """

    listing: Listing[T]
    walk: Walk[T]
    pages: deque[ListReply[T]] = field(factory=deque[ListReply[T]])
    error: Exception | None = None
    tail: tuple[str, ...] = ()
    last: tuple[T, ...] = ()
    low: float = -inf
    above: tuple[str, ...] = ()
    carried: list[T | Unreadable] = field(factory=list[T | Unreadable])
    rounds: int = 0


class Readers(Generic[T]):
    """The readers of all windows of a listing.

    Args:
        listing: what is read.
        place: where it begins.
        began: when it is begun, in seconds since 1970.
    """

    def __init__(self, listing: Listing[T], place: Place, began: float) -> None:
        self.listing = listing
        self.begin = place.cursor or listing.rule.begin(listing.params, began, None)
        self.limits = listing.rule.limits(listing.params, self.begin)
        self.anomalies: Counter[str] = Counter()
        self._axes = deque[Axis](listing.rule.axes)
        self.axis = self._axes.popleft()
        while place.open and self.axis.low != place.axis:
            self.axis = self._axes.popleft()
        self._floor: float = self.axis.floor
        self._made: dict[Window, Reader[T]] = {}

    def of(self, window: Window) -> Reader[T]:
        """What is read of a window."""
        found = self._made.get(window)
        if found is None:
            found = self._made[window] = self.begun(self._narrowed(window), None)
            found.low = window.low
        return found

    def main(self, window: Window) -> None:
        """Have a window read as the listing itself, from where it begins."""
        self._made[window] = self.begun(self.listing, self.begin)

    def forget(self, window: Window) -> None:
        """Let go of what was read of a window."""
        self._made.pop(window, None)

    def turn(self) -> bool:
        """Turn to the next axis, if there is one."""
        if not self._axes:
            return False
        self.axis = self._axes.popleft()
        return True

    def restart(self, window: Window, tail: tuple[str, ...]) -> None:
        """Read a window by cursor alone, behind the items of a page.

        Args:
            window: the window.
            tail: what makes those items the same items; none of them is the listing's start.
        """
        cursor, behind = self.begin, self.listing.rule.behind
        if tail:
            cursor = behind(cursor, tail, len(tail)) or behind(cursor, tail[-1:], 1)
        self.of(window).walk = self.begun(self.listing, cursor).walk

    def begun(self, listing: Listing[T], cursor: str | None) -> Reader[T]:
        """A reader from a cursor on."""
        walk: Walk[T] = Walk(listing, Place(cursor))
        walk.anomalies = self.anomalies
        return Reader(listing, walk)

    def opened(self, part: OpenRange) -> Window:
        """A window that was open when a checkpoint was taken."""
        low = -inf if part.low is None else part.low
        high = inf if part.high is None else part.high
        window = Window(low, high, high, started=part.cursor is not None)
        listing = self.listing if high == inf else self._narrowed(window)
        cursor = part.cursor or (self.begin if high == inf else None)
        reader = self._made[window] = self.begun(listing, cursor)
        reader.low = -inf if high == inf else low
        window.at = min(high, self.upper(listing, cursor))  # what is above was given
        return window

    def measure(self, windows: Windows) -> None:
        """Tell the windows of their axis."""
        axis = self.axis
        lower = [at for key, at, is_lower in self.limits if key is axis.bound and is_lower]
        windows.floor = self._floor = max([axis.floor, *lower])
        windows.stride, windows.slack = axis.stride, axis.slack

    def numbers(self, items: tuple[T | Unreadable, ...], window: Window) -> list[int]:
        """Where items lie; what says nothing lies where the item before it does."""
        key = self.axis.key
        found = [None if isinstance(item, Unreadable) else key(item) for item in items]
        first = next((number for number in found if number is not None), None)
        at = window.at if first is None or window.started else first
        number = int(at) if at != inf else first or 0
        numbers: list[int] = []
        for own in found:
            number = number if own is None else own
            numbers.append(number)
        return numbers

    def upper(self, listing: Listing[T], cursor: str | None) -> float:
        """Up to where a cursor's page may reach."""
        limits = self.listing.rule.limits(listing.params, cursor)
        return min(
            (at for key, at, lower in limits if key is self.axis.bound and not lower), default=inf
        )

    def _narrowed(self, window: Window) -> Listing[T]:
        """The listing with the bounds of a window."""
        axis, params = self.axis, self.listing.params
        narrowed = axis.narrowed(params, window.low, window.high)
        if axis.stride is not None and window.low == -inf:  # where its span ends is fixed
            narrowed = axis.narrowed(narrowed, self._floor + axis.slack, inf)
        return evolve(self.listing, params=narrowed)
