"""Looking ahead: the next pages are fetched while the user works on this one."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from attrs import define, field

from instagram_async.errors import PagingError
from instagram_async.paging.block import Block
from instagram_async.paging.checkpoint import Place
from instagram_async.paging.feed import Feed, Send
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import ListReply
from instagram_async.transport import Pairs, Tally

T = TypeVar("T")


class _Arrival(NamedTuple):
    """What came of asking for a page: a reply or an error, and how many requests it took."""

    outcome: ListReply[Any] | Exception
    requests: int


class Ahead(Block[T]):
    """Items of a listing whose next pages are fetched ahead; made by `pager.ahead()`.

    It is entered with `async with`, and owns a task until the end of that. Entered again, it
    starts afresh.

    Example:
        >>> async with client.user_recent("self").ahead() as items:
        ...     async for media in items:
        ...         print(media.link)
    """

    _name = "lookahead"

    def __init__(
        self,
        listing: Listing[T],
        send: Send,
        now: Callable[[], float],
        place: Place,
        limit: int | None,
        pages: int,
    ) -> None:
        super().__init__(listing, send, now, place, limit)
        self._pages = pages

    def _begin(self, begun: float) -> tuple[_Scout, Feed[T]]:
        scout = _Scout(self._send, self._pages)
        walks = [
            Feed(self._listing, send, lambda: begun, self._place, self._limit)
            for send in (scout.ask, scout.take)
        ]
        scout.start(walks[0])
        return scout, walks[1]


@define(eq=False)
class _Scout:
    """Walks the listing ahead of the user, and hands him what came.

    It makes the same walk as the user's own: from the same replies follow the same requests.

    Attributes:
        send: asks for a page.
        pages: how many pages it may be ahead.
    """

    send: Send
    pages: int
    _came: deque[_Arrival] = field(factory=deque[_Arrival])
    _spent: int = 0  # requests since the last arrival
    _stirred: asyncio.Event = field(factory=asyncio.Event)
    _arrived: asyncio.Event = field(factory=asyncio.Event)
    _is_waited_for: bool = False
    _is_dear: bool = False  # whether the server has too little left to spend any ahead
    _task: asyncio.Task[None] | None = None

    def start(self, feed: Feed[Any]) -> None:
        """Begin as soon as something is asked for."""
        self._task = asyncio.create_task(self._walk(feed))

    async def stop(self) -> None:
        """End it, with whatever is under way."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            self._arrived.set()
            await asyncio.wait([task])

    async def take(self, listing: Listing[T], params: Pairs, tally: Tally) -> ListReply[T]:
        """Give the user the page that comes next in his walk."""
        self._is_waited_for = True
        try:
            self._stirred.set()
            while not self._came:
                if self._task is None or self._task.done():
                    raise RuntimeError("the lookahead is over: its `async with` has ended")
                self._arrived.clear()
                await self._arrived.wait()
        finally:
            self._is_waited_for = False
        outcome, requests = self._came.popleft()
        self._stirred.set()
        tally.requests += requests
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def ask(self, listing: Listing[T], params: Pairs, tally: Tally) -> ListReply[T]:
        """Ask for a page as soon as it may be, and keep what comes of it."""
        while len(self._came) >= self._may_be_ahead():
            await self._stir()
        own = Tally()
        try:
            reply = await self.send(listing, params, own)
        finally:
            self._spent += own.requests
        self._keep(reply)
        left = reply.quota.remaining
        self._is_dear = left is not None and left < self.pages
        return reply

    def _may_be_ahead(self) -> int:
        if self._is_waited_for:
            return 1
        return 0 if self._is_dear else self.pages

    def _keep(self, outcome: ListReply[Any] | Exception) -> None:
        self._came.append(_Arrival(outcome, self._spent))
        self._spent = 0
        self._arrived.set()

    async def _walk(self, feed: Feed[Any]) -> None:
        while not self._is_waited_for:
            await self._stir()
        while not feed.is_over:
            try:
                await feed.fetch()
            except PagingError as error:  # the user's walk comes to the same, and says so
                if error.kind == "cycle":
                    return
            except Exception as error:  # noqa: BLE001 - the user gets it at its place
                self._keep(error)
                while self._came or not self._is_waited_for:
                    await self._stir()

    async def _stir(self) -> None:
        self._stirred.clear()
        await self._stirred.wait()
