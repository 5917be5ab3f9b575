"""Iterating over pages."""

from __future__ import annotations

from typing import Generic, NoReturn, TypeVar

from instagram_async.paging.feed import Source
from instagram_async.paging.page import Page, Report, Unreadable

T = TypeVar("T")


class Pages(Generic[T]):
    """The pages of a listing; made by `pager.pages()`.

    Example:
        >>> pages = client.user_recent("self").pages()
        >>> page = await anext(pages)
        >>> saved = pages.checkpoint
    """

    __slots__ = ("_feed", "_given")

    def __init__(self, feed: Source[T]) -> None:
        self._feed = feed
        self._given = 0

    def __aiter__(self) -> Pages[T]:
        return self

    async def __anext__(self) -> Page[T]:
        """The next page, with the items that could be read and a note of the others.

        Raises:
            InstagramError: the page could not be had; the next call asks for it again.
            RuntimeError: another call is under way.
        """
        if self._feed.is_over:
            raise StopAsyncIteration
        batch = await self._feed.fetch()
        self._given = len(batch.entries)
        page = Page(
            items=tuple([item for item in batch.entries if not isinstance(item, Unreadable)]),
            cursor=batch.cursor,
            next=batch.next,
            quota=batch.quota,
            pagination=batch.pagination,
            unreadable=tuple([item for item in batch.entries if isinstance(item, Unreadable)]),
            checkpoint=self.checkpoint,
            report=self.report,
        )
        if not self._feed.is_over:
            self._feed.leave()  # the page is the caller's, and not held here
        return page

    @property
    def is_over(self) -> bool:
        """Whether all was given, up to the end or the limit.

        Example:
            >>> pages = client.user_recent("self").limit(20).pages()
            >>> len((await anext(pages)).items), pages.is_over
            (20, True)
        """
        return self._feed.is_over

    @property
    def checkpoint(self) -> str:
        """Text that names the place behind the last page given; holds no secret.

        Example:
            >>> pages = client.user_recent("self").pages()
            >>> page = await anext(pages)
            >>> pages.checkpoint == page.checkpoint
            True
        """
        return self._feed.checkpoint(self._given)

    @property
    def watermark(self) -> str | None:
        """Text for `pager.since()`, as `Items.watermark`, behind the last page given.

        Raises:
            TypeError: the listing does not give the newest first.

        Example:
            >>> pages = client.user_recent("self").pages()
            >>> media = [media async for page in pages for media in page.items]
            >>> fresh = await client.user_recent("self").since(pages.watermark).collect()
        """
        return self._feed.watermark(self._given)

    @property
    def report(self) -> Report:
        """The account of the iteration so far.

        Example:
            >>> pages = client.user_recent("self").pages()
            >>> page = await anext(pages)
            >>> pages.report.pages
            1
        """
        return self._feed.report(self._given)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "an iterator can't be copied or pickled: "
            "keep its checkpoint, for pager.resume(checkpoint)"
        )
