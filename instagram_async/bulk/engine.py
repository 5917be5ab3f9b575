"""The engine: pieces of work take turns at a bounded number of slots.

A slot is taken when a turn starts, and is free again when what came of the turn was handed out
to the end. So what is under way and what is held are bounded together. Whoever got least goes
first, in asking and in handing out; among equals, whoever waits longest.
"""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Callable,
    Coroutine,
    Generator,
    Iterable,
    Iterator,
)
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any, Generic, Protocol, TypeVar

from attrs import define, field


class Work(Protocol):
    """Something that is done in one turn or in many."""

    @property
    def given(self) -> int:
        """How much of it was handed out."""
        ...

    async def turn(self) -> None:
        """Do what takes time, and keep what comes of it."""
        ...


X = TypeVar("X")
W = TypeVar("W", bound=Work)
Fault = Exception | asyncio.CancelledError
_BREATH = 256  # pieces that are begun before others have a turn


@define(eq=False, repr=False)  # what it works on may hold addresses that no trace should show
class Engine(Generic[X, W]):
    """Runs work drawn from a source; owns tasks until it is stopped.

    Attributes:
        source: what to make work of; drawn from no sooner than there is room.
        make: makes a piece of work, and may refuse by raising.
        slots: how many turns may be under way or held.
        room: how many pieces may be begun and not over.
        name: whose block it runs in, such as `bulk.merge`.
    """

    source: Iterable[X] | AsyncIterable[X]
    make: Callable[[X], W]
    slots: int
    room: float = inf
    name: str = field(kw_only=True)
    _open: int = 0
    _under_way: int = 0
    _waiting: list[tuple[int, int, W]] = field(factory=list[tuple[int, int, W]])
    _ready: list[tuple[int, int, W, Fault | None]] = field(
        factory=list[tuple[int, int, W, Fault | None]]
    )
    _tickets: count[int] = field(factory=count)
    _tasks: set[asyncio.Task[None]] = field(factory=set[asyncio.Task[None]])
    _drawing: asyncio.Task[None] | None = None
    _is_drawn: bool = False
    _refusal: Fault | None = None
    _failure: Exception | None = None  # of the source's end
    _stirred: asyncio.Event = field(factory=asyncio.Event)
    _has_room: asyncio.Event = field(factory=asyncio.Event)
    _is_ending: bool = False
    _is_stopped: bool = False
    _reason: Fault | None = None

    async def take(self) -> tuple[W, Fault | None] | None:
        """What is to be handed out next; nothing starts before the first call.

        Returns:
            A piece of work whose turn is done, with the error of it; `None` at the end.

        Raises:
            Exception: what the source raised, once, when all before it is over; or why it was
                ended.
            RuntimeError: its block has ended.
        """
        if self._drawing is None and not self._is_ending:
            self._drawing = self._start(self._draw())
        await asyncio.sleep(0)  # what was put back leaves before the next is handed out
        while not self._is_stopped:
            for taken in self.at_hand():
                return taken
            if self._is_over:
                refusal, self._refusal = self._refusal, None
                if refusal is not None and not self._is_ending:
                    raise refusal
                return None
            self._stirred.clear()
            await self._stirred.wait()
        if self._reason is not None:
            raise self._reason
        raise RuntimeError(f"the block of `async with {self.name}(...)` has ended")

    def at_hand(self) -> Iterator[tuple[W, Fault | None]]:
        """What could be taken now without waiting, as `take` would give it."""
        while self._ready:
            _, _, work, fault = heappop(self._ready)
            yield work, fault

    def put_back(self, work: W, *, is_over: bool) -> None:
        """Free the slot of a piece of work that was taken and handed out.

        Args:
            work: which.
            is_over: whether it needs no other turn.
        """
        self.slots += 1
        if is_over:
            self._open -= 1
            self._has_room.set()
        else:
            self._wait(work)
        self._go_on()

    def wind_up(self) -> None:
        """Begin nothing more; what is under way comes to its end, and can be taken."""
        if not self._is_ending:
            self._is_ending = True
            if self._drawing is not None:
                self._drawing.cancel()

    def end(self, reason: Fault | None = None) -> None:
        """Cancel all that is under way; who takes is told.

        Args:
            reason: why, unless its block has ended.
        """
        self.wind_up()
        if not self._is_stopped:
            self._is_stopped, self._reason = True, reason
            self._stirred.set()
            for task in self._tasks:
                if task is not self._drawing:
                    task.cancel()

    async def stop(self, error: BaseException | None = None) -> None:
        """End it, and wait until nothing is under way and the source is closed.

        Args:
            error: what its user raises anyway. What closing the source raised is then a note of
                it.

        Raises:
            CancelledError: who stops it was cancelled; all has ended even so.
            Exception: what closing the source raised.
        """
        self.end()
        cancelled: asyncio.CancelledError | None = None
        while self._tasks:
            try:
                await asyncio.wait(self._tasks)
            except asyncio.CancelledError as raised:
                cancelled = raised
        self._waiting.clear()
        self._ready.clear()
        failure, self._failure = self._failure, None
        first = error if cancelled is None else cancelled
        if failure is not None:
            if first is None:
                raise failure
            _note(first, failure)
        if cancelled is not None:
            raise cancelled

    @property
    def _is_over(self) -> bool:
        return not self._under_way if self._is_ending else self._is_drawn and not self._open

    async def _draw(self) -> None:
        iterator: object = None
        try:
            if isinstance(self.source, AsyncIterable):
                iterator = stream = aiter(self.source)
                async for one in stream:
                    if self._is_ending:  # it took no notice of being cancelled
                        break
                    await self._begin(one)
            else:
                iterator = row = iter(self.source)
                for one in row:
                    await self._begin(one)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - raised at its place
            self._give_up(error)
        if self._is_ending and self._drawing is not None:
            self._drawing.uncancel()  # closing goes on as if it had not been cancelled
        try:
            if isinstance(iterator, AsyncGenerator):
                await iterator.aclose()
            elif isinstance(iterator, Generator):
                iterator.close()
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - raised at its place
            self._give_up(error)
        finally:
            self._is_drawn = True
            self._stirred.set()

    def _give_up(self, error: Fault) -> None:
        if not self._is_ending:
            if self._refusal is None:
                self._refusal = error
            else:
                _note(self._refusal, error)
        elif isinstance(error, Exception):
            self._failure = error

    async def _begin(self, one: X) -> None:
        self._wait(self.make(one))
        self._open += 1
        self._go_on()
        if not self._open % _BREATH:
            await asyncio.sleep(0)
        while self._open >= self.room:
            self._has_room.clear()
            await self._has_room.wait()

    def _wait(self, work: W) -> None:
        heappush(self._waiting, (work.given, next(self._tickets), work))

    def _go_on(self) -> None:
        while self.slots and self._waiting and not self._is_ending:
            self.slots -= 1
            self._under_way += 1
            _, _, work = heappop(self._waiting)
            _ = self._start(self._turn(work))

    async def _turn(self, work: W) -> None:
        fault: Fault | None = None
        try:
            await work.turn()
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - handed out with it
            fault = error
        self._under_way -= 1
        heappush(self._ready, (work.given, next(self._tickets), work, fault))
        self._stirred.set()

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _note(error: BaseException, later: BaseException) -> None:
    error.add_note(f"closing the source raised {later!r}")
