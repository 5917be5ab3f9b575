"""Iterating over items."""

from __future__ import annotations

from typing import Generic, NoReturn, TypeVar

from instagram_async.errors import ResponseError
from instagram_async.paging.feed import Source
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import Report, Unreadable

T = TypeVar("T")


class Items(Generic[T]):
    """The items of a listing, page after page; made by `aiter(pager)`.

    A class and not a generator: after an error the same iterator goes on where it was.

    Example:
        >>> items = aiter(client.user_recent("self"))
        >>> first = await anext(items)
        >>> saved = items.checkpoint
    """

    __slots__ = ("_entries", "_feed", "_index", "_listing")

    def __init__(self, listing: Listing[T], feed: Source[T]) -> None:
        self._listing = listing
        self._feed = feed
        self._entries: tuple[T | Unreadable, ...] = ()
        self._index = 0

    def __aiter__(self) -> Items[T]:
        return self

    async def __anext__(self) -> T:
        """The next item.

        Raises:
            ResponseError: the item at this place can't be read; the next call goes on
                behind it.
            InstagramError: the next page could not be had; the next call asks for it again.
            RuntimeError: another call is under way.
        """
        if self._index >= len(self._entries) and not await self.fill():
            raise StopAsyncIteration
        entry = self._entries[self._index]
        self._index += 1
        if self._index == len(self._entries) and not self._feed.is_over:
            self._entries, self._index = (), 0  # not held while the user has the last of it
            self._feed.leave()
        if isinstance(entry, Unreadable):
            raise self._error(entry)
        return entry

    async def fill(self) -> bool:
        """Fetch the next page, if all that is at hand was given.

        Returns:
            Whether the next item can be had without waiting; `False` at the end.

        Raises:
            InstagramError: the page could not be had; the next call asks for it again.
            RuntimeError: another call is under way.

        Example:
            >>> items = aiter(client.user_recent("self", count=33))
            >>> while await items.fill():
            ...     page = [await anext(items) for _ in range(items.at_hand)]
        """
        while self._index >= len(self._entries):
            if self._feed.is_over:
                return False
            self._entries = (await self._feed.fetch()).entries
        return True

    @property
    def at_hand(self) -> int:
        """How many calls will be answered without asking the server.

        Example:
            >>> items = aiter(client.user_recent("self"))
            >>> first = await anext(items)
            >>> items.at_hand
            19
        """
        return len(self._entries) - self._index

    @property
    def is_over(self) -> bool:
        """Whether all was given, up to the end or the limit.

        Example:
            >>> items = aiter(client.user_recent("self").limit(1))
            >>> items.is_over, (await anext(items)).id != "", items.is_over
            (False, True, True)
        """
        return not self.at_hand and self._feed.is_over

    @property
    def checkpoint(self) -> str:
        """Text that names the place behind the last item given; holds no secret.

        Example:
            >>> items = aiter(client.user_recent("self"))
            >>> first = await anext(items)
            >>> second = await client.user_recent("self").resume(items.checkpoint).first()
            >>> second == await anext(items)
            True
        """
        return self._feed.checkpoint(self._index)

    @property
    def watermark(self) -> str | None:
        """Text for `pager.since()`: how new the newest is of which everything was given.

        It is the old one, or `None`, until the walk has come to the old one or to the end of
        the listing, since until then something newer may still be missing.

        Raises:
            TypeError: the listing does not give the newest first.

        Example:
            >>> items = aiter(client.user_recent("self").since(None))
            >>> fresh = [media async for media in items]
            >>> known = items.watermark
        """
        return self._feed.watermark(self._index)

    @property
    def report(self) -> Report:
        """The account of the iteration so far.

        Example:
            >>> items = aiter(client.user_recent("self", count=33))
            >>> media = [one async for one in items]
            >>> items.report.items, items.report.requests, items.report.complete
            (120, 4, True)
        """
        return self._feed.report(self._index)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "an iterator can't be copied or pickled: "
            "keep its checkpoint, for pager.resume(checkpoint)"
        )

    def _error(self, entry: Unreadable) -> ResponseError:
        error = ResponseError(entry.reason, self._listing.operation, entry.path, entry.raw)
        error.checkpoint = self.checkpoint
        return error
