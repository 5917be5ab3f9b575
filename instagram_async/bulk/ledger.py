"""The ledger: where each listing of a job stands, in one SQLite file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from os import PathLike
from typing import Any, NamedTuple

from instagram_async.bulk.errors import LedgerError, note
from instagram_async.bulk.sink import Row
from instagram_async.bulk.tables import TABLES, as_ledger_error, connect, in_ledger, is_new
from instagram_async.disk import FileLock, sync_folder
from instagram_async.errors import InstagramError
from instagram_async.paging import Unreadable
from instagram_async.paging.backoff import is_transient

_LONGEST = 10_000  # characters of an item that could not be read
_NOTE = """
INSERT INTO ledger_listings VALUES
  (:key, :name, :checkpoint, :watermark, :items, :state, :error, :message, :refresh)
ON CONFLICT (key) DO UPDATE SET checkpoint = excluded.checkpoint, watermark = excluded.watermark,
  items = items + excluded.items, state = excluded.state, error = excluded.error,
  message = excluded.message, refresh = excluded.refresh
"""
# What is read again for what is new may hold what could not be read before.
_NOTE_UNREADABLE = """
INSERT INTO ledger_unreadable SELECT :key, :path, :reason, :raw, :checkpoint WHERE NOT EXISTS (
  SELECT 1 FROM ledger_unreadable JOIN ledger_listings USING (key)
  WHERE key = :key AND raw = :raw AND watermark IS NOT NULL
)
"""

_KNOWN = """
SELECT name, checkpoint, items, state, watermark, refresh FROM ledger_listings WHERE key = ?
"""


class Turn(NamedTuple):
    """What came of one turn of a listing.

    Attributes:
        key: the listing's.
        name: its operation and parameters.
        checkpoint: where it stands behind the turn.
        watermark: the newest of which everything was kept, where that can be said.
        rows: what it gave.
        unreadable: what could not be read.
        is_over: whether it has ended, other than by a limit.
        error: why it has failed.
        refresh: the run it was a turn of, if that reads what is new.
    """

    key: str
    name: str
    checkpoint: str
    watermark: str | None = None
    rows: Sequence[Row] = ()
    unreadable: Sequence[Unreadable] = ()
    is_over: bool = False
    error: InstagramError | None = None
    refresh: str | None = None


class Known(NamedTuple):
    """What the ledger knows of a listing.

    Attributes:
        checkpoint: where it stands.
        items: how many it has given.
        state: `open`, `over`, or `failed` with what does not pass by itself.
        watermark: the newest of which everything was kept, where that can be said.
        refresh: the run that asked for it last, if that was to read what is new.
    """

    checkpoint: str
    items: int
    state: str
    watermark: str | None
    refresh: str | None


class Ledger:
    """A ledger's file; used by one thread.

    Args:
        path: of the file, which is made when it is opened for the first time.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = os.fspath(path)
        # Two names of one file are one ledger.
        self._lock = FileLock(f"{os.path.realpath(self.path)}-lock")
        self._connection: sqlite3.Connection | None = None
        self._sink = ""
        self._is_made = False  # by us, and without anything that counts

    def open(self, sink: str) -> tuple[sqlite3.Connection, str | None]:
        """Open the file, or make it.

        Args:
            sink: what kind of sink its rows go to.

        Returns:
            The connection, and the sink's position.

        Raises:
            LedgerError: it can't be opened as the ledger of this job.
        """
        if os.path.isdir(self.path):  # noqa: PTH112
            raise LedgerError(f"{self.path} is a folder")
        try:
            is_ours = self._lock.take()
        except OSError as error:
            raise LedgerError(f"{self.path} can't be opened: {error}") from error
        if not is_ours:
            raise LedgerError(f"{self.path} is the ledger of a job that is open")
        self._is_made = not os.path.exists(self.path)  # noqa: PTH110
        self._sink = sink
        connection = self._connection = connect(self.path)
        with as_ledger_error(self.path):
            if is_new(connection, self.path):
                connection.executescript(f"PRAGMA journal_mode = WAL; BEGIN; {TABLES} COMMIT;")
                sync_folder(os.path.dirname(os.path.abspath(self.path)))  # noqa: PTH100, PTH120
            connection.execute("PRAGMA synchronous = FULL")
            known = connection.execute("SELECT sink, position FROM ledger_job").fetchone()
        if known is None:
            return connection, None
        kept, position = known
        if kept != sink:
            raise LedgerError(f"{self.path} belongs to a {kept}, not to a {sink}")
        return connection, position

    @contextmanager
    def transaction(self) -> Generator[None, None, None]:
        """Commit what happens within as a whole, or nothing of it."""
        connection = self._open()
        self._do("BEGIN IMMEDIATE")
        try:
            yield
            self.commit()
        except BaseException as error:
            if connection.in_transaction:
                try:
                    self._do("ROLLBACK")
                except sqlite3.Error as other:
                    note(error, other)
            raise

    def commit(self) -> None:
        """Have what was done in a transaction outlast a power cut."""
        self._do("COMMIT")
        self._is_made = False

    def put(self, position: str) -> None:
        """Write down where the sink stands; with the first time the ledger is this kind's."""
        row = "INSERT OR REPLACE INTO ledger_job (rowid, sink, position) VALUES (1, ?, ?)"
        self._do(row, (self._sink, position))

    def note(self, turn: Turn) -> None:
        """Write down where a listing stands."""
        error = turn.error
        values = {
            "key": turn.key,
            "name": turn.name,
            "checkpoint": turn.checkpoint,
            "watermark": turn.watermark,
            "items": len(turn.rows),
            "state": "over" if turn.is_over else _state(error),
            "error": None if error is None else type(error).__name__,
            "message": None if error is None else _text(str(error)),
            "refresh": turn.refresh,
        }
        for one in turn.unreadable:
            told = {"path": _text(one.path), "reason": _text(one.reason), "raw": _raw(one.raw)}
            self._do(_NOTE_UNREADABLE, values | told)
        self._do(_NOTE, values)

    def known(self, key: str, name: str) -> Known | None:
        """What is known of a listing.

        Args:
            key: its key.
            name: its operation and parameters.

        Raises:
            ValueError: another listing has that key.
        """
        with in_ledger(self.path):
            found = self._open().execute(_KNOWN, (key,)).fetchone()
        if found is None:
            return None
        kept, *known = found
        if kept != name:
            raise ValueError(f"the key {key!r} is {kept} in the ledger {self.path}, not {name}")
        return Known(*known)

    def close(self) -> None:
        """Close the file, and let others have it; if we made it for nothing, it goes."""
        connection, self._connection = self._connection, None
        try:
            if connection is not None:
                connection.close()
                if self._is_made:
                    self._unmake()
        finally:
            self._lock.release()

    def _do(self, statement: str, values: Any = ()) -> None:
        with in_ledger(self.path):
            self._open().execute(statement, values)

    def _unmake(self) -> None:
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.remove(f"{os.path.realpath(self.path)}{end}")  # noqa: PTH107

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RuntimeError("the ledger is not open")
        return self._connection


def _state(error: InstagramError | None) -> str:
    return "open" if error is None or is_transient(error) else "failed"


def _text(text: str) -> str:
    """What SQLite takes: a server's text may hold halves of letters."""
    return text.encode("utf-8", "backslashreplace").decode()


def _raw(raw: Any) -> str:
    return json.dumps(raw, default=str)[:_LONGEST]
