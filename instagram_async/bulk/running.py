"""A run of a job: pages are kept by one commit as many as are at hand, while others come."""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutinefunction
from math import inf
from typing import Any, NamedTuple, TypeGuard
from uuid import uuid4

from instagram_async.bulk.account import Account, JobReport
from instagram_async.bulk.engine import Engine, Fault
from instagram_async.bulk.keeper import Keeper
from instagram_async.bulk.ledger import Known
from instagram_async.bulk.merged import Pairs, checked
from instagram_async.bulk.progress import Progress
from instagram_async.bulk.reader import Reader
from instagram_async.bulk.refresh import check
from instagram_async.bulk.results import tell
from instagram_async.bulk.worker import Worker
from instagram_async.clock import Clock
from instagram_async.errors import (
    AuthenticationError,
    ClientClosedError,
    InstagramError,
    QuotaStoreError,
    RateLimitError,
)
from instagram_async.paging import Pager
from instagram_async.paging.counts import positive

# No fault of a listing's: whichever is asked next would get the same.
_PAUSES = (AuthenticationError, ClientClosedError, QuotaStoreError, RateLimitError)


class Options(NamedTuple):
    """How a run goes.

    Attributes:
        total: how many listings there are, `None` if that is not known.
        concurrency: how many pages may be asked for or held.
        retry_failed: whether listings that had failed with what does not pass are asked again.
        refresh: whether listings that are over are asked for what is new.
        on_progress: called after a commit, and at the end.
        progress_every: seconds between two such calls at least.
    """

    total: int | None
    concurrency: int
    retry_failed: bool
    refresh: bool
    on_progress: Callable[[Progress], object] | None
    progress_every: float

    def checked(self) -> Options:
        """The same, if they make sense.

        Raises:
            ValueError: `concurrency` is not positive, or `progress_every` negative.
            TypeError: `on_progress` is no plain function.
        """
        positive("concurrency", self.concurrency)
        if not self.progress_every >= 0:
            raise ValueError(f"progress_every must not be negative: {self.progress_every!r}")
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
            pairs, self._take_up, options.concurrency, room
        )
        self._keeper = keeper
        self._worker = worker
        self._options = options
        self._clock = clock
        self._account = Account(options.total, clock.now())
        self._told_at = clock.now()
        self._keys = set[str]()
        self._refresh = uuid4().hex if options.refresh else None

    async def go(self) -> JobReport:
        """Read all that can be had.

        Returns:
            The account.

        Raises:
            Exception: what ends the run before; see `Job.run`.
        """
        while (taken := await self._engine.take()) is not None:
            await self._keep([taken, *self._engine.at_hand()])
        self._tell(at_least=0)
        return self._account.report

    async def stop(self) -> None:
        """End what is under way."""
        await self._engine.stop()

    async def _keep(self, taken: list[tuple[Reader, Fault | None]]) -> None:
        """Keep what came of some turns, and let their listings go on.

        Raises:
            Exception: what one of them ended with that is no failure of a listing, when the
                others are kept.
        """
        kept: list[tuple[Reader, InstagramError | None]] = []
        raised: list[Fault] = []
        for reader, fault in taken:
            if fault is None or _is_of_listing(fault):
                kept.append((reader, fault))
            else:
                raised.append(fault)
        turns = [turn for reader, error in kept if (turn := reader.told(error)) is not None]
        if turns:
            await self._worker.do(self._keeper.keep, turns)
        for reader, _ in kept:
            self._account.add(reader)
            is_done = reader.is_over or reader.is_failed
            if is_done:
                self._keys.discard(reader.key)
            self._engine.put_back(reader, is_over=is_done)
        self._tell(at_least=self._options.progress_every)
        for fault in raised:
            tell(fault)

    def _take_up(self, pair: tuple[str, Pager[Any]]) -> Reader:
        key, pager = checked(pair)
        if type(key) is not str:
            raise TypeError(f"the key of a listing must be text, not {key!r}")
        if key in self._keys:
            raise ValueError(f"two listings at once have the key {key!r}")
        if self._options.refresh:
            check(key, pager)
        self._keys.add(key)
        self._account.begin()
        return Reader(key, pager, self._look_up, self._options.retry_failed, self._refresh)

    async def _look_up(self, key: str, name: str) -> Known | None:
        return await self._worker.do(self._keeper.known, key, name)

    def _tell(self, *, at_least: float) -> None:
        now, call = self._clock.now(), self._options.on_progress
        if call is not None and now - self._told_at >= at_least:
            self._told_at = now
            call(self._account.progress(now))


def _is_of_listing(fault: Fault) -> TypeGuard[InstagramError]:
    """Whether a listing has failed, and neither the program nor what all listings need."""
    return isinstance(fault, InstagramError) and not isinstance(fault, _PAUSES)
