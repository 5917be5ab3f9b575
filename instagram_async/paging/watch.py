"""Watching a listing: what is new, for ever."""

from __future__ import annotations

import logging
from datetime import timedelta
from math import inf, isfinite
from random import random
from typing import Generic, NoReturn, TypeVar, cast

from instagram_async.errors import InstagramError, PagingError, ResponseError
from instagram_async.paging import checkpoint, watermark
from instagram_async.paging.backoff import ask_again_at, is_transient
from instagram_async.paging.checkpoint import Mark, Marks, Place
from instagram_async.paging.counts import positive
from instagram_async.paging.feed import Feed
from instagram_async.paging.pacing import Basis
from instagram_async.paging.page import Unreadable
from instagram_async.paging.pager import Pager
from instagram_async.paging.round import Held, Round, Told

T = TypeVar("T")

_log = logging.getLogger("instagram_async.paging")


def watch(pager: Pager[T], *, every: float | timedelta, buffer: int = 5_000) -> Watch[T]:
    """Give what is new in a listing, oldest first and each item once, for ever.

    It looks for new items while it is asked for the next one, and not before: nothing is
    sent for a loop that is busy, which then gets one round and no pile of them. A round
    begins `every` so often, or as seldom as the quota allows: after one of n requests no
    sooner than n may be sent over and over.

    Args:
        pager: a listing that gives the newest first. With `since(watermark)` it begins behind
            that; without, or with `since(None)`, from now: what is there when it looks for
            the first time is not given.
        every: seconds, or a timedelta, from the start of one round to that of the next.
        buffer: how many items of a round may be held. Of more the oldest are given, and then
            the next round begins at once and reads the newer ones again.

    Returns:
        An async iterator without an end. It owns no task: leave its loop when you like.

    Raises:
        TypeError: the listing does not give the newest first; or pager is no pager, or every
            no time.
        ValueError: every is not positive, or buffer; or the pager has a limit, or goes on
            from a checkpoint.

    Example:
        >>> from instagram_async import watch
        >>> async def tell(saved: str | None) -> None:
        ...     items = watch(client.user_feed().since(saved), every=60)
        ...     async for media in items:
        ...         print(media.created_time, media.link)
        ...         saved = items.watermark  # to begin with after a restart
    """
    if not isinstance(cast("object", pager), Pager):
        raise TypeError(f"watch takes a pager, not {type(pager).__name__}")
    basis = pager._basis()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - its own parts
    return Watch(basis, _seconds(every), positive("buffer", buffer))


