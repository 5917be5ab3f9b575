"""Rows as a CSV file."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from os import PathLike

from instagram_async.bulk.cells import record, records, unescape
from instagram_async.bulk.columns import TABLES, Table, flat
from instagram_async.bulk.errors import SinkError
from instagram_async.bulk.file_sink import FileSink
from instagram_async.bulk.sink import Row
from instagram_async.bulk.wire import from_json
from instagram_async.disk import named


class CSVSink(FileSink):
    """Appends rows of one kind to a CSV file: RFC 4180, UTF-8, one header.

    Text that a spreadsheet would calculate gets an apostrophe before it, which `read` takes
    away; numbers are left alone. The last column, `json`, has the whole item. A position that
    counts is a place in the file: what lies behind it is cut off when the job goes on.

    Args:
        path: the file; made if it is not there.

    Attributes:
        path: of the file.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     sink = CSVSink(f"{folder}/tags.csv")
        ...     ledger = sqlite3.connect(":memory:")
        ...     sink.open(ledger, None)
        ...     sink.write([Row("search", "snow", Tag(name="snow", media_count=3))])
        ...     _ = sink.flush(last=True)
        ...     sink.close()
        ...     ledger.close()
        ...     list(CSVSink(f"{folder}/tags.csv").read(Tag))
        [Row(listing='search', identity='snow', item=Tag(name='snow', media_count=3))]
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        super().__init__(path)
        self._table: Table | None = None

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
        """Begin, or cut the file back to what counts; see `FileSink.open`.

        Raises:
            SinkError: as there, or the file is not of this version.
            OSError: it can't be opened.
        """
        super().open(ledger, position)
        self._table = None
        if self._file.size:
            with closing(self._records()) as found:
                self._table = self._headed(next(found))

    def write(self, rows: Sequence[Row]) -> None:
        """Append rows; see `Sink.write`.

        Raises:
            TypeError: an item is of another kind than the first, or of one that has no table.
            OSError: the file can't be written.
        """
        text: list[str] = []
        table = self._table
        for row in rows:
            found, values = flat(row)
            if table is None:
                table = found
                text.append(record(table.names))
            if found is not table:
                raise TypeError(f"{self.path} holds {table.name}: {found.name} need another")
            text.append(record(values))
        self._file.write("".join(text).encode())
        self._table = table

    def _rows(self, table: Table) -> Iterator[Row]:
        with closing(self._records()) as found:
            header = next(found, None)
            if header is None:
                return
            held = self._headed(header)
            if held is not table:
                raise TypeError(f"{self.path} holds {held.name}, and not {table.name}")
            for number, cells in enumerate(found, 2):  # as a spreadsheet counts
                if len(cells) != len(table.names):
                    raise SinkError(
                        f"{self.path}: row {number}: {len(cells)} cells are not {len(table.names)}"
                    )
                listing, identity, *_, text = map(unescape, cells)
                item = from_json(text, table.kind, self.path, "row", number)
                yield Row(listing, identity, item)

    def _records(self) -> Generator[list[str]]:
        with named(self.path), self.path.open("rb") as lines:
            try:
                yield from records(lines)
            except ValueError as error:
                raise SinkError(f"{self.path}: {error}") from error

    def _headed(self, cells: list[str]) -> Table:
        for table in TABLES:
            if cells == list(table.names):
                return table
        raise SinkError(f"{self.path} has the header of no sink of this version")
