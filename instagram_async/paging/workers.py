"""Sends what a reading by windows wants; owns the tasks that do."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Generic, Protocol, TypeVar

from attrs import define, field

from instagram_async.paging.feed import Send
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import Report
from instagram_async.paging.reading import Ask, Reading
from instagram_async.transport import Tally

_log = logging.getLogger("instagram_async.paging")

T = TypeVar("T")
G = TypeVar("G")


class Count(Protocol):
    """What learns how many items a listing has, by one request."""

    async def __call__(self, listing: Listing[Any], tally: Tally) -> int | None:
        """How many, `None` if nobody can say.

        Args:
            listing: of what.
            tally: where to count the request.
        """
        ...


@define(eq=False)
class Workers(Generic[T]):
    """Keeps as many requests under way as there may be; begins when something is wanted.

    Attributes:
        reading: says what to ask for.
        send: asks for a page.
        learn: finds out how many items there are, `None` if that is not wanted.
        tally: counts the requests.
    """

    reading: Reading[T]
    send: Send
    learn: Callable[[], Awaitable[int | None]] | None
    tally: Tally
    _tasks: set[asyncio.Task[None]] = field(factory=set[asyncio.Task[None]])
    _stirred: asyncio.Event = field(factory=asyncio.Event)
    _is_begun: bool = False
    _is_over: bool = False

    async def take(self, give: Callable[[], G | None]) -> G:
        """Wait for what is to be given next.

        Args:
            give: gives it, or `None` as long as it has not come.

        Raises:
            RuntimeError: the workers was stopped.
            Exception: what `give` raises.
        """
        while True:
            if self._is_over:
                raise RuntimeError("the parallel read is over: its `async with` has ended")
            if not self._is_begun:
                self._begin()
            given = give()
            self._pump()
            if given is not None:
                return given
            self._stirred.clear()
            await self._stirred.wait()

    def account(self, report: Report) -> Report:
        """A report with what only the workers knows."""
        reading = self.reading
        return report._replace(
            pages=reading.replies,
            requests=self.tally.requests,
            anomalies=dict(reading.readers.anomalies + Counter(report.anomalies)),
            spent=reading.spent,
            saved=reading.saved,
        )

    async def stop(self) -> None:
        """End it, with whatever is under way."""
        self._is_over = True
        self._stirred.set()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _begin(self) -> None:
        self._is_begun = True
        if self.learn is not None:
            self.reading.windows.is_uncounted = True
            self._own(self._count(self.learn))

    def _pump(self) -> None:
        """Ask for all that may be asked for now."""
        under_way = len(self._tasks) - self.reading.windows.is_uncounted
        while not self._is_over and under_way < self.reading.windows.readers:
            ask = self.reading.ask()
            if ask is None:
                break
            self._own(self._carry_out(ask))
            under_way += 1

    def _own(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            self._pump()
            self._stirred.set()

    async def _carry_out(self, ask: Ask[T]) -> None:
        try:
            reply = await self.send(ask.listing, ask.params, self.tally)
            self.reading.took(ask.window, reply)
        except Exception as error:  # noqa: BLE001 - the user gets it at its place
            self.reading.failed(ask.window, error)

    async def _count(self, learn: Callable[[], Awaitable[int | None]]) -> None:
        try:
            self.reading.windows.known = await learn()
        except Exception as error:  # noqa: BLE001 - what is wrong is wrong with the listing, too
            _log.debug("nobody says how many items there are: %s", error)
        finally:
            self.reading.windows.is_uncounted = False