class Watch(Generic[T]):
    """What is new in a listing; made by `watch()`.

    Attributes:
        failures: how many times in a row a page could not be had.
        last_error: what that failed with, while it is being survived; `None` otherwise.

    Example:
        >>> from instagram_async import watch
        >>> items = watch(client.tag_recent("snow"), every=60)
        >>> items.failures, items.last_error, items.watermark
        (0, None, None)
    """

    def __init__(self, basis: Basis[T], every: float, buffer: int) -> None:
        self.failures = 0
        self.last_error: InstagramError | None = None
        self._basis = basis
        self._mark = basis.mark
        self._every = every
        self._buffer = buffer
        self._told = Told()
        self._held: list[Held[T]] = []  # the next one last
        self._feed: Feed[T] | None = None  # of the round that is under way
        self._round = self._new_round()
        self._began = -inf  # when the round's first request was sent
        self._looked = -inf  # when the one for its first page was that came
        self._due = -inf  # when the next request may be sent
        self._is_asked = False

    def __aiter__(self) -> Watch[T]:
        return self

    async def __anext__(self) -> T:
        """The next item, however long it takes to come.

        Raises:
            ResponseError: the item at this place can't be read; the next call goes on
                behind it.
            InstagramError: a page could not be had, for a reason that does not pass by itself;
                the next call asks again, after a while.
            RuntimeError: another call is under way.
        """
        if self._is_asked:
            raise RuntimeError("anext() was called while another anext() was under way")
        self._is_asked = True
        try:
            while not self._held:
                await self._basis.pacing.until(self._due, self._basis.listing.operation)
                await self._look()
        finally:
            self._is_asked = False
        held = self._held.pop()
        if isinstance(held.entry, Unreadable):
            self._told.add(held.name)
            raise self._error(held.entry)
        self._mark = watermark.after(self._basis.listing.rule, self._mark or Mark(), held.entry)
        return held.entry

    @property
    def at_hand(self) -> int:
        """How many calls will be answered without asking the server.

        Example:
            >>> from instagram_async import watch
            >>> watch(client.user_recent("self"), every=60).at_hand
            0
        """
        return len(self._held)

    @property
    def watermark(self) -> str | None:
        """Text for `pager.since()`: everything up to the last item given, and nothing else.

        It is `None` until the listing was looked at for the first time.

        Example:
            >>> from instagram_async import watch
            >>> known = aiter(client.user_recent("self"))
            >>> everything = [media async for media in known]
            >>> items = watch(client.user_recent("self").since(known.watermark), every=60)
            >>> items.watermark == known.watermark
            True
        """
        return watermark.write(self._basis.listing, self._mark)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "an iterator can't be copied or pickled: keep its watermark, for pager.since(watermark)"
        )

    async def _look(self) -> None:
        """Ask for one page more."""
        listing, send, now, pacing, _ = self._basis
        if self._feed is None:
            self._began = pacing.clock.now()
            self._feed = Feed(listing, send, now, self._place, None)
            self._round = self._new_round()
        if not self._feed.has_begun:
            self._looked = pacing.clock.now()
        try:
            batch = await self._feed.fetch()
        except InstagramError as error:
            self._fail(error, self._feed)
            if not is_transient(error):
                raise
            return
        self.failures, self.last_error = 0, None
        if self._mark is None:
            for name in batch.blind:
                self._told.add(name)
            if self._feed.tracker.is_settled or self._feed.is_over:
                self._mark = self._feed.tracker.newest() or Mark()
                self._end(self._feed)
            return
        self._round.add(batch)
        if self._feed.is_over:
            self._held = self._round.newest_first()
            self._end(self._feed)

    def _end(self, feed: Feed[T]) -> None:
        """End a round, and say when the next one may begin."""
        every = 0.0 if self._round.is_cut else self._every
        self._due = max(self._looked + every, self._began + self._seconds_for(feed))
        self._feed, self._round = None, self._new_round()

    def _fail(self, error: InstagramError, feed: Feed[T]) -> None:
        """Keep away for a while, and tell of what is survived."""
        listing, now = self._basis.listing, self._basis.pacing.clock.now()
        error.checkpoint = checkpoint.write(listing, self._place)
        self.failures += 1
        again = ask_again_at(error, self.failures, now, random())  # noqa: S311
        self._due = max(again, self._began + self._seconds_for(feed))
        if isinstance(error, PagingError) and error.kind == "cycle":
            self._feed = None  # it would come to the same cursor again
        if not is_transient(error):
            self.last_error = None
            return
        self.last_error = error.with_traceback(None)  # whose frames hold this
        told = {"listing": listing, "failures": self.failures, "delay": self._due - now}
        text = "%(listing)s: failure %(failures)d, next look in %(delay).1f s"
        _log.warning(text, told, extra={**told, "error": type(error).__name__})

    def _seconds_for(self, feed: Feed[T]) -> float:
        return self._basis.pacing.seconds_for(feed.report(0).requests)

    @property
    def _place(self) -> Place:
        return Place(marks=Marks(old=self._mark))

    def _new_round(self) -> Round[T]:
        return Round(self._basis.listing.rule, self._buffer, self._told)

    def _error(self, entry: Unreadable) -> ResponseError:
        listing = self._basis.listing
        error = ResponseError(entry.reason, listing.operation, entry.path, entry.raw)
        error.checkpoint = checkpoint.write(listing, self._place)
        return error


def _seconds(every: object) -> float:
    seconds = every.total_seconds() if isinstance(every, timedelta) else every
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"every must be seconds or a timedelta, not {type(every).__name__}")
    if not (isfinite(seconds) and seconds > 0):
        raise ValueError(f"every must be more than no time: {every!r}")
    return float(seconds)
