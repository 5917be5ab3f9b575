"""A process that writes Parquet until it is killed: `-m tests.support.killed_sink folder`."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from instagram_async.bulk import ParquetSink, Row
from instagram_async.testing import make_media


def rows(start: int, count: int) -> list[Row]:
    """Rows of media by their numbers."""
    return [Row("a", f"{n}", make_media(n)) for n in range(start, start + count)]


def turns(folder: Path) -> Iterator[int]:
    """Go on where the ledger says; how many rows are committed, after each commit."""
    path = folder / "job.db"
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as ledger,
        closing(ParquetSink(folder / "rows", 7)) as sink,
    ):
        ledger.execute("PRAGMA journal_mode = WAL")
        ledger.execute("CREATE TABLE IF NOT EXISTS job (position TEXT, done INTEGER)")
        position, done = ledger.execute("SELECT * FROM job").fetchone() or (None, 0)
        ledger.execute("BEGIN IMMEDIATE")
        sink.open(ledger, position)
        while True:
            ledger.execute("DELETE FROM job")
            ledger.execute("INSERT INTO job VALUES (?, ?)", (sink.flush(last=False), done))
            ledger.execute("COMMIT")
            yield done
            ledger.execute("BEGIN IMMEDIATE")
            sink.write(rows(done + 1, 5))
            done += 5


if __name__ == "__main__":
    for committed in turns(Path(sys.argv[1])):
        print(committed, flush=True)  # noqa: T201 - whoever kills it reads that
