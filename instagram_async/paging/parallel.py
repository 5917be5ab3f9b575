"""One listing read by several requests at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf
from typing import Any, TypeVar

from attrs import evolve, frozen

from instagram_async.paging.block import Block
from instagram_async.paging.checkpoint import START, Place
from instagram_async.paging.feed import Feed, Send, Source
from instagram_async.paging.listing import Listing
from instagram_async.paging.merged_rule import MergedRule
from instagram_async.paging.page import ListReply, Report
from instagram_async.paging.reading import Reading
from instagram_async.paging.unordered import UnorderedFeed
from instagram_async.paging.windows import SHORT, Windows
from instagram_async.paging.workers import Count, Workers
from instagram_async.transport import Pairs, Tally

T = TypeVar("T")

_PAGE = 20  # items, until a page has come


@frozen(eq=False)
class Options:
    """How a listing is read in parallel.

    Attributes:
        readers: how many requests may be under way at once.
        ordered: whether the items come in the listing's order.
        buffer: how many items may be held for that.
    """

    readers: int
    ordered: bool
    buffer: int


class Parallel(Block[T]):
    """Items of a listing that is read by several requests at once; made by `pager.parallel()`.

    It is entered with `async with`, and owns its tasks until the end of that. Entered again,
    it starts afresh.

    Example:
        >>> async with client.user_recent("self").parallel(16) as items:
        ...     async for media in items:
        ...         print(media.link)
    """

    _name = "parallel read"

    def __init__(
        self,
        listing: Listing[T],
        send: Send,
        count: Count | None,
        now: Callable[[], float],
        place: Place,
        limit: int | None,
        options: Options,
    ) -> None:
        super().__init__(listing, send, now, place, limit)
        self._count = count
        self._options = options

    def _begin(self, begun: float) -> tuple[Workers[T], Source[T]]:
        workers = self._made(begun)
        feed: Source[T]
        if self._options.ordered:
            feed = Woven(self._listing, workers, begun, self._place, self._limit)
        else:
            feed = UnorderedFeed(self._listing, workers, self._place, self._limit)
        return workers, feed

    def _made(self, begun: float) -> Workers[T]:
        listing, options = self._listing, self._options
        size = listing.size or _PAGE
        windows = Windows(
            options.readers,
            room=options.buffer if options.ordered else inf,
            pages=inf if options.ordered else options.readers,
            is_ordered=options.ordered,
            most=inf if self._limit is None else self._limit,
            size=size,
        )
        reading = Reading(listing, self._place, windows, begun)
        tally = Tally()
        learn = None
        is_all = self._place == START and not listing.params
        if self._count is not None and is_all and windows.most > SHORT * size:
            learn = partial(self._count, listing, tally)
            windows.spare -= 1
        return Workers(reading, self._send, learn, tally)


class Woven(Feed[T]):
    """The items of windows in the listing's order.

    It is the plain walk of the listing, but that its pages come from the windows.
    """

    def __init__(
        self,
        listing: Listing[T],
        workers: Workers[T],
        begun: float,
        place: Place,
        limit: int | None,
    ) -> None:
        merged = evolve(listing, rule=MergedRule(listing.rule))
        super().__init__(merged, self._take, lambda: begun, place, limit)
        self._workers = workers

    async def _take(self, listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        """Give the plain walk the page that comes next."""
        return await self._workers.take(self._workers.reading.give)

    def report(self, given: int) -> Report:
        """The account of the read up to some entries of the page at hand."""
        return self._workers.account(super().report(given))
