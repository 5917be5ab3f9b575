"""Windows: which part of a listing is read next, and where a part is cut in two. Pure.

Windows lie one behind the other, the newest first, and each is read from its newest number
down. Whoever is idle takes one that nobody reads; if there is none, one that has much left is
cut, and he takes its rest. Where there is room for all that is expected, the largest is cut,
so that all end at the same time. Where there is not, the newest that would keep the others
waiting is: only what lies behind nothing unread can be given, and makes room.
"""

from __future__ import annotations

from math import ceil, inf

from attrs import define, field

SHORT = 5  # pages: what has no more is read in order
_SPARE = 2  # requests that may be wasted on that
_UNPROVEN = 10  # of so many pages, one may be spent on bounds not known to be heeded
_SHARE = 0.3  # of the room that all readers' windows together are cut to
_STRIDES = 5  # that have to be left where a request covers only a part
_HASTE = 0.6  # of a reader's part of the free room that a window may keep


@define(eq=False)
class Window:
    """A part of a listing: the items whose numbers are in `[low, high)`.

    Attributes:
        low: the least number within, `-inf` for none.
        high: the first number above it, `inf` for none.
        at: the number down to which it was read.
        rate: how many items there are to a number, as far as is known.
        depth: how many windows were cut, one off the other, since any of them was read.
        busy: whether a request for it is under way.
        parked: whether an error has to be told before it is asked for again.
        started: whether any reply came.
        ended: whether all of it was read.
        held: how many of its items were read and not given.
    """

    low: float
    high: float
    at: float
    rate: float = 0.0
    depth: int = 0
    busy: bool = False
    parked: bool = False
    started: bool = False
    ended: bool = False
    held: int = 0


