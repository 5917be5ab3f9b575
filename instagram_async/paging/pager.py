"""Pagers: what every list operation returns."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Generic, Self, TypeVar

from attrs import evolve, field, frozen

from instagram_async.errors import InstagramError
from instagram_async.paging import checkpoint
from instagram_async.paging.checkpoint import START, Place
from instagram_async.paging.feed import Feed, Send
from instagram_async.paging.items import Items
from instagram_async.paging.listing import Listing
from instagram_async.paging.pages import Pages

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

    def pages(self) -> Pages[T]:
        """Iterate over pages.

        Returns:
            An async iterator of `Page`, with `checkpoint` and `report`.

        Example:
            >>> async for page in client.user_recent("self", count=33).pages():
            ...     print(len(page.items), page.quota.remaining)
        """
        return Pages(self._feed())

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
        return await anext(aiter(self.limit(1)), None)

    def _feed(self) -> Feed[T]:
        return Feed(self.listing, self._send, self._now, self._place, self._limit)


class WindowedPager(Pager[T]):
    """A pager whose listing can be bounded by time, and so be cut into windows.

    Example:
        >>> async for media in client.user_recent("self", min_timestamp=1_420_070_400):
        ...     print(media.created_time)
    """

    __slots__ = ()
