"""What the sinks have in common that append to one file."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from os import PathLike
from typing import Any

from instagram_async.bulk.append import AppendedFile
from instagram_async.bulk.columns import Table, table_of
from instagram_async.bulk.sink import Row
from instagram_async.disk import expect


class FileSink(ABC):
    """Appends rows to a file; what lies behind the position that counts is cut off at the start.

    Args:
        path: of the file; made if it is not there.

    Attributes:
        path: of the file.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._file = AppendedFile(path)
        self.path = self._file.path

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:  # noqa: ARG002
        """Begin, or cut the file back to what counts; see `Sink.open`.

        Raises:
            SinkError: another job has the file open, or it is not the one that the position was
                said of, or nothing counts yet, and the file is not empty.
            OSError: it can't be opened.
        """
        self._file.open(position)

    @abstractmethod
    def write(self, rows: Sequence[Row]) -> None:
        """Append rows; see `Sink.write`."""

    def flush(self, *, last: bool) -> str:  # noqa: ARG002 - nothing is left open
        """Have the rows outlast a power cut; see `Sink.flush`."""
        return self._file.sync()

    def close(self) -> None:
        """Close the file; see `Sink.close`."""
        self._file.close()

    def read(self, kind: type[Any]) -> Iterator[Row]:
        """Read the items of a kind back, equal to those that were written.

        Args:
            kind: the model, such as `Media`.

        Returns:
            Rows in the order of the file, read as they are asked for. One that a kill has left
            unfinished at the end is none.

        Raises:
            TypeError: the kind has no table, or a file of one kind holds another.
            FileNotFoundError: there is no such file.
            SinkError: a row is none of this sink, or no such item.

        Example:
            >>> report = await job.run({"me": client.user_recent()})
            >>> for row in sink.read(Media):
            ...     print(row.listing, row.item.link)
        """
        table = table_of(kind)
        expect(self.path, "the file is not there")
        return self._rows(table)

    @abstractmethod
    def _rows(self, table: Table) -> Iterator[Row]:
        """The rows of a kind, as they are asked for."""
