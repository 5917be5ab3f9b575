"""Reads that own tasks for as long as an `async with` lasts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import ClassVar, Generic, Protocol, TypeVar

from instagram_async.paging.checkpoint import Place
from instagram_async.paging.feed import Send, Source
from instagram_async.paging.items import Items
from instagram_async.paging.listing import Listing
from instagram_async.paging.pages import Pages

T = TypeVar("T")


class Owner(Protocol):
    """What owns the tasks of a read."""

    async def stop(self) -> None:
        """End it, with whatever is under way."""
        ...


class Block(ABC, Generic[T]):
    """Items that come while an `async with` lasts; entered again, it starts afresh.

    Args:
        listing: what is read.
        send: asks for a page.
        now: tells the time, in seconds since 1970.
        place: where it begins.
        limit: how many items to give at most, `None` for all.
    """

    _name: ClassVar[str]

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
        self._place = place
        self._limit = limit
        self._owner: Owner | None = None

    async def __aenter__(self) -> Items[T]:
        """The items, nothing of which is asked for yet.

        Raises:
            RuntimeError: it is entered already.
        """
        return Items(self._listing, self._enter())

    async def __aexit__(self, *_: object) -> None:
        await self._leave()

    @asynccontextmanager
    async def pages(self) -> AsyncGenerator[Pages[T]]:
        """The same, page by page.

        Returns:
            An async context manager of the pages, in the order of the items. What comes of
            windows is cut where a window ends, so pages differ in size from the server's.

        Raises:
            RuntimeError: it is entered already.

        Example:
            >>> async with client.user_recent().parallel(8).pages() as pages:
            ...     async for page in pages:
            ...         saved = page.checkpoint
        """
        try:
            yield Pages(self._enter())
        finally:
            await self._leave()

    def _enter(self) -> Source[T]:
        if self._owner is not None:
            raise RuntimeError(f"this {self._name} is entered already; make another")
        self._owner, feed = self._begin(self._now())
        return feed

    async def _leave(self) -> None:
        owner, self._owner = self._owner, None
        if owner is not None:
            await owner.stop()

    @abstractmethod
    def _begin(self, begun: float) -> tuple[Owner, Source[T]]:
        """Make what owns the tasks, and what the items come from.

        Args:
            begun: the present, the same for all of it, where a listing's span is fixed by that.
        """
