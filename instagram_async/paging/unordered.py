"""The items of windows as they come."""

from __future__ import annotations

from math import inf
from typing import Generic, TypeVar

from attrs import evolve

from instagram_async.errors import InstagramError
from instagram_async.paging import checkpoint
from instagram_async.paging.checkpoint import END, OpenRange, Place
from instagram_async.paging.feed import counted, cut
from instagram_async.paging.listing import Listing
from instagram_async.paging.merged_rule import LAST, MergedRule
from instagram_async.paging.page import ListReply, Report, Unreadable
from instagram_async.paging.walk import Batch, Walk
from instagram_async.paging.windows import Window
from instagram_async.paging.workers import Workers
from instagram_async.quota.policy import ServerQuota

T = TypeVar("T")


class UnorderedFeed(Generic[T]):
    """One iteration of a listing whose windows are given as they come.

    Each window has a walk of its own, for what was given of it.

    Args:
        listing: what is read.
        workers: who reads it.
        place: where it begins.
        limit: how many items to give at most, `None` for all.
    """

    def __init__(
        self, listing: Listing[T], workers: Workers[T], place: Place, limit: int | None
    ) -> None:
        self._listing = listing
        self._workers = workers
        self._reading = workers.reading
        self._left = limit
        self._is_ended = place.ended
        self._owed = place.owed if place.cursor is not None else (*place.owed, place.given)
        self._walks: dict[Window, Walk[T]] = {}
        every = self._reading.windows.every
        for window, part in zip(every, place.open, strict=False):
            self._walks[window] = self._walk(window, Place(part.cursor, part.given, owed=part.owed))
        if not place.open:
            begun = place._replace(cursor=self._reading.readers.begin)
            self._walks[every[0]] = self._walk(every[0], begun)
        self._fetching = False
        self._window: Window | None = None  # of the page at hand
        self._entries: tuple[T | Unreadable, ...] = ()
        self._names = 0  # how many entries that page had before the limit
        self._items = 0
        self._unreadable = 0

    async def fetch(self) -> Batch[T]:
        """A page of any window; see `Feed.fetch`."""
        if self._fetching:
            raise RuntimeError("anext() was called while another anext() was under way")
        self.leave()
        self._fetching = True
        try:
            window, reply = await self._workers.take(self._give)
        except InstagramError as error:
            error.checkpoint = self.checkpoint(0)
            raise
        finally:
            self._fetching = False
        if window is None:
            return Batch((), (), frozenset(), None, None, reply.quota, reply.pagination)
        walk = self._walks.get(window)
        if walk is None:
            walk = self._walks[window] = self._walk(window, Place(owed=self._owed))
        walk.ask(self._reading.began)
        batch = walk.take(reply)
        entries = batch.entries
        if self._left is not None:
            entries, self._left = cut(entries, self._left)
            batch = batch._replace(entries=entries)
        self._window, self._entries, self._names = window, entries, len(batch.names)
        return batch

    @property
    def is_over(self) -> bool:
        """Whether the end or the limit was reached."""
        return self._is_ended or self._left == 0 or self._reading.is_over

    def checkpoint(self, given: int) -> str:
        """The ranges that are open behind some entries of the page at hand, as text."""
        return checkpoint.write(self._listing, self._place(given))

    def watermark(self, given: int) -> str | None:  # noqa: ARG002 - as `Feed.watermark`
        """None is known: see `Items.watermark`.

        Raises:
            TypeError: always.
        """
        raise TypeError("a read that is not ordered has no watermark")

    def report(self, given: int) -> Report:
        """The account of the read up to some entries of the page at hand."""
        items, unreadable = counted(self._entries[:given])
        walks = self._walks.values()
        return self._workers.account(
            Report(
                items=self._items + items,
                duplicates=sum(walk.sieve.duplicates for walk in walks),
                out_of_bounds=sum(walk.sieve.out_of_bounds for walk in walks),
                unreadable=self._unreadable + unreadable,
                complete=self._place(given).ended,
            )
        )

    def _give(self) -> tuple[Window | None, ListReply[T]] | None:
        """A page of any window, or of none at the end."""
        given = self._reading.give_any()
        if given is None and self._reading.is_over:
            return None, ListReply((), LAST, ServerQuota())
        return given

    def _place(self, given: int) -> Place:
        if self._is_ended:
            return END
        ranges = [
            OpenRange(
                None if window.low == -inf else int(window.low),
                None if window.high == inf else int(window.high),
                place.cursor,
                place.given,
                place.owed,
            )
            for window in self._reading.windows.every
            if (place := self._place_in(window, given)) is not None
        ]
        if not ranges:
            return END
        axis = self._reading.readers.axis.low
        return Place(self._reading.readers.begin, axis=axis, open=tuple(ranges))

    def _place_in(self, window: Window, given: int) -> Place | None:
        """What is left of a window, `None` if nothing is."""
        walk = self._walks.get(window)
        at_hand = window is self._window
        if self._reading.is_given(window) and not (at_hand and given < self._names):
            return None
        if walk is None:
            return Place(owed=self._owed)
        place = walk.place(given if at_hand else 0)  # one that was left was given whole
        return None if place.ended else place

    def _walk(self, window: Window, place: Place) -> Walk[T]:
        listing = self._reading.readers.of(window).listing
        return Walk(evolve(listing, rule=MergedRule(listing.rule)), place)

    def leave(self) -> None:
        """Let go of the page at hand; see `Feed.leave`."""
        items, unreadable = counted(self._entries)
        self._items += items
        self._unreadable += unreadable
        if self._window is not None:
            self._walks[self._window].leave()
        self._window, self._entries = None, ()
