"""Jobs that may be killed: rows and places are kept together."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from os import PathLike
from types import TracebackType
from typing import Any, NoReturn, Self

from instagram_async.bulk.account import JobReport
from instagram_async.bulk.errors import note
from instagram_async.bulk.failures import Failure, failures
from instagram_async.bulk.keeper import Keeper
from instagram_async.bulk.ledger import Ledger
from instagram_async.bulk.merged import Listings, number_of, pairs_of
from instagram_async.bulk.places import stand
from instagram_async.bulk.progress import Progress
from instagram_async.bulk.refresh import check_all
from instagram_async.bulk.running import Options, Run
from instagram_async.bulk.sink import Sink, checked
from instagram_async.bulk.worker import Worker
from instagram_async.clock import Clock, LoopClock
from instagram_async.waiting import through


class Job:
    """Reads many listings into a sink, and may be killed at any moment.

    Rows and the checkpoint behind them are committed together. So whoever begins again, with
    the same ledger, sink and listings, has every item once, in its listing's order, and has
    asked again for one page at most of each listing that was under way. Sink and ledger work in
    a thread of the job's, from `async with` to its end.

    Args:
        ledger: the file that says where each listing stands; made if it is not there. It is
            never on a network file system.
        sink: where the rows go.
        clock: whose time it is.

    Raises:
        TypeError: the sink is none: a method is missing, or no plain function.

    Example:
        >>> import asyncio, tempfile
        >>> from instagram_async import Client, bulk
        >>> from instagram_async.server import LocalInstagram
        >>> async def main(folder):
        ...     sink = bulk.JSONLinesSink(f"{folder}/media.jsonl")
        ...     async with LocalInstagram() as server:
        ...         async with Client(server.access_token(), base_url=server.base_url) as client:
        ...             async with bulk.Job(ledger=f"{folder}/media.db", sink=sink) as job:
        ...                 return await job.run({"me": client.user_recent().limit(70)})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     asyncio.run(main(folder)).items
        70
    """

    def __init__(
        self, *, ledger: str | PathLike[str], sink: Sink, clock: Clock | None = None
    ) -> None:
        self._path = os.fspath(ledger)
        self._keeper = Keeper(Ledger(self._path), checked(sink))
        self._clock = LoopClock() if clock is None else clock
        self._worker: Worker | None = None
        self._is_open = False
        self._run: Run | None = None  # that is under way
        self._has_stopped = asyncio.Event()

    async def __aenter__(self) -> Self:
        """Itself, with ledger and sink open.

        Raises:
            LedgerError: the file can't be the ledger of this job.
            SinkError: what the sink finds is not what the ledger says.
            TypeError: the sink's position is no text.
            RuntimeError: it was entered before.
        """
        if self._worker is not None:
            raise RuntimeError("it was entered before; make another")
        self._worker = Worker("instagram_async.job")
        try:
            await self._worker.do(self._keeper.open)
        except BaseException as error:
            await self._leave(self._worker, error)
            raise
        self._is_open = True
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._worker is not None and not self._worker.is_foreign:
            await self._leave(self._worker, error)

    async def run(
        self,
        listings: Listings[str, Any],
        *,
        concurrency: int = 32,
        retry_failed: bool = False,
        refresh: bool = False,
        parallel: int = 1,
        on_progress: Callable[[Progress], object] | None = None,
        progress_every: float = 1.0,
    ) -> JobReport:
        """Read what the ledger does not have yet.

        Listings take turns of a page, as in `merge`. One that the ledger knows goes on where it
        stands; one that is over is not asked for, unless with `refresh`. A `limit` counts what
        earlier runs have kept, too. The pages that are at hand are kept by one commit, while
        others are asked for.

        A listing whose page can't be had is given up, with its error, and stops no other; so
        is an item that can't be read, behind which its listing goes on. See `failures`. The
        next run asks it again if the error may have passed, such as a lost connection or a 503.

        Args:
            listings: pagers by their keys, as a mapping or as pairs, of which there may be any
                number; a generator of them is closed with the run. A key stands for one listing
                for ever.
            concurrency: how many pages may be asked for or held.
            retry_failed: whether those are asked again that had failed with what does not
                pass, such as a 404.
            refresh: whether listings that are over are read once more, each once in a run, for
                what is new since their watermark. One that is under way goes on where it
                stands; what came to it since it was begun comes with the next refresh.
            parallel: how many requests at once may read a listing that can be cut into windows,
                as `pager.parallel` does: for few long ones. What a run that breaks off has read
                ahead is asked for again.
            on_progress: called by the event loop every so often, also while nothing comes, and
                at the end; it must be quick. What it raises ends the run.
            progress_every: how often, in seconds; 0 is after each commit.

        Returns:
            The account of this run.

        Raises:
            RateLimitError: the quota is used up, and `max_wait` or the server's patience with
                it. This and the next three are no fault of a listing's, and the next run goes
                on. Of this and the next one, pages that were asked for are waited for and kept.
            QuotaStoreError: the shared quota can't be asked.
            AuthenticationError: the token is not accepted.
            ClientClosedError: the client was closed.
            ValueError: the ledger knows another listing by a key, or two at once have one, or
                it has half a letter; `concurrency` or `parallel` is not positive, or
                `progress_every` negative or not finite; or one with a `limit` is to be refreshed.
            TypeError: a key is no text, `on_progress` no plain function, or `progress_every` no
                number; or a listing that does not give the newest first is to be refreshed.
            RuntimeError: another run is under way, the block has ended, or keeping rows has
                failed before.
            Exception: what the sink, the database or the source of listings raised, also when
                its generator was closed, or what a listing raised that is no `InstagramError`.

        Example:
            >>> people = ["self", somebody.id]
            >>> recent = {user_id: client.user_recent(user_id) for user_id in people}
            >>> report = await job.run(recent, concurrency=8)
            >>> news = await job.run(recent, concurrency=8, refresh=True)
        """
        total = number_of(listings)
        options = Options(
            total, concurrency, retry_failed, refresh, parallel, on_progress, progress_every
        ).checked()
        if refresh:
            check_all(listings)
        if self._run is not None:
            raise RuntimeError("another run of this job is under way")
        if self._worker is None or not self._is_open:
            raise RuntimeError("a job runs inside its block: async with bulk.Job(...) as job")
        if not self._keeper.is_in_step:
            raise RuntimeError("keeping rows has failed: leave the block, and make another job")
        run = self._run = Run(pairs_of(listings), self._keeper, self._worker, options, self._clock)
        try:
            async with run:
                return await run.go()
        finally:
            self._run = None
            self._has_stopped.set()

    def failures(self) -> Iterator[Failure]:
        """What the ledger has of listings that failed and of items that can't be read.

        The failure of a listing is gone when a later run has had a page of it.
        It may be asked for before and behind the block, too; each call reads the file anew.

        Returns:
            Failures, listings first, read as they are asked for.

        Raises:
            FileNotFoundError: there is no ledger yet.
            LedgerError: the file is none.

        Example:
            >>> for failure in job.failures():
            ...     print(failure.key, failure.message, failure.checkpoint)
        """
        return failures(self._path)

    def checkpoint(self, key: str) -> str:
        """The place behind the last item that was kept of a listing, for `Pager.resume`.

        As `failures`, this and `watermark` may be asked for before the block, while a run
        goes on, and behind it; each call reads the file anew.

        Args:
            key: the listing's.

        Returns:
            Text without a secret.

        Raises:
            KeyError: the ledger has no such listing.
            FileNotFoundError: there is no ledger yet.
            LedgerError: the file is none.

        Example:
            >>> report = await job.run({"me": client.user_recent()})
            >>> await client.user_recent().resume(job.checkpoint("me")).collect()
            []
        """
        return stand(self._path, key).checkpoint

    def watermark(self, key: str) -> str | None:
        """How new the newest is of which everything was kept, for `Pager.since`.

        Args:
            key: the listing's.

        Returns:
            Text without a secret; `None` until a listing was read to its end for the first
            time, and of one that does not give the newest first, which has none.

        Raises:
            KeyError: the ledger has no such listing.
            FileNotFoundError: there is no ledger yet.
            LedgerError: the file is none.

        Example:
            >>> report = await job.run({"me": client.user_recent()})
            >>> await client.user_recent().since(job.watermark("me")).collect()
            []
        """
        return stand(self._path, key).watermark

    def __reduce__(self) -> NoReturn:
        raise TypeError("a job can't be copied or pickled: make one in each process")

    async def _leave(self, worker: Worker, error: BaseException | None) -> None:
        closing = asyncio.create_task(self._close(worker))
        try:
            await through(closing)
        except asyncio.CancelledError as cancelled:
            if not closing.cancelled() and (other := closing.exception()) is not None:
                note(cancelled, other)
            raise
        except Exception as other:
            if error is None:
                raise
            note(error, other)

    async def _close(self, worker: Worker) -> None:
        self._is_open = False
        if self._run is not None:
            self._has_stopped.clear()
            self._run.end()
            await self._has_stopped.wait()
        try:
            await worker.do(self._keeper.close)
        finally:
            worker.end()
