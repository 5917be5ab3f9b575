"""Iterating over items."""

from __future__ import annotations

from typing import Generic, TypeVar

from instagram_async.errors import ResponseError
from instagram_async.paging.feed import Feed
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

    def __init__(self, listing: Listing[T], feed: Feed[T]) -> None:
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
        index = self._index
        while index >= len(self._entries):
            if self._feed.is_over:
                raise StopAsyncIteration
            self._entries, self._index = (), 0
            self._entries = (await self._feed.fetch()).entries
            index = 0
        entry = self._entries[index]
        self._index = index + 1
        if isinstance(entry, Unreadable):
            raise self._error(entry)
        return entry

    @property
    def checkpoint(self) -> str:
        """Text that names the place behind the last item given; holds no secret."""
        return self._feed.checkpoint(self._index)

    @property
    def report(self) -> Report:
        """The account of the iteration so far."""
        return self._feed.report(self._index)

    def _error(self, entry: Unreadable) -> ResponseError:
        error = ResponseError(entry.reason, self._listing.operation, entry.path, entry.raw)
        error.checkpoint = self.checkpoint
        return error
