"""Rows that wait in the ledger's database until they are a file, and the files that count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

_ROWS = """
CREATE TABLE IF NOT EXISTS parquet_rows (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL,
    listing TEXT NOT NULL, identity TEXT NOT NULL, json TEXT NOT NULL
)"""
_BY_KIND = "CREATE INDEX IF NOT EXISTS parquet_rows_by_kind ON parquet_rows (kind, number)"
_FILES = """
CREATE TABLE IF NOT EXISTS parquet_files (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL, rows INTEGER NOT NULL
)"""

Waiting = tuple[str, str, str, str]
"""Kind, listing, identity, and the item as JSON."""


class Spool:
    """The two tables; nothing is committed here.

    Args:
        ledger: the database, in a transaction.

    Example:
        >>> ledger = sqlite3.connect(":memory:")
        >>> spool = Spool(ledger)
        >>> spool.add([("tags", "search", "snow", '{"name": "snow"}')])
        >>> spool.waiting, spool.next_file
        ({'tags': 1}, 1)
        >>> list(spool.first("tags", 1))
        [('search', 'snow', '{"name": "snow"}')]
        >>> spool.seal("tags-1.parquet", "tags", 1)
        >>> spool.waiting, spool.files()
        ({'tags': 0}, {'tags-1.parquet'})
        >>> ledger.close()
    """

    def __init__(self, ledger: sqlite3.Connection) -> None:
        self._ledger = ledger
        for statement in (_ROWS, _BY_KIND, _FILES):
            ledger.execute(statement)
        counted = ledger.execute("SELECT kind, count(*) FROM parquet_rows GROUP BY kind")
        self.waiting: dict[str, int] = dict(counted.fetchall())
        """How many rows of each kind wait."""

    @property
    def next_file(self) -> int:
        """The number of the next file."""
        (last,) = self._ledger.execute("SELECT max(number) FROM parquet_files").fetchone()
        return (last or 0) + 1

    def files(self) -> set[str]:
        """The names of the files that count."""
        return {name for (name,) in self._ledger.execute("SELECT name FROM parquet_files")}

    def add(self, rows: Sequence[Waiting]) -> None:
        """Have rows wait."""
        self._ledger.executemany(
            "INSERT INTO parquet_rows (kind, listing, identity, json) VALUES (?, ?, ?, ?)", rows
        )
        for kind, *_ in rows:
            self.waiting[kind] = self.waiting.get(kind, 0) + 1

    def first(self, kind: str, count: int) -> Iterator[tuple[str, str, str]]:
        """The rows of a kind that wait longest, in their order, one at a time."""
        return self._ledger.execute(
            "SELECT listing, identity, json FROM parquet_rows WHERE kind = ? "
            "ORDER BY number LIMIT ?",
            (kind, count),
        )

    def seal(self, name: str, kind: str, count: int) -> None:
        """Have a file count in the place of the first rows of a kind."""
        self._ledger.execute(
            "INSERT INTO parquet_files (name, kind, rows) VALUES (?, ?, ?)", (name, kind, count)
        )
        self._ledger.execute(
            "DELETE FROM parquet_rows WHERE number IN "
            "(SELECT number FROM parquet_rows WHERE kind = ? ORDER BY number LIMIT ?)",
            (kind, count),
        )
        self.waiting[kind] -= count
