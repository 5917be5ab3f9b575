"""One SQLite database, in memory or in a file.

A write is acknowledged when its transaction is committed. In a file that is when it stands in
the write-ahead log and the disk has said so (`synchronous=FULL`): then it survives not only the
end of this process but that of the machine. It costs a few milliseconds a write, in which
nothing else is answered; handing it to a thread would not make the next write of the one
connection earlier, and reads cost less than the way to a thread and back.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from instagram_async.server.store.errors import WorldFileError
from instagram_async.server.store.schema import (
    APPLICATION,
    INDEXES,
    TABLES,
    UPGRADES,
    VERSION,
)

_CACHE_KIB = 65_536
_PAGE = 16_384  # bytes; several media fit one
_MAPPED = 1 << 40  # bytes of a file that are read without copying; SQLite takes what it may
_KEPT = 256  # prepared statements
Row = Any


class Database:
    """A connection of its own; statements outside `writing` commit one by one.

    Args:
        connection: to a database that has the tables of a world.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._turn = threading.RLock()
        # A world that is forgotten leaves no open connection behind.
        self._close = weakref.finalize(self, connection.close)

    @classmethod
    def empty(cls, path: Path | None = None, *, is_bulk: bool = False) -> Database:
        """A new database.

        Args:
            path: of the file, which is not there yet; `None` is in memory.
            is_bulk: whether the caller is going to fill it and then call `finish`; until then
                it has no indexes, and no write is safe.

        Raises:
            FileExistsError: the file is there.
            OSError: it can't be made.
        """
        if path is not None:
            path.open("xb").close()
        connection = _connect(path)
        try:
            connection.execute(f"PRAGMA page_size = {_PAGE if path else 4096}")
            _tune(connection, is_safe=not is_bulk)
            connection.executescript(f"BEGIN; {TABLES} {'' if is_bulk else INDEXES} COMMIT;")
            made = cls(connection)
            if not is_bulk:
                made.mark()
        except BaseException:
            connection.close()
            raise
        return made

    @classmethod
    def open(cls, path: Path) -> Database:
        """The database in a file; one of an older version becomes one of this.

        Raises:
            FileNotFoundError: there is no such file.
            WorldFileError: it is no world, or can't be opened as one now.
        """
        if not path.is_file():
            raise FileNotFoundError(f"there is no file {path}")
        connection = _connect(path)
        try:
            mark, version = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("application_id", "user_version")
            )
            reason = _reason(mark, version)
            if reason == _FOREIGN and connection.execute(_LEDGERS).fetchone() is not None:
                reason = _LEDGER
            if reason is None:
                _tune(connection, is_safe=True)
                connection.execute("BEGIN IMMEDIATE").execute("COMMIT")
                if version < VERSION:
                    steps = "".join(UPGRADES[older] for older in range(version, VERSION))
                    connection.executescript(
                        f"BEGIN; {steps} PRAGMA user_version = {VERSION}; COMMIT;"
                    )
        except sqlite3.OperationalError as error:
            connection.close()
            raise WorldFileError(f"{path} can't be opened: {error}") from None
        except sqlite3.DatabaseError:
            reason = _FOREIGN
        if reason is not None:
            connection.close()
            raise WorldFileError(f"{path} {reason}")
        return cls(connection)

    def copy(self) -> Database:
        """The same in memory, apart from this one."""
        connection = _connect(None)
        self._connection.backup(connection)
        _tune(connection, is_safe=True)
        return Database(connection)

    def mark(self) -> None:
        """Write down that this is a world, and of which version."""
        self._connection.executescript(
            f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
        )

    def script(self, text: str) -> None:
        """Carry out several statements in one transaction of their own."""
        self._connection.executescript(f"BEGIN; {text} COMMIT;")

    def finish(self) -> None:
        """Give a database that was filled in bulk its indexes and its mark."""
        self.script(INDEXES)
        self.mark()

    def close(self) -> None:
        """Close it; a second time does nothing."""
        self._close()

    def one(self, sql: str, *args: Any) -> Row:
        """The first row of a query, `None` if there is none."""
        with self._turn:
            return self._connection.execute(sql, args).fetchone()

    def all(self, sql: str, *args: Any) -> list[Row]:
        """The rows of a query."""
        with self._turn:  # a statement is kept and used again, by one thread at a time
            return self._connection.execute(sql, args).fetchall()

    def each(self, sql: str, *args: Any) -> Iterator[Row]:
        """The rows of a query, looked for one by one."""
        return self._connection.execute(sql, args)

    def run(self, sql: str, *args: Any) -> int:
        """Carry out a write and tell how many rows it changed."""
        with self._turn:
            return self._connection.execute(sql, args).rowcount

    def many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Carry out a write for many rows."""
        with self._turn:
            self._connection.executemany(sql, rows)

    @contextmanager
    def writing(self) -> Generator[None, None, None]:
        """Commit what happens within as a whole, or nothing of it; one within another is one.

        Threads take turns, so that a test may write while the server of another thread does.
        """
        with self._turn:
            if self._connection.in_transaction:
                yield
                return
            self.run("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.run("ROLLBACK")
                raise
            self._commit()

    def _commit(self) -> None:
        try:
            self.run("COMMIT")
        except sqlite3.Error:  # such as a full disk
            if self._connection.in_transaction:
                self.run("ROLLBACK")
            raise


_FOREIGN = "is no world"
_LEDGER = (
    "is no world but a ledger that has the rows of a job: World.load takes them, "
    "a line of JSON each (docs/local_server.md, Exports)"
)
_LEDGERS = """
SELECT 1 FROM sqlite_master, pragma_table_info(sqlite_master.name) AS held
WHERE sqlite_master.type = 'table' AND held.name = 'listing' LIMIT 1
"""


def _reason(mark: int, version: int) -> str | None:
    if mark != APPLICATION:
        return _FOREIGN
    if version > VERSION:
        return f"is a world of version {version}; this package reads version {VERSION}"
    return None


def _connect(path: Path | None) -> sqlite3.Connection:
    return sqlite3.connect(
        ":memory:" if path is None else os.fspath(path),
        timeout=0.5,
        isolation_level=None,  # transactions begin where `writing` says
        check_same_thread=False,  # SQLite itself takes one after the other
        cached_statements=_KEPT,
    )


def _tune(connection: sqlite3.Connection, *, is_safe: bool) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    # One process at a time, which spares each read the locking.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute(f"PRAGMA journal_mode = {'WAL' if is_safe else 'OFF'}")
    connection.execute(f"PRAGMA synchronous = {'FULL' if is_safe else 'OFF'}")
