"""A sink of JSON Lines: an item a line, in v1's own shape."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from os import PathLike
from typing import Any, TypeVar

from attrs import frozen

from instagram_async.bulk.append import AppendedFile
from instagram_async.bulk.sink import Row
from instagram_async.bulk.wire import from_json, to_json

T = TypeVar("T")


@frozen
class _Origin:
    """What a line says besides its item."""

    listing: str


class JSONLinesSink:
    """Writes rows to a file, one JSON object a line.

    A line is the item as v1 sends it, with the key of its listing under `"listing"` at the
    end. The file is cut back to what the ledger says when a job begins, so nothing but the job
    should write to it. What comes of a killed job may be read meanwhile: each line is an item,
    once.

    Args:
        path: of the file, which the job makes.

    Attributes:
        path: of the file.

    Example:
        >>> from instagram_async import bulk
        >>> bulk.JSONLinesSink("people.jsonl").path.name
        'people.jsonl'
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._file = AppendedFile(path)
        self.path = self._file.path

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:  # noqa: ARG002
        """Cut the file back to what counts; see `Sink.open`.

        Raises:
            SinkError: the file is not the one that the ledger knows, or the ledger is new and
                the file is not empty.
            OSError: it can't be opened.
        """
        self._file.open(position)

    def write(self, rows: Sequence[Row]) -> None:
        """Add lines; see `Sink.write`.

        Raises:
            OSError: the disk is full, for example.
        """
        lines = [to_json(row.item, listing=row.listing) + b"\n" for row in rows]
        self._file.write(b"".join(lines))

    def flush(self, *, last: bool) -> str:  # noqa: ARG002 - nothing is left open
        """Have the lines outlast a power cut; see `Sink.flush`."""
        return self._file.sync()

    def close(self) -> None:
        """Close the file; see `Sink.close`."""
        self._file.close()

    def read(self, model: type[T]) -> Iterator[Row]:
        """Read the items back, equal to those that were written.

        Args:
            model: what they are, such as `Media`.

        Returns:
            Rows in the order of the file, read as they are asked for. Their identity is the
            item's id, or name. A line that a kill has left unfinished at the end is no row.

        Raises:
            FileNotFoundError: there is no such file.
            SinkError: a line is no such item.

        Example:
            >>> report = await job.run({"me": client.user_recent()})
            >>> for row in sink.read(Media):
            ...     print(row.listing, row.item.link)
        """
        if not self.path.exists():
            raise FileNotFoundError(f"{self.path} is not there")
        return self._rows(model)

    def _rows(self, model: type[Any]) -> Iterator[Row]:
        with self.path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    item = from_json(line, model, self.path)
                    listing = from_json(line, _Origin, self.path).listing
                    yield Row(listing, getattr(item, "id", None) or item.name, item)
