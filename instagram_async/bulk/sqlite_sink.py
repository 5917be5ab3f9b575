"""Rows as tables of the ledger's own database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from os import PathLike
from pathlib import Path
from typing import Any

from instagram_async.bulk.columns import Table, flat, table_of
from instagram_async.bulk.errors import SinkError
from instagram_async.bulk.sink import Row
from instagram_async.bulk.tables import in_ledger, path_of
from instagram_async.bulk.wire import from_json
from instagram_async.disk import expect

_AT_ONCE = 500  # rows that a reader holds
_TYPES = {float: "REAL", int: "INTEGER", bool: "INTEGER"}
_INDEXED = ("created_time", "user_id")


class SQLiteSink:
    """Keeps rows in the ledger's database, one table a kind of item.

    The tables are `media`, `users`, `profiles`, `comments`, `tags` and `locations`, with an index
    on `created_time` and `user_id` where they have it. An item that comes again in its listing
    takes the place of the former.

    Args:
        path: the ledger's file. Who only reads has to say it; who writes need not.

    Attributes:
        path: of the ledger's file; `None` as long as it is not known.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ledger = sqlite3.connect(f"{folder}/job.db")
        ...     sink = SQLiteSink()
        ...     sink.open(ledger, None)
        ...     sink.write([Row("snow", media.id, media)])
        ...     _ = sink.flush(last=True)
        ...     ledger.commit()
        ...     ledger.execute("SELECT username FROM media").fetchone() == (media.user.username,)
        ...     sink.close()
        ...     ledger.close()
        ...     [row.item == media for row in SQLiteSink(f"{folder}/job.db").read(Media)]
        True
        [True]
    """

    def __init__(self, path: str | PathLike[str] | None = None) -> None:
        self.path = None if path is None else Path(path)
        self._ledger: sqlite3.Connection | None = None
        self._made = set[str]()

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:  # noqa: ARG002
        """Begin; see `Sink.open`.

        Raises:
            ValueError: the ledger is not at the path.
        """
        name = path_of(ledger)
        found = Path(name) if name else None
        if self.path is not None and (found is None or not self.path.samefile(found)):
            raise ValueError(f"the ledger is {found}, and not the path {self.path}")
        self.path = found
        self._ledger = ledger
        self._made.clear()

    def write(self, rows: Sequence[Row]) -> None:
        """Put rows in their tables; see `Sink.write`.

        Raises:
            TypeError: an item is of a kind that has no table.
            SinkError: the ledger has a table of that name and other columns.
            sqlite3.Error: the disk is full, for example.
        """
        if self._ledger is None:
            raise ValueError("the sink is not open")
        by_table: dict[Table, list[list[Any]]] = {}
        for row in rows:
            table, values = flat(row)
            by_table.setdefault(table, []).append(values)
        with in_ledger(self.path):
            for table, entries in by_table.items():
                self._make(self._ledger, table)
                self._ledger.executemany(_upsert(table), entries)

    def flush(self, *, last: bool) -> str:  # noqa: ARG002 - nothing is left open
        """Nothing: the rows are committed with the ledger."""
        return ""

    def close(self) -> None:
        """Let go of the ledger."""
        self._ledger = None

    def read(self, kind: type[Any]) -> Iterator[Row]:
        """Read back what was committed; a job may go on meanwhile.

        Args:
            kind: the model, such as `Media`.

        Returns:
            The rows in the order in which they first came, a few at a time.

        Raises:
            TypeError: the kind has no table.
            ValueError: no path was given, and nothing was opened.
            FileNotFoundError: the file is not there.
            SinkError: it is no such file.
        """
        table = table_of(kind)
        if self.path is None:
            raise ValueError("path: say which file to read, as SQLiteSink('job.db')")
        expect(self.path, "the file is not there")
        return _rows(self.path, table)

    def _make(self, ledger: sqlite3.Connection, table: Table) -> None:
        if table.name in self._made:
            return
        columns = [f'"{column.name}" {_TYPES.get(column.type, "TEXT")}' for column in table.columns]
        ledger.execute(
            f"CREATE TABLE IF NOT EXISTS {table.name} (listing TEXT NOT NULL, "
            f"identity TEXT NOT NULL, {', '.join(columns)}, json TEXT NOT NULL, "
            "PRIMARY KEY (listing, identity))"
        )
        found = [row[1] for row in ledger.execute(f"PRAGMA table_info({table.name})")]
        if found != list(table.names):
            raise SinkError(f"the ledger's table {table.name} has other columns: {found}")
        for name in set(_INDEXED).intersection(found):
            ledger.execute(
                f"CREATE INDEX IF NOT EXISTS {table.name}_{name} ON {table.name} ({name})"
            )
        self._made.add(table.name)


def _upsert(table: Table) -> str:
    names = [f'"{name}"' for name in table.names]
    return (
        f"INSERT INTO {table.name} ({', '.join(names)}) "  # noqa: S608 - names of ours
        f"VALUES ({', '.join('?' * len(names))}) ON CONFLICT (listing, identity) "
        f"DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names[2:])}"
    )


def _rows(path: Path, table: Table) -> Iterator[Row]:
    ask = (
        f"SELECT rowid, listing, identity, json FROM {table.name} "  # noqa: S608 - a name of ours
        "WHERE rowid > ? ORDER BY rowid LIMIT ?"
    )
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    last = 0
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            if database.execute(there, (table.name,)).fetchone() is None:
                return
            # No cursor stays open, which would keep a job from committing.
            while found := database.execute(ask, (last, _AT_ONCE)).fetchall():
                for row, listing, identity, text in found:
                    item = from_json(text, table.kind, path, "row", row, "of", table.name)
                    yield Row(listing, identity, item)
                last = found[-1][0]
    except sqlite3.DatabaseError as error:
        raise SinkError(f"{path}: {error}") from error
