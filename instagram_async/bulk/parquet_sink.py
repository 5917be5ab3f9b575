"""Rows as Parquet files, each of them whole."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from instagram_async.bulk.columns import TABLES, clean, table_of
from instagram_async.bulk.errors import SinkError
from instagram_async.bulk.sink import Row
from instagram_async.bulk.spool import Spool, Waiting
from instagram_async.bulk.tables import in_ledger, path_of
from instagram_async.bulk.wire import to_json
from instagram_async.disk import OpenFolder, expect, lock, named, sync_folder
from instagram_async.paging.counts import positive

_BY_NAME = {table.name: table for table in TABLES}
_FILE = r"{kind}-\d{{8}}-{token}\.parquet"


class ParquetSink:
    """Writes rows to Parquet files in a folder; needs the extra `parquet`.

    Rows wait in the ledger's database until they fill a file, or the job is over. A file is
    written beside, put in its place in one step, and counts when the ledger names it; one that
    a crash left unnamed is removed when the job goes on. Files are called after the kind of
    their rows, their order and their job, such as `media-00000001-5f0c9a3e.parquet`.

    Args:
        folder: where to; made if it is not there.
        rows_per_file: how many rows fill a file.

    Attributes:
        path: of the folder.

    Raises:
        ValueError: rows_per_file is not positive.
        ImportError: pyarrow is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     sink = ParquetSink(folder)
        ...     ledger = sqlite3.connect(":memory:")
        ...     sink.open(ledger, None)
        ...     sink.write([Row("search", "snow", Tag(name="snow", media_count=3))])
        ...     _ = sink.flush(last=True)
        ...     sink.close()
        ...     ledger.close()
        ...     list(ParquetSink(folder).read(Tag))
        [Row(listing='search', identity='snow', item=Tag(name='snow', media_count=3))]
    """

    def __init__(self, folder: str | PathLike[str], rows_per_file: int = 100_000) -> None:
        from instagram_async.bulk import arrow  # noqa: PLC0415 - few have pyarrow

        self._arrow = arrow
        self.path = Path(folder)
        self._rows_per_file = positive("rows_per_file", rows_per_file)
        self._folder: OpenFolder | None = None
        self._spool: Spool | None = None
        self._ledger = ""
        self._token = ""

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
        """Begin, or go on with the files that count; see `Sink.open`.

        Raises:
            SinkError: another job has the folder open, or a file that counts is not there, or
                none does yet, and there are Parquet files in the folder.
            OSError: the folder can't be used.
        """
        self.path.mkdir(exist_ok=True)
        sync_folder(self.path.parent)
        folder = OpenFolder(self.path)
        with named(self.path):
            if not lock(folder):
                raise SinkError(f"{self.path}: another job has it open")
        self._folder = folder
        self._ledger = path_of(ledger)
        with in_ledger(self._ledger):
            self._spool = Spool(ledger)
        if position is None:
            if any(self.path.glob("*.parquet")):
                raise SinkError(
                    f"{self.path} has Parquet files, and this ledger did not begin them: "
                    "take another folder, or move them away"
                )
            position = secrets.token_hex(4)
        self._token = position
        self._tidy(self._spool.files())

    def write(self, rows: Sequence[Row]) -> None:
        """Have rows wait in the ledger's database; see `Sink.write`.

        Raises:
            TypeError: an item is of a kind that has no table.
            sqlite3.Error: the disk is full, for example.
        """
        waiting = [_waiting(row) for row in rows]
        with in_ledger(self._ledger):
            self._opened().add(waiting)

    def flush(self, *, last: bool) -> str:
        """Write the files that are full, or with the last rows all there are; see `Sink.flush`.

        Raises:
            OSError: a file can't be written.
        """
        spool = self._opened()
        for kind, waiting in sorted(spool.waiting.items()):
            full, rest = divmod(waiting, self._rows_per_file)
            for count in [self._rows_per_file] * full + [rest] * (last and rest > 0):
                with in_ledger(self._ledger):
                    self._seal(spool, kind, count)
        return self._token

    def close(self) -> None:
        """Let go of folder and ledger."""
        self._spool = None
        if self._folder is not None:
            self._folder.close()

    def read(self, kind: type[Any]) -> Iterator[Row]:
        """Read back what is in the files, in bounded memory.

        Args:
            kind: the model, such as `Media`.

        Returns:
            The rows, in the order in which they came. Those that wait for their file are left
            out.

        Raises:
            TypeError: the kind has no table.
            FileNotFoundError: the folder is not there.
            SinkError: a file is no such file.
        """
        table = table_of(kind)
        expect(self.path, "the folder is not there")
        ours = re.compile(_FILE.format(kind=table.name, token="[0-9a-f]{8}"))  # noqa: S106
        found = sorted(path for path in self.path.iterdir() if ours.fullmatch(path.name))
        return (row for path in found for row in self._arrow.read(path, table))

    def _opened(self) -> Spool:
        if self._spool is None:
            raise ValueError("the sink is not open")
        return self._spool

    def _tidy(self, counting: set[str]) -> None:
        gone = [name for name in sorted(counting) if not (self.path / name).exists()]
        if gone:
            raise SinkError(f"{self.path}: {', '.join(gone)} counts, and is gone")
        kinds = "|".join(_BY_NAME)
        ours = re.compile(rf"\.?{_FILE.format(kind=f'({kinds})', token=self._token)}(\.tmp)?")
        for path in self.path.iterdir():
            if ours.fullmatch(path.name) and path.name not in counting:
                path.unlink()

    def _seal(self, spool: Spool, kind: str, count: int) -> None:
        name = f"{kind}-{spool.next_file:08}-{self._token}.parquet"
        beside = self.path / f".{name}.tmp"
        with named(beside), beside.open("wb") as file:
            self._arrow.write(file, _BY_NAME[kind], spool.first(kind, count))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path / name)
        sync_folder(self.path)
        spool.seal(name, kind, count)


def _waiting(row: Row) -> Waiting:
    item: object = row.item
    kind = table_of(type(item)).name
    return kind, clean(row.listing), clean(row.identity), to_json(item).decode()
