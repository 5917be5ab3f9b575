"""What the iterators share: fetching the next page, and keeping the place meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from instagram_async.errors import InstagramError
from instagram_async.paging import checkpoint, watermark
from instagram_async.paging.checkpoint import Place
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import ListReply, Report, Unreadable
from instagram_async.paging.walk import Batch, Walk
from instagram_async.paging.watermark import WatermarkTracker
from instagram_async.transport import Pairs, Tally

T = TypeVar("T")

_log = logging.getLogger("instagram_async.paging")


class Send(Protocol):
    """What paging needs of a client: something that asks for one page."""

    async def __call__(self, listing: Listing[T], params: Pairs, tally: Tally) -> ListReply[T]:
        """Ask for a page.

        Args:
            listing: whose page it is.
            params: the parameters of the page.
            tally: where to count the requests.
        """
        ...


class Source(Protocol[T]):
    """What items come from: one iteration of a listing."""

    async def fetch(self) -> Batch[T]:
        """The next page; only while it is not over."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether no page will be asked for."""
        ...

    def leave(self) -> None:
        """Let go of the page at hand, all of which was given."""
        ...

    def checkpoint(self, given: int) -> str:
        """The place behind some entries of the page at hand, as text."""
        ...

    def watermark(self, given: int) -> str | None:
        """The newest that is known behind some entries of the page at hand, as text."""
        ...

    def report(self, given: int) -> Report:
        """The account up to some entries of the page at hand."""
        ...


class Feed(Generic[T]):
    """One iteration of a listing: the walk, and the sending for it.

    Args:
        listing: what is walked.
        send: asks for a page.
        now: tells the time, in seconds since 1970.
        place: where it begins.
        limit: how many items to give at most, `None` for all.
    """

    def __init__(
        self,
        listing: Listing[T],
        send: Send,
        now: Callable[[], float],
        place: Place,
        limit: int | None,
    ) -> None:
        self._listing = listing
        self._send = send
        self._now = now
        self._walk = Walk(listing, place)
        self._left = limit
        self._tally = Tally()
        self._fetching = False
        self._entries: tuple[T | Unreadable, ...] = ()  # of the page at hand
        self._flawed = False  # whether any of them can't be read
        self._items_before = 0
        self._unreadable_before = 0

    async def fetch(self) -> Batch[T]:
        """The next page; only while the feed is not over.

        Returns:
            The page. After an error, or a cancellation, the next call asks for the same
            page again.

        Raises:
            InstagramError: with the checkpoint behind all that was given.
            RuntimeError: another call is under way.
        """
        if self._fetching:
            raise RuntimeError("anext() was called while another anext() was under way")
        self.leave()
        self._fetching = True
        try:
            params = self._walk.ask(self._now())
            reply = await self._send(self._listing, params, self._tally)
        except InstagramError as error:
            error.checkpoint = self.checkpoint(0)  # behind the page that was just left
            raise
        finally:
            self._fetching = False
        batch = self._walk.take(reply)
        if self._left is not None:
            entries, self._left = cut(batch.entries, self._left)
            batch = batch._replace(entries=entries)
        self._entries, self._flawed = batch.entries, bool(batch.blind)
        if _log.isEnabledFor(logging.DEBUG):
            told = {"listing": self._listing, "page": self._walk.pages, "items": len(batch.entries)}
            _log.debug("%(listing)s: page %(page)d gives %(items)d", told, extra=told)
        return batch

    def leave(self) -> None:
        """Let go of the page at hand: it is counted, and its place is kept."""
        items, unreadable = self._count(len(self._entries))
        self._items_before += items
        self._unreadable_before += unreadable
        self._entries = ()
        self._walk.leave()

    @property
    def is_over(self) -> bool:
        """Whether the end or the limit was reached, so that no page will be asked for."""
        return self._walk.ended or self._left == 0

    @property
    def has_begun(self) -> bool:
        """Whether a page has come."""
        return self._walk.pages > 0

    @property
    def tracker(self) -> WatermarkTracker:
        """What the walk knows of new and old."""
        return self._walk.tracker

    def checkpoint(self, given: int) -> str:
        """The place behind some entries of the page at hand, as text."""
        return checkpoint.write(self._listing, self._walk.place(given))

    def watermark(self, given: int) -> str | None:
        """The newest that is known behind some entries of the page at hand, as text.

        Raises:
            TypeError: the listing does not give the newest first.
        """
        watermark.check(self._listing)
        is_whole = self._walk.is_complete(given)
        tracker = self._walk.tracker
        return watermark.write(self._listing, tracker.newest() if is_whole else tracker.old)

    def report(self, given: int) -> Report:
        """The account of the walk up to some entries of the page at hand."""
        items, unreadable = self._count(given)
        walk = self._walk
        return Report(
            items=self._items_before + items,
            pages=walk.pages,
            requests=self._tally.requests,
            duplicates=walk.sieve.duplicates,
            out_of_bounds=walk.sieve.out_of_bounds,
            unreadable=self._unreadable_before + unreadable,
            anomalies=dict(walk.anomalies),
            complete=walk.is_complete(given),
        )

    def _count(self, given: int) -> tuple[int, int]:
        """How many entries of the page at hand are items, and how many can't be read."""
        got = self._entries[:given]
        return counted(got) if self._flawed else (len(got), 0)


def counted(entries: tuple[T | Unreadable, ...]) -> tuple[int, int]:
    """How many of some entries are items, and how many can't be read.

    Args:
        entries: of a page.
    """
    unreadable = sum(isinstance(entry, Unreadable) for entry in entries)
    return len(entries) - unreadable, unreadable


def cut(entries: tuple[T | Unreadable, ...], left: int) -> tuple[tuple[T | Unreadable, ...], int]:
    """Hold a limit, in which what can't be read does not count.

    Args:
        entries: of a page.
        left: how many items may be given.

    Returns:
        What may be given, and how many items more than that.
    """
    for index, entry in enumerate(entries):
        if left == 0:
            return entries[:index], left
        left -= not isinstance(entry, Unreadable)
    return entries, left
