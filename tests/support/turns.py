"""A job without a network: a ledger that takes turns with a sink, and breaks off anywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from instagram_async.bulk.sink import Row, Sink
from tests.support.disk import Crash, Disk, Loss


class Turns:
    """Turns of one sink.

    Args:
        ledger: the path of its database.
        make: makes a sink, as each process would.
        disk: the disk of the sink's files; entered.
    """

    def __init__(self, ledger: Path, make: Callable[[], Sink], disk: Disk) -> None:
        self._path = ledger
        self._make = make
        self._disk = disk
        self._database: sqlite3.Connection | None = None
        self._sink: Sink | None = None
        self.committed: list[Row] = []

    def turn(
        self,
        rows: Sequence[Sequence[Row]],
        *,
        last: bool = False,
        crash_at: float | None = None,
        is_lost: bool = False,
    ) -> bool:
        """Write, flush and commit.

        Args:
            rows: of so many writes.
            last: whether the job is over by that.
            crash_at: at which step of the disk it breaks off, if there are so many.
            is_lost: whether it breaks off when all is done but the commit.

        Returns:
            Whether it was committed.
        """
        self._disk.steps, self._disk.crash_at = 0, crash_at
        try:
            database, sink = self._opened()
            with _transaction(database):
                for some in rows:
                    sink.write(some)
                self._note(database, sink.flush(last=last))
                if is_lost:
                    raise Crash
        except Crash:
            return False
        finally:
            self._disk.crash_at = None
        self.committed += [row for some in rows for row in some]
        return True

    def break_off(self, loss: Loss) -> None:
        """The process ends; what it did not commit or sync may be lost."""
        if self._sink is not None:
            self._sink.close()  # the kernel does that, and it writes nothing
        if self._database is not None:
            self._database.close()
        self._sink = self._database = None
        self._disk.fail(loss)

    def _opened(self) -> tuple[sqlite3.Connection, Sink]:
        if self._database is None:
            self._database = sqlite3.connect(self._path, isolation_level=None)
            self._database.execute("CREATE TABLE IF NOT EXISTS job (position TEXT)")
        if self._sink is None:
            self._sink = self._make()
            with _transaction(self._database):
                found = self._database.execute("SELECT position FROM job").fetchone()
                self._sink.open(self._database, found[0] if found else None)
                # What counts of nothing is committed before there is anything.
                self._note(self._database, self._sink.flush(last=False))
        return self._database, self._sink

    @staticmethod
    def _note(database: sqlite3.Connection, position: str) -> None:
        database.execute("DELETE FROM job")
        database.execute("INSERT INTO job VALUES (?)", (position,))


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def written(folder: Path, sink: Sink, rows: Sequence[Row]) -> None:
    """Write rows with a sink in one turn, to the end."""
    with closing(sqlite3.connect(folder / "job.db", isolation_level=None)) as ledger:
        with _transaction(ledger):
            sink.open(ledger, None)
            sink.write(rows)
            sink.flush(last=True)
        sink.close()


def read_back(sink: Any, kind: type[Any]) -> list[Row]:
    """All rows of a kind."""
    return list(sink.read(kind))
