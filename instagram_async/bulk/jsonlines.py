"""A sink of JSON Lines: an item a line, in v1's own shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from instagram_async.bulk.columns import TABLES, Table, table_of
from instagram_async.bulk.file_sink import FileSink
from instagram_async.bulk.sink import Row
from instagram_async.bulk.wire import to_json, unreadable
from instagram_async.disk import named
from instagram_async.errors import ResponseError
from instagram_async.models import Tag
from instagram_async.v1.structure import structure

_KINDS = {table.name for table in TABLES}


@frozen
class Line:
    """What a line says besides its item."""

    listing: str
    kind: str


class JSONLinesSink(FileSink):
    """Writes rows to a file, one JSON object a line.

    A line is the item as v1 sends it, with two keys more at its end: `"listing"`, the key of its
    listing, and `"kind"`, which is what the other sinks call a table of such items, for example
    `"media"`. The file is cut back to what the ledger says when a job begins, so nothing but the
    job should write to it. What comes of a killed job may be read meanwhile: each line is an
    item, once.

    Args:
        path: of the file, which the job makes.

    Attributes:
        path: of the file.

    Example:
        >>> from instagram_async import bulk
        >>> bulk.JSONLinesSink("people.jsonl").path.name
        'people.jsonl'
    """

    def write(self, rows: Sequence[Row]) -> None:
        """Add lines; see `Sink.write`.

        Raises:
            TypeError: an item is of a kind that has no table.
            OSError: the disk is full, for example.
        """
        self._file.write(b"".join(map(line_of, rows)))

    def _rows(self, table: Table) -> Iterator[Row]:
        with named(self.path), self.path.open("rb") as file:
            for number, text in enumerate(file, 1):
                if not text.endswith(b"\n"):
                    return
                try:
                    row = _row(text, table)
                except (LookupError, ResponseError) as error:
                    raise unreadable(self.path, "line", number, error=error) from error
                if row is not None:
                    yield row


def line_of(row: Row) -> bytes:
    """A row as a line.

    Raises:
        TypeError: the item is of a kind that has no table.
    """
    item: object = row.item
    return to_json(item, listing=row.listing, kind=table_of(type(item)).name) + b"\n"


def _row(text: bytes, table: Table) -> Row | None:
    """What a line says, if it is of that kind."""
    line = structure(text, Line)
    if line.kind == table.name:
        item: Any = structure(text, table.kind)
        return Row(line.listing, item.name if table.kind is Tag else item.id, item)
    if line.kind not in _KINDS:
        raise LookupError(f"no kind is called {line.kind!r}")
    return None
