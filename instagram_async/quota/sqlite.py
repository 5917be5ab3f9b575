"""Windows kept in a file, for the processes of one host."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from os import PathLike, fspath
from threading import get_ident
from typing import Concatenate, NoReturn, ParamSpec, Self, TypeVar

from instagram_async.errors import QuotaStoreError
from instagram_async.quota.belief import Level, WindowSpec
from instagram_async.quota.level_cache import LevelCache, StoreReply
from instagram_async.quota.store import Grant, Outcome, Windows
from instagram_async.quota.tables import Tables

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger("instagram_async.quota")


class SQLiteStore:
    """Windows shared by all processes of one host that name the same file.

    What was granted outlives the processes: a place is booked for a window and the client's
    total timeout, so that the flights of a killed one stay covered, and is shortened when the
    reply comes. The file is opened by the first request; it belongs to that process, so after
    a fork every process makes its own. It is never on a network file system.

    Args:
        path: the file; made if it is not there.
        clock: seconds since 1970, the same for all who share the file. When it goes back,
            the store's time stands still; when it leaps ahead, places free early, once.

    Example:
        >>> import asyncio, tempfile
        >>> from instagram_async import Client, SQLiteStore
        >>> async def main(path):
        ...     async with SQLiteStore(path) as store:
        ...         async with Client("token", quota_store=store) as client:
        ...             return client.quota.remaining
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     asyncio.run(main(f"{folder}/quota.db"))
        5000
    """

    shared = True

    def __init__(
        self, path: str | PathLike[str], *, clock: Callable[[], float] = time.time
    ) -> None:
        self._path = fspath(path)
        self._clock = clock
        self._pool = ThreadPoolExecutor(1, "instagram_async.quota")
        self._tables: Tables | None = None
        self._thread: int | None = None
        self._pid: int | None = None
        self._closed = False
        self._levels = LevelCache()

    async def take(self, windows: Windows, now: float, reach: float = 0.0) -> Grant | float:
        """Take a place in every window, or in none; see `Store.take`."""
        job = self._submit(Tables.take, windows, reach)
        try:
            reply = await _result(job)
        except asyncio.CancelledError:
            job.add_done_callback(self._give_back)  # the thread may have taken it all the same
            raise
        value = self._levels.note(windows, reply, now)
        return value if isinstance(value, Grant) else now + value

    async def settle(self, grant: Grant, outcome: Outcome, now: float) -> bool:
        """Say what became of a grant; see `Store.settle`."""
        until = None if outcome.until is None else outcome.until - now
        job = self._submit(Tables.settle, grant, outcome._replace(until=until))
        return self._levels.note(grant.windows, await asyncio.shield(_result(job)), now)

    async def forecast(self, windows: Windows, ahead: Sequence[int], now: float) -> float:
        """When places would be had behind others; see `Store.forecast`."""
        reply = await _result(self._submit(Tables.forecast, windows, ahead))
        return now + self._levels.note(windows, reply, now)

    def level(self, spec: WindowSpec, now: float) -> Level:
        """How full a window was when the file was last asked; see `Store.level`."""
        return self._levels.level(spec, now)

    async def close(self) -> None:
        """Close the file, once all that was asked for is written.

        A second close does nothing, and neither does one in a forked child.
        """
        if self._closed:
            return
        self._closed = True
        if self._pid in (None, os.getpid()):
            self._pool.submit(self._end)
            await asyncio.to_thread(self._pool.shutdown)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a quota store can't be copied or pickled: make one in each process")

    def _submit(
        self, work: Callable[Concatenate[Tables, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        if self._closed:
            raise QuotaStoreError("the quota store is closed")
        if self._pid is None:
            self._pid = os.getpid()
        elif self._pid != os.getpid():
            raise RuntimeError("a quota store can't be used after a fork: make one in each process")
        return self._pool.submit(lambda: work(self._open(), *args, **kwargs))

    def _open(self) -> Tables:
        if self._tables is None:
            self._tables = Tables(self._path, self._clock)
            self._thread = get_ident()
        return self._tables

    def _give_back(self, job: Future[StoreReply[Grant | float]]) -> None:
        if job.cancelled() or job.exception() is not None or self._tables is None:
            return
        grant = job.result().value
        if not isinstance(grant, Grant):
            return
        if get_ident() == self._thread:  # at once: the file may be closed next
            self._undo(self._tables, grant)
        elif not self._closed:
            self._submit(self._undo, grant)

    def _undo(self, tables: Tables, grant: Grant) -> None:
        try:
            tables.settle(grant, Outcome(None))
        except sqlite3.Error as error:
            _log.warning("%s: a place stays taken for as long as it was booked", error)

    def _end(self) -> None:
        if self._tables is not None:
            self._tables.close()


async def _result(job: Future[T]) -> T:
    try:
        return await asyncio.wrap_future(job)
    except sqlite3.Error as error:
        raise QuotaStoreError(f"the quota store failed: {error}") from error
