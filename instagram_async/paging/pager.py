"""Pagers: what every list operation returns."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Generic, NoReturn, Self, TypeVar

from attrs import evolve, field, frozen

from instagram_async.errors import InstagramError
from instagram_async.paging import checkpoint, watermark
from instagram_async.paging.ahead import Ahead
from instagram_async.paging.checkpoint import START, Marks, Place
from instagram_async.paging.counts import positive
from instagram_async.paging.feed import Feed, Send
from instagram_async.paging.items import Items
from instagram_async.paging.listing import Listing
from instagram_async.paging.pacing import Basis, Pacing
from instagram_async.paging.pages import Pages
from instagram_async.paging.parallel import Options, Parallel
from instagram_async.paging.workers import Count

T = TypeVar("T")


@frozen(eq=False)
class Pager(Generic[T]):
    """A listing bound to a client: nothing is sent before it is iterated.

    Immutable, and every iteration starts afresh. Iterating gives items in the listing's
    own order, page after page; only the absence of a next cursor ends it (reference A.9).

    Example:
        >>> async for media in client.user_recent("self").limit(100):
        ...     print(media.link)
    """

    listing: Listing[T]
    _send: Send = field(repr=False)
    _now: Callable[[], float] = field(default=time, repr=False)
    _place: Place = field(default=START, repr=False)
    _limit: int | None = field(default=None)
    _pacing: Pacing = field(factory=Pacing, repr=False, kw_only=True, alias="pacing")

    def limit(self, n: int) -> Self:
        """At most n items from where the iteration starts.

        Args:
            n: how many items; `count=` of the operations is the size of a page instead.

        Returns:
            A new pager.

        Raises:
            ValueError: n is negative.

        Example:
            >>> newest = await client.user_recent("self").limit(3).collect()
        """
        if type(n) is not int or n < 0:
            raise ValueError(f"limit must be a whole number, not negative: {n!r}")
        return evolve(self, limit=n)

    @property
    def at_most(self) -> int | None:
        """How many items an iteration gives at most, `None` where no `limit` was set.

        Example:
            >>> client.user_recent("self").limit(3).at_most
            3
        """
        return self._limit

    def resume(self, checkpoint_text: str) -> Self:
        """Go on from a checkpoint, with items already given left out.

        Args:
            checkpoint_text: `checkpoint` of an iterator, a page or an error.

        Returns:
            A new pager. What was in the listing all along is given exactly once by the two
            iterations together, whatever was posted or deleted in between, and whatever
            `count` either of them used.

        Raises:
            ValueError: it is no checkpoint, or one of another listing. `self` is the same
                listing whoever's token asks: keep checkpoints apart by user.

        Example:
            >>> rest = client.user_recent("self").resume(saved)
        """
        return evolve(self, place=checkpoint.read(self.listing, checkpoint_text))

    def since(self, watermark_text: str | None) -> Self:
        """Only what is newer than what is known; the walk ends where that begins.

        Args:
            watermark_text: `watermark` of an iterator over the same listing; `None` is
                nothing known yet, which gives everything.

        Returns:
            A new pager. A checkpoint of it carries the watermark too, so `resume` alone goes
            on with a walk that was broken off.

        Raises:
            TypeError: the listing does not give the newest first: lists of people, and those
                that come as one page.
            ValueError: it is no watermark, or one of another listing.

        Example:
            >>> items = aiter(client.user_recent("self"))
            >>> everything = [media async for media in items]
            >>> fresh = await client.user_recent("self").since(items.watermark).collect()
        """
        watermark.check(self.listing)
        old = None if watermark_text is None else watermark.read(self.listing, watermark_text)
        marks = self._place.marks._replace(old=old)
        return evolve(self, place=self._place._replace(marks=marks))

    def pages(self) -> Pages[T]:
        """Iterate over pages.

        Returns:
            An async iterator of `Page`, with `checkpoint` and `report`.

        Example:
            >>> async for page in client.user_recent("self", count=33).pages():
            ...     print(len(page.items), page.quota.remaining)
        """
        return Pages(self._feed())

    def ahead(self, pages: int = 1) -> Ahead[T]:
        """Fetch the next pages while you work on this one.

        Nothing is sent before the first item is asked for, and nothing beyond the limit. Who
        leaves early has spent at most that many requests in vain; none is sent ahead while the
        server says that fewer than that are left.

        Args:
            pages: how many pages to be ahead.

        Returns:
            An async context manager, whose items are those of the pager: in the same order,
            with the same errors at the same places, `checkpoint` and `report`.

        Raises:
            ValueError: pages is not positive.

        Example:
            >>> async with client.user_recent("self").ahead() as items:
            ...     async for media in items:
            ...         print(media.link)
        """
        positive("pages", pages)
        return Ahead(self.listing, self._send, self._now, self._in_order(), self._limit, pages)

    def __aiter__(self) -> Items[T]:
        return Items(self.listing, self._feed())

    async def collect(self) -> list[T]:
        """All items as a list.

        Returns:
            The items, in the listing's order.

        Raises:
            InstagramError: a page could not be had, or an item not be read. Its checkpoint
                is where this began, since nothing was given; iterate yourself to keep
                what came before it.

        Example:
            >>> media = await client.user_recent("self").limit(50).collect()
        """
        try:
            return [item async for item in self]
        except InstagramError as error:
            error.checkpoint = checkpoint.write(self.listing, self._place)
            raise

    async def first(self) -> T | None:
        """The first item, or `None` of an empty listing.

        Raises:
            InstagramError: a page could not be had, or the item not be read.

        Example:
            >>> newest = await client.user_recent("self").first()
        """
        return await anext(aiter(self), None)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a pager can't be copied or pickled: pickle its listing, for client.pager(listing)"
        )

    def _basis(self) -> Basis[T]:
        """What `watch` is made of."""
        watermark.check(self.listing)
        old = self._place.marks.old
        if self._limit is not None:
            raise ValueError("a watch has no limit: leave its loop when there is enough")
        if self._place != Place(marks=Marks(old)):
            raise ValueError("a watch begins at a watermark, pager.since(), not at a checkpoint")
        return Basis(self.listing, self._send, self._now, self._pacing, old)

    def _feed(self) -> Feed[T]:
        return Feed(self.listing, self._send, self._now, self._in_order(), self._limit)

    def _in_order(self) -> Place:
        """Where to begin, if that is one place."""
        if self._place.open:
            raise ValueError("a checkpoint of parallel(ordered=False): only that goes on from it")
        return self._place


@frozen(eq=False)
class WindowedPager(Pager[T]):
    """A pager whose listing can be bounded by time, and so be cut into windows.

    Example:
        >>> async for media in client.user_recent("self", min_timestamp=1_420_070_400):
        ...     print(media.created_time)
    """

    _count: Count | None = field(default=None, repr=False, alias="count")

    def parallel(self, n: int, ordered: bool = True, buffer: int = 5_000) -> Parallel[T]:  # noqa: FBT001, FBT002 - design 3
        """Read the listing by n requests at once, each in a window of time of its own.

        The first page is read alone, and so is what looks like five pages or fewer; nothing
        is sent before the first item is asked for. Where a server ignores bounds of time,
        windows are cut by ids, and where it ignores these, too, the pages are read one
        after the other; `report.anomalies` then has `bounds_ignored`.

        Args:
            n: how many requests may be under way at once; the client's `concurrency` and
                its quota hold for them all.
            ordered: whether the items come in the listing's order. If not, they come as
                they are had, page by page, and at most a page for each of the n is held.
            buffer: how many items may be held for the order, the page at hand included.
                One page is held whatever this says.

        Returns:
            An async context manager, whose items have `checkpoint` and `report`. The
            checkpoint of an ordered read is that of the plain pager, and each goes on from
            the other's. That of an unordered one lists the ranges that are open, and only
            `parallel(ordered=False)` goes on from it.

        Raises:
            ValueError: n or buffer is not positive; an ordered read is to go on from an
                unordered one's checkpoint; or the pager is one of `since()`, whose few pages
                are read in order.

        Example:
            >>> async with client.user_recent("self").parallel(16) as items:
            ...     async for media in items:
            ...         print(media.link)
        """
        options = Options(positive("n", n), ordered, positive("buffer", buffer))
        if self._place.marks.old is not None:
            raise ValueError("what is new since a watermark is read in order, not in parallel")
        place = self._in_order() if ordered else self._place
        return Parallel(
            self.listing, self._send, self._count, self._now, place, self._limit, options
        )