@define(eq=False)
class Windows:
    """All windows of a listing.

    Attributes:
        readers: how many requests may be under way at once.
        floor: below which hardly anything lies.
        room: how many items may be held.
        is_ordered: whether only what lies behind nothing unread can be given.
        known: how many items there are, `None` if nobody has said.
        most: how many items are wanted at most.
        size: how many items a page has, the largest seen.
        stride: how much of the axis one request covers at most.
        slack: by how much requests are wider than their windows.
        spare: how many windows may be opened before the listing is known to be long.
        pages: how many pages may be under way or wait to be given.
        waiting: how many wait.
        is_uncounted: whether somebody is about to say how many items there are.
        is_whole: whether nothing may be cut.
        is_proven: whether a window's bounds were heeded.
        every: the windows, newest first.
        opened: how many were cut off.
        before: how many of them by an axis that had to be given up.
        read: how many items were read.
        in_hand: how many items of the page that was given last.
    """

    readers: int
    floor: float = 0
    room: float = inf
    pages: float = inf
    is_ordered: bool = True
    known: int | None = None
    most: float = inf
    size: int = 20
    stride: int | None = None
    slack: int = 1
    spare: int = _SPARE
    waiting: int = 0
    is_uncounted: bool = False
    is_whole: bool = False
    is_proven: bool = False
    every: list[Window] = field(factory=lambda: [Window(-inf, inf, inf)])
    opened: int = 0
    before: int = 0
    read: int = 0
    in_hand: int = 0

    def choose(self) -> Window | None:
        """The window to ask next, `None` if nothing should be asked now."""
        under_way = sum(window.busy for window in self.every)
        leading = next((window for window in self.every if not window.ended), None)
        if leading is None or under_way >= min(self.readers, self.pages - self.waiting):
            return None
        held = sum(window.held for window in self.every)
        used = self.in_hand + held + under_way * self.size
        room = min(self.room, self.in_hand + self._wanted(held))
        if _is_idle(leading) and (used + self.size <= room or self._must_lead(leading, under_way)):
            return leading
        if used + 2 * self.size > room:
            return None  # the leading window has a page of its own
        left = [self._left(window) for window in self.every]
        damped = min(1.0, max(0.0, self._expected() - self.read) / (sum(left) or 1.0))
        if sum(left) * damped + self.in_hand + held <= room:
            left = [items * damped for items in left]
            return self._largest(left, self.readers - under_way)
        return self._newest(left, room, (room - used) / self.readers)

    def took(self, window: Window, numbers: list[int], *, at: float, ended: bool) -> None:
        """Note what a reply has brought.

        Args:
            window: what was asked.
            numbers: of the items that lie in it, newest first.
            at: the number down to which it is read now.
            ended: whether that was all.
        """
        window.busy, window.started, window.ended = False, True, ended
        window.depth = 0
        window.at = min(window.at, at)
        window.held += len(numbers)
        self.read += len(numbers)
        if numbers:
            length: float = _span(numbers)
            if self.stride is not None and len(numbers) < self.size:
                length = max(length, self.stride)  # that was all of what it covered
            window.rate = len(numbers) / length

    def empty(self, window: Window, low: float) -> None:
        """Note that there is nothing in what was cut off a window, down to a number."""
        for other in self.every[self.every.index(window) + 1 :]:
            if other.low < low or other.started:
                break
            other.ended, other.busy = True, False

    def turn(self, leading: Window, numbers: list[int]) -> None:
        """Go on by another axis, on which the leading window's last page has these numbers."""
        self.is_proven, self.before = False, self.opened
        if numbers:
            leading.at = numbers[-1]
            leading.rate = len(numbers) / _span(numbers)

    def _wanted(self, held: int) -> float:
        """How many items may be held or under way where not all are wanted: whole pages."""
        if self.most == inf:
            return inf
        return self.size * (ceil((self.most - self.read + held) / self.size) + 1)

    def _must_lead(self, leading: Window, under_way: int) -> bool:
        """Whether nothing can be given before the leading window is asked, room or not."""
        return not (leading.held or self.in_hand or under_way)

    def _largest(self, left: list[float], idle: int) -> Window | None:
        for window in self.every:
            if _is_idle(window):
                return window
        most = max(range(len(left)), key=lambda at: left[at] - self.size * self.every[at].busy)
        rest = left[most] - self.size * self.every[most].busy
        if rest < self._worth():
            return None
        return self._cut(most, left[most], rest / (idle + 1))

    def _newest(self, left: list[float], room: float, free: float) -> Window | None:
        """The newest that is idle, or has more left than a reader may read before it is full."""
        share = _SHARE * room / self.readers
        ahead = 0.0  # what has to be read before a window's items can be given
        before: float = self.read - sum(window.held for window in self.every)
        for at, window in enumerate(self.every):
            if ahead > room or before >= self.most:
                break
            ahead += left[at]
            before += left[at] + window.held
            if _is_idle(window):
                return window
            rest = left[at] - self.size
            if not window.busy or rest < max(self._worth(), _HASTE * free):
                continue
            keep = min(share, rest / 2)
            new = self._cut(at, left[at], keep)
            if new is not None:
                return new
        return None

    def _cut(self, index: int, left: float, keep: float) -> Window | None:
        """Cut a window's rest off.

        Args:
            index: which window.
            left: how many items it has left, as far as is known.
            keep: how many of them it keeps beside the page that is under way.
        """
        window = self.every[index]
        length = window.at - max(window.low, self.floor)
        if not self._may_cut(window) or length <= 0 or not left:
            return None
        # Between what the last page says and what the whole says: bursts are neither.
        rate = ((window.rate or left / length) * left / length) ** 0.5
        keep = max(keep, self.size) + self.size * window.busy
        number = window.at - max(1, int(keep / rate))
        if number <= window.low or number - self.slack <= self.floor:
            number = window.at - int(length) // 2
        if number - self.slack <= max(window.low, self.floor) or number > window.at:
            return None
        depth = 0 if window.started else window.depth
        rest = Window(window.low, number, number, left / length, depth + 1)
        window.low = number
        self.every.insert(index + 1, rest)
        self.opened += 1
        return rest

    def _worth(self) -> int:
        """How many items have to be left behind a page to cut a window there."""
        return self.size * (2 if self.stride is None else _STRIDES)

    def _may_cut(self, window: Window) -> bool:
        """Whether the listing is long enough, and errors or deaf ears are nowhere met."""
        if self.is_whole or self.is_uncounted or window.at == inf:
            return False
        if any(other.parked for other in self.every) or window.depth >= self.readers:
            return False
        short = SHORT * self.size
        certain = self.read if self.known is None else self.known
        if min(self.most, inf if self.known is None else self.known) <= short:
            return False
        if self.stride is not None:
            certain += self.size * int(self._length() / self.stride)
        if certain <= short:
            return self.opened < self.spare
        pages = certain // self.size
        return self.is_proven or self.opened - self.before < max(self.spare, pages // _UNPROVEN)

    def _left(self, window: Window) -> float:
        """How many items a window has left by its own rate; time that is empty costs, too."""
        if window.ended or window.at == inf:
            return 0.0
        length = max(0.0, window.at - max(window.low, self.floor))
        by_stride = 0.0 if self.stride is None else self.size * length / self.stride
        return max(window.rate * length, by_stride)

    def _expected(self) -> float:
        """How many items may come; of an ordered read, those wanted are the newest of them."""
        most = inf if self.is_ordered else self.most
        if self.stride is not None:
            return inf
        return most if self.known is None or self.read > self.known else min(most, self.known)

    def _length(self) -> float:
        """How much of the axis is left."""
        return sum(
            max(0.0, window.at - max(window.low, self.floor))
            for window in self.every
            if not (window.ended or window.at == inf)
        )


def _span(numbers: list[int]) -> int:
    """How much of the axis a page covers; one whose last item is the newer covers one number."""
    return max(1, numbers[0] - numbers[-1] + 1)


def _is_idle(window: Window) -> bool:
    return not (window.busy or window.ended or window.parked)
