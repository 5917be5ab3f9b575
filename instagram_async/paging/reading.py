"""Reading a listing by windows: what to ask for, what a reply adds, what may be given. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import pairwise
from math import ceil, inf
from typing import Generic, NamedTuple, TypeVar

from instagram_async.errors import InvalidRequestError, PagingError
from instagram_async.paging.checkpoint import Place
from instagram_async.paging.listing import Listing
from instagram_async.paging.merged_rule import LAST, MORE
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.paging.readers import Readers
from instagram_async.paging.sieve import is_outside
from instagram_async.paging.windows import Window, Windows
from instagram_async.quota.policy import ServerQuota
from instagram_async.transport import Pairs

T = TypeVar("T")


class Ask(NamedTuple, Generic[T]):
    """A request: for which window, of which listing, with what."""

    window: Window
    listing: Listing[T]
    params: Pairs


class Reading(Generic[T]):
    """Joins the windows with the walks in them.

    Args:
        listing: what is read.
        place: where it begins.
        windows: cuts it.
        began: when it is begun, in seconds since 1970.
    """

    def __init__(self, listing: Listing[T], place: Place, windows: Windows, began: float) -> None:
        self.windows = windows
        self.began = began
        self.readers: Readers[T] = Readers(listing, place, began)
        self.replies = 0
        self.rounds = 0
        self._came = deque[Window]()  # windows whose page or error came, as they came
        self._carried: list[T | Unreadable] = []  # what can't be read, across windows
        self._behind: set[Window] = set()  # those that wait for the one before them
        self._told: list[Window] = []  # whose errors were told since anything was given
        self._now = 0  # the round of the reply that came last
        self.readers.measure(windows)
        if place.open:
            windows.every = [self.readers.opened(part) for part in place.open]
        leading = windows.every[0]
        self._main = leading if leading.high == inf else None  # has no upper bound of ours
        if self._main is not None and not place.open:
            self.readers.main(leading)

    @property
    def saved(self) -> int:
        """How many requests did not have to wait for those before them."""
        return max(0, ceil(self.windows.read / self.windows.size) - self.rounds)

    @property
    def spent(self) -> int:
        """How many replies there were beside those that full pages would have been."""
        return max(0, self.replies - max(1, ceil(self.windows.read / self.windows.size)))

    def is_given(self, window: Window) -> bool:
        """Whether all of a window was read and given."""
        return window.ended and not (window.held or self.readers.of(window).carried)

    @property
    def is_over(self) -> bool:
        """Whether everything was read and given."""
        return all(map(self.is_given, self.windows.every))

    def ask(self) -> Ask[T] | None:
        """The next request, `None` if nothing should be asked now."""
        while (window := self.windows.choose()) is not None:
            reader = self.readers.of(window)
            window.busy = True
            try:
                params = reader.walk.ask()
            except PagingError as error:
                self.failed(window, error)
                continue
            reader.rounds = self._now + 1
            return Ask(window, reader.listing, params)
        return None

    def failed(self, window: Window, error: Exception) -> None:
        """Note that a window's page could not be had; it is told at its place."""
        if window not in self.windows.every:
            return
        if isinstance(error, InvalidRequestError) and self._is_first_of(window):
            self._turn_from(window)  # the server takes no such bounds
            return
        window.busy, window.parked = False, True
        self.readers.of(window).error = error
        self._came.append(window)

    def took(self, window: Window, reply: ListReply[T]) -> None:
        """Take the reply to what was asked."""
        self.replies += 1
        if window not in self.windows.every:
            return
        reader, axis = self.readers.of(window), self.readers.axis
        self.rounds, self._now = max(self.rounds, reader.rounds), reader.rounds
        numbers = self.readers.numbers(reply.items, window)
        if self._is_first_of(window):
            if any(axis.is_outside(number, window.high) for number in numbers):
                self._turn_from(window)
                return
            self.windows.is_proven = True
        batch = reader.walk.take(reply)
        following, new = batch.next, set(map(id, batch.entries))
        reader.walk.leave()
        if any(newer < older for newer, older in pairwise(numbers)):
            self.readers.anomalies["disorder"] += 1
            self.windows.is_whole = True
        within = [
            (number, item)
            for number, item in zip(numbers, reply.items, strict=True)
            if window.low <= number < window.high
            and id(item) in new
            and (window is self._main or not is_outside(item, self.readers.limits))
        ]
        readable = tuple(item for _, item in within if not isinstance(item, Unreadable))
        if readable:
            is_needed = window is self._main and not self.windows.is_proven
            reader.last = readable if is_needed else ()
            reader.tail = tuple(map(self.readers.listing.rule.identity, readable))
        is_last = following is None  # down to what was asked for, or that was never cut off
        ended = is_last or bool(numbers and numbers[-1] < window.low)
        at = numbers[-1] if numbers else self.readers.upper(reader.listing, following)
        self.windows.size = max(self.windows.size, len(reply.items))
        self.windows.took(window, [number for number, _ in within], at=at, ended=ended)
        if is_last and not (numbers and numbers[-1] < window.low):
            self.windows.empty(window, reader.low)
        if within:
            items = tuple(item for _, item in within)
            reader.pages.append(reply._replace(items=items))
            self.windows.waiting += 1
        self._came.append(window)
        if self._behind:
            self._release_behind()

    def give(self) -> ListReply[T] | None:
        """The page that comes next in the listing, `None` if it has not come yet.

        Raises:
            Exception: what came of asking for it.
        """
        self._resume_told()
        every = self.windows.every
        while True:
            front = every[0]
            page = self._next_of(front, self._carried, is_last=len(every) == 1)
            if page is not None:
                return page
            if not front.ended:
                return None
            if len(every) == 1:
                return ListReply((), LAST, ServerQuota())
            self._drop(front)

    def give_any(self) -> tuple[Window, ListReply[T]] | None:
        """A page of any window, `None` if there is none.

        Raises:
            Exception: what came of asking for one.
        """
        self._resume_told()
        while self._came:
            window = self._came.popleft()
            page = self._next_of(window, self.readers.of(window).carried, is_last=None)
            if page is not None:
                return window, page
        return None

    def _next_of(
        self, window: Window, carried: list[T | Unreadable], *, is_last: bool | None
    ) -> ListReply[T] | None:
        """A window's next page: one with an item that can be read, or the last.

        Args:
            window: whose page.
            carried: what could not be read before that.
            is_last: whether it is the listing's last window, `None` if each is its own.
        """
        reader, quota = self.readers.of(window), ServerQuota()
        while reader.pages and not _has_readable(carried):
            page = reader.pages.popleft()
            self.windows.waiting -= 1
            window.held -= len(page.items)
            carried += page.items
            quota = page.quota
        ends = window.ended and not reader.pages
        is_good = _has_readable(carried)
        if is_good or (carried and ends and is_last is not False):
            items = tuple(carried)
            carried.clear()
            self.windows.in_hand = len(items)
            flawed = any(isinstance(item, Unreadable) for item in items)
            more = is_good and not (ends and is_last)
            return ListReply(items, MORE if more else LAST, quota, flawed)
        if reader.error is not None:
            error, reader.error = reader.error, None
            self._told.append(window)
            raise error
        return None

    def _resume_told(self) -> None:
        """Whoever comes again wants that to be asked for again whose error he was told."""
        for window in self._told:
            window.parked = False
        self._told.clear()
        self.windows.in_hand = 0

    def _drop(self, front: Window) -> None:
        """Let go of a window of which nothing is left."""
        tail = self.readers.of(front).tail
        self.readers.forget(front)
        self.windows.every.remove(front)
        reader = self.readers.of(self.windows.every[0])
        reader.above = tail or reader.above

    def _turn_from(self, window: Window) -> None:
        """Deal with bounds that were ignored, or refused."""
        main, every = self._main, self.windows.every
        if main is None or main is not every[0] or any(other.started for other in every[1:]):
            self._read_behind(window)
            return
        self.readers.anomalies["bounds_ignored"] += 1
        for dropped in every[1:]:
            self.readers.forget(dropped)
        del every[1:]
        main.low = -inf
        if main.ended:  # it has read what was not its own, and needs it now
            self.readers.restart(main, self.readers.of(main).tail)
            main.ended = False
        if self.readers.turn():
            self.readers.measure(self.windows)
            last = self.readers.of(main).last
            numbers = [
                number for item in last if (number := self.readers.axis.key(item)) is not None
            ]
            self.windows.turn(main, numbers)
        else:
            self.windows.is_whole = True

    def _read_behind(self, window: Window) -> None:
        """Read a window by cursor alone, as soon as the one before it has ended."""
        self.readers.anomalies["bounds_ignored"] += 1
        self.windows.is_whole = True
        window.busy, window.parked = False, True
        self._behind.add(window)
        self._release_behind()

    def _release_behind(self) -> None:
        """Go on behind the last item before windows that can't be asked for by their bounds."""
        every = self.windows.every
        for index, window in enumerate(every):
            if window not in self._behind or (index and not every[index - 1].ended):
                continue
            self._behind.discard(window)
            above = [self.readers.of(other) for other in every[: index + 1]]
            tails = [made.tail or made.above for made in reversed(above)]
            self.readers.restart(window, next(filter(None, tails), ()))
            window.started, window.parked = True, False

    def _is_first_of(self, window: Window) -> bool:
        return not window.started and window is not self._main


def _has_readable(items: Iterable[object]) -> bool:
    return any(not isinstance(item, Unreadable) for item in items)
