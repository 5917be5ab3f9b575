"""One listing of a job: it begins where the ledger says, and gives a page a turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

from attrs import define, field

from instagram_async.bulk.ledger import Known, Turn
from instagram_async.bulk.refresh import newer
from instagram_async.bulk.sink import Row
from instagram_async.errors import InstagramError
from instagram_async.paging import Page, Pager, Pages, Report, WindowedPager

_NOTHING = Report()
LookUp = Callable[[str, str], Awaitable[Known | None]]


@define(eq=False)
class Reader:
    """A listing that is under way.

    Attributes:
        key: its name.
        pager: how to read it.
        look_up: what the ledger knows of it, by its key and what it is.
        asks_failed: whether it is asked again if it has failed.
        refresh: names the run, if that reads what is new of a listing that is over.
        parallel: how many requests at once may read it, if it can be cut into windows.
        given: how many entries were kept, of this run.
        before: how many items were kept before this run, until that is counted; none of a
            listing that was over, of which there is only to read what is new.
        is_over: whether it was read to its end or limit.
        is_failed: whether it was given up.
        page: what came of the latest turn.
        counted: what was counted of it.
    """

    key: str
    pager: Pager[Any]
    look_up: LookUp
    asks_failed: bool
    refresh: str | None = None
    parallel: int = 1
    given: int = 0
    before: int = 0
    is_over: bool = False
    is_failed: bool = False
    page: Page[Any] | None = None
    counted: Report = _NOTHING
    _pages: Pages[Any] | None = None
    _block: AsyncExitStack = field(factory=AsyncExitStack)

    async def turn(self) -> None:
        """Ask for a page; the first time, look up whether there is need.

        Raises:
            InstagramError: the page could not be had.
            ValueError: the ledger knows another listing by that key.
        """
        if self._pages is None:
            self._pages = await self._begin()
        if self._pages is not None:
            self.page = await anext(self._pages, None)

    def outcome(self, error: InstagramError | None) -> Turn | None:
        """What came of the turn, for the ledger.

        Args:
            error: what the turn ended with.

        Returns:
            `None` if there was no need of a turn.
        """
        pages, page = self._pages, self.page
        if pages is None:
            return None
        self.is_over, self.is_failed = pages.is_over, error is not None
        rule = self.pager.listing.rule
        items = () if page is None else page.items
        return Turn(
            self.key,
            str(self.pager.listing),
            pages.checkpoint,
            pages.watermark if rule.newest_first else None,
            [Row(self.key, rule.identity(item), item) for item in items],
            () if page is None else page.unreadable,
            pages.report.complete,
            error,
            self.refresh,
        )

    def spent(self) -> tuple[Report, Report]:
        """Let go of the page, which was kept; what was counted before, and what is to count."""
        before, self.page = self.counted, None
        if self._pages is not None:
            self.counted = self._pages.report
        self.given = self.counted.items + self.counted.unreadable
        return before, self.counted

    async def close(self) -> None:
        """End what is under way; nothing is if it was read one page after the other."""
        await self._block.aclose()

    async def _begin(self) -> Pages[Any] | None:
        pager = await self._rest()
        if pager is None:
            return None
        if self.parallel == 1 or not isinstance(pager, WindowedPager):
            return pager.pages()
        try:
            block = pager.parallel(self.parallel)
        except ValueError:  # what is new since a watermark is read in order
            return pager.pages()
        return await self._block.enter_async_context(block.pages())

    async def _rest(self) -> Pager[Any] | None:
        """What there is to read, `None` if there is nothing."""
        pager = self.pager
        known = await self.look_up(self.key, str(pager.listing))
        if known is None:
            return pager
        if known.state == "over" and self.refresh not in (None, known.refresh):
            return newer(pager, known.watermark)
        self.before = known.items
        left = None if pager.at_most is None else pager.at_most - known.items
        self.is_over = known.state == "over" or (left is not None and left <= 0)
        self.is_failed = not self.is_over and known.state == "failed" and not self.asks_failed
        if self.is_over or self.is_failed:
            return None
        rest = pager.resume(known.checkpoint)
        return rest if left is None else rest.limit(left)
