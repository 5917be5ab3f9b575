"""The engine: pieces of work take turns at a bounded number of slots.

A slot is taken when a turn starts, and is free again when what came of the turn was handed out
to the end. So what is under way and what is held are bounded together. Whoever got least goes
first, in asking and in handing out; among equals, whoever waits longest.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable, Coroutine, Iterable, Iterator
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
    """

    source: Iterable[X] | AsyncIterable[X]
    make: Callable[[X], W]
    slots: int
    room: float = inf
    _open: int = 0
    _waiting: list[tuple[int, int, W]] = field(factory=list[tuple[int, int, W]])
    _ready: list[tuple[int, int, W, Fault | None]] = field(
        factory=list[tuple[int, int, W, Fault | None]]
    )
    _tickets: count[int] = field(factory=count)
    _tasks: set[asyncio.Task[None]] = field(factory=set[asyncio.Task[None]])
    _is_begun: bool = False
    _is_drawn: bool = False
    _refusal: Fault | None = None
    _stirred: asyncio.Event = field(factory=asyncio.Event)
    _has_room: asyncio.Event = field(factory=asyncio.Event)
    _is_stopped: bool = False

    async def take(self) -> tuple[W, Fault | None] | None:
        """What is to be handed out next; nothing starts before the first call.

        Returns:
            A piece of work whose turn is done, with the error of it; `None` at the end.

        Raises:
            Exception: what the source raised, once, when all before it is over.
            RuntimeError: the engine was stopped.
        """
        if not (self._is_begun or self._is_stopped):
            self._is_begun = True
            self._start(self._draw())
        await asyncio.sleep(0)  # what was put back leaves before the next is handed out
        while not self._is_stopped:
            for taken in self.at_hand():
                return taken
            if self._is_drawn and not self._open:
                refusal, self._refusal = self._refusal, None
                if refusal is not None:
                    raise refusal
                return None
            self._stirred.clear()
            await self._stirred.wait()
        raise RuntimeError("it is over: its `async with` has ended")

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

    async def stop(self) -> None:
        """End it, with whatever is under way; who waits for it is told.

        Raises:
            CancelledError: who stops it was cancelled; all has ended even so.
        """
        self._is_stopped = True
        self._stirred.set()
        cancelled: asyncio.CancelledError | None = None
        for task in self._tasks:
            task.cancel()
        while self._tasks:
            try:
                await asyncio.wait(self._tasks)
            except asyncio.CancelledError as error:
                cancelled = error
        self._waiting.clear()
        self._ready.clear()
        if cancelled is not None:
            raise cancelled

    async def _draw(self) -> None:
        try:
            if isinstance(self.source, AsyncIterable):
                async for one in self.source:
                    await self._begin(one)
            else:
                for one in self.source:
                    await self._begin(one)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - raised at its place
            self._refusal = error
        finally:
            self._is_drawn = True
            self._stirred.set()

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
        while self.slots and self._waiting and not self._is_stopped:
            self.slots -= 1
            _, _, work = heappop(self._waiting)
            self._start(self._turn(work))

    async def _turn(self, work: W) -> None:
        fault: Fault | None = None
        try:
            await work.turn()
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - handed out with it
            fault = error
        heappush(self._ready, (work.given, next(self._tickets), work, fault))
        self._stirred.set()

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
