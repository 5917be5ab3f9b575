"""A run of a job: pages are kept by one commit as many as are at hand, while others come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from inspect import iscoroutinefunction
from math import inf, isfinite
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeGuard
from uuid import uuid4

from instagram_async.bulk.account import Account, JobReport
from instagram_async.bulk.engine import Engine, Fault
from instagram_async.bulk.keeper import Keeper
from instagram_async.bulk.ledger import Known
from instagram_async.bulk.merged import Pairs, checked
from instagram_async.bulk.progress import Progress
from instagram_async.bulk.reader import Reader
from instagram_async.bulk.refresh import check
from instagram_async.bulk.results import raise_fault
from instagram_async.bulk.worker import Worker
from instagram_async.clock import Clock, Timer
from instagram_async.errors import (
    AuthenticationError,
    ClientClosedError,
    InstagramError,
    QuotaStoreError,
    RateLimitError,
)
from instagram_async.paging import Pager
from instagram_async.paging.counts import positive

# No fault of a listing's: whichever is asked next would get the same. What was asked for before
# a pause may come yet; behind an end it would only wait for quota to be told the same.
_PAUSES = (QuotaStoreError, RateLimitError)
_ENDS = (AuthenticationError, ClientClosedError)


class Options(NamedTuple):
    """How a run goes.

    Attributes:
        total: how many listings there are, `None` if that is not known.
        concurrency: how many pages may be asked for or held.
        retry_failed: whether listings that had failed with what does not pass are asked again.
        refresh: whether listings that are over are asked for what is new.
        parallel: how many requests at once may read a listing that can be cut into windows.
        on_progress: called every so often, and at the end.
        progress_every: how often, in seconds; 0 is after each commit.
    """

    total: int | None
    concurrency: int
    retry_failed: bool
    refresh: bool
    parallel: int
    on_progress: Callable[[Progress], object] | None
    progress_every: float

    def checked(self) -> Options:
        """The same, if they make sense.

        Raises:
            ValueError: `concurrency` or `parallel` is not positive, or `progress_every` negative
                or not finite.
            TypeError: `on_progress` is no plain function, or `progress_every` no number.
        """
        positive("concurrency", self.concurrency)
        positive("parallel", self.parallel)
        _check_seconds("progress_every", self.progress_every)
        call: object = self.on_progress
        if call is not None and (not callable(call) or iscoroutinefunction(call)):
            raise TypeError(f"on_progress must be a plain function, not {call!r}")
        return self


class Run:
    """Reads what the ledger does not have yet.

    Args:
        pairs: listings with their keys.
        keeper: keeps what comes.
        worker: where it does so.
        options: how the run goes.
        clock: whose time it is.
    """

    def __init__(
        self, pairs: Pairs[str, Any], keeper: Keeper, worker: Worker, options: Options, clock: Clock
    ) -> None:
        room = inf if options.total is not None else options.concurrency
        self._engine: Engine[tuple[str, Pager[Any]], Reader] = Engine(
            pairs, self._take_up, options.concurrency, room, name="bulk.Job"
        )
        self._keeper = keeper
        self._worker = worker
        self._options = options
        self._clock = clock
        self._account = Account(options.total, clock.now())
        self._timer: Timer | None = None
        self._pause: Fault | None = None
        self._readers: dict[str, Reader] = {}
        self._refresh = uuid4().hex if options.refresh else None

    async def go(self) -> JobReport:
        """Read all that can be had.

        Returns:
            The account.

        Raises:
            Exception: what ends the run before; see `Job.run`.
        """
        self._tell_later()
        while (taken := await self._engine.take()) is not None:
            await self._keep([taken, *self._engine.at_hand()])
        self._tell()
        if self._pause is not None:
            raise self._pause
        return self._account.report

    def end(self) -> None:
        """Cancel what is under way; whoever runs it is told that the job's block has ended."""
        self._engine.end()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        try:
            await self._engine.stop(error)
        finally:
            for reader in self._readers.values():
                await reader.close()

    async def _keep(self, taken: list[tuple[Reader, Fault | None]]) -> None:
        """Keep what came of some turns, and let their listings go on, unless there is a pause.

        Raises:
            Exception: a fault of the program, when what came of the others is kept.
        """
        kept: list[tuple[Reader, InstagramError | None]] = []
        raised: list[Fault] = []
        for reader, fault in taken:
            if fault is None or _is_of_listing(fault):
                kept.append((reader, fault))
            elif not isinstance(fault, _PAUSES):
                raised.append(fault)
            elif self._pause is None:
                self._pause = fault
                self._engine.wind_up()  # what was asked for is waited for and kept
        turns = [turn for reader, error in kept if (turn := reader.outcome(error)) is not None]
        if turns:
            await self._worker.do(self._keeper.keep, turns)
        for reader, _ in kept:
            self._account.add(reader)
            is_done = reader.is_over or reader.is_failed
            if is_done:
                await reader.close()
                del self._readers[reader.key]
            self._engine.put_back(reader, is_over=is_done)
        if not self._options.progress_every:
            self._tell()
        for fault in raised:
            raise_fault(fault)

    def _take_up(self, pair: tuple[str, Pager[Any]]) -> Reader:
        key, pager = checked(pair)
        if type(key) is not str:
            raise TypeError(f"the key of a listing must be text, not {key!r}")
        if not _can_be_written(key):
            raise ValueError(f"the key of a listing must be whole letters, not {key!r}")
        if key in self._readers:
            raise ValueError(f"two listings at once have the key {key!r}")
        if self._options.refresh:
            check(key, pager)
        self._account.begin()
        options = self._options
        reader = self._readers[key] = Reader(
            key, pager, self._look_up, options.retry_failed, self._refresh, options.parallel
        )
        return reader

    async def _look_up(self, key: str, name: str) -> Known | None:
        return await self._worker.do(self._keeper.known, key, name)

    def _tell(self) -> None:
        call = self._options.on_progress
        if call is not None:
            answer = call(self._account.progress(self._clock.now()))
            if isinstance(answer, Coroutine):
                answer.close()  # nobody would await it
                raise TypeError(f"on_progress must be a plain function: {call!r} gave a coroutine")

    def _tell_later(self) -> None:
        if self._options.on_progress is not None and self._options.progress_every:
            when = self._clock.now() + self._options.progress_every
            self._timer = self._clock.call_at(when, self._tell_now)

    def _tell_now(self) -> None:
        try:
            self._tell()
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - the run raises it
            self._engine.end(error)
        else:
            self._tell_later()


def _check_seconds(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {value!r}")
    if not (isfinite(value) and value >= 0):
        raise ValueError(f"{name} must be finite and not negative: {value!r}")


def _can_be_written(key: str) -> bool:
    try:
        key.encode()
    except UnicodeEncodeError:  # half a letter
        return False
    return True


def _is_of_listing(fault: Fault) -> TypeGuard[InstagramError]:
    """Whether a listing has failed, and neither the program nor what all listings need."""
    return isinstance(fault, InstagramError) and not isinstance(fault, (*_PAUSES, *_ENDS))
