"""What a listing gives, on standard output: JSON Lines, CSV, or a table for people."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Sequence
from typing import Any, Protocol

from rich.console import Console
from rich.text import Text

from instagram_async.bulk.cells import record
from instagram_async.bulk.columns import flat, table_of
from instagram_async.bulk.sink import Row
from instagram_async.bulk.wire import to_json
from instagram_async.cli.tables import Layout, record_of


class Writer(Protocol):
    """Shows the items of a listing to somebody."""

    def page(self, items: Sequence[Any]) -> None:
        """Write items, and have them seen.

        Args:
            items: of one kind.
        """
        ...


class JSONLinesWriter:
    """Writes an item a line, as v1 sends it."""

    def page(self, items: Sequence[Any]) -> None:
        """Write lines."""
        _write(b"".join(to_json(item) + b"\n" for item in items))


class CSVWriter:
    """Writes a header and records, with the columns of `bulk.CSVSink` but the listing's key.

    Args:
        kind: the model.
        headed: whether it begins with the header.
    """

    def __init__(self, kind: type[Any], *, headed: bool = True) -> None:
        self._header = record(table_of(kind).names[2:]) if headed else ""

    def page(self, items: Sequence[Any]) -> None:
        """Write records, below the header if they are the first."""
        header, self._header = self._header, ""
        rows = (record(flat(Row("", "", item))[1][2:]) for item in items)
        _write(f"{header}{''.join(rows)}".encode())


class TableWriter:
    """Writes a table for people, page by page.

    Args:
        kind: the model.
        console: the terminal.
    """

    def __init__(self, kind: type[Any], console: Console) -> None:
        self._console = console
        self._layout = Layout(kind, console.width)
        self._is_begun = False

    def page(self, items: Sequence[Any]) -> None:
        """Write rows, below the names of the columns if they are the first."""
        if not self._is_begun:
            self._is_begun = True
            self._print(self._layout.header(), "bold")
        for item in items:
            self._print(self._layout.row(item), "")

    def _print(self, line: Text, style: str) -> None:
        self._console.print(line, style=style, soft_wrap=True)


class RecordWriter:
    """Writes one thing for people: a line for each of its columns that holds something.

    Args:
        console: the terminal.
    """

    def __init__(self, console: Console) -> None:
        self._console = console

    def page(self, items: Sequence[Any]) -> None:
        """Write lines."""
        for item in items:
            cells = record_of(item)
            width = max(len(name) for name, _ in cells)
            for name, cell in cells:
                line = Text.assemble((f"{name:{width}}  ", "dim"), cell)
                self._console.print(line, soft_wrap=True)


def _write(text: bytes) -> None:
    """Write UTF-8, whatever the terminal shows: all of it or, into a file, nothing.

    Raises:
        OSError: there is no room, for example.
    """
    sys.stdout.flush()
    # Without a buffer: nothing is kept back, and none of it comes again at the end.
    file: Any = getattr(sys.stdout.buffer, "raw", sys.stdout.buffer)
    left = memoryview(text)
    try:
        while left:
            taken = file.write(left)  # as much as there is room for
            if taken is None:  # whoever shares the pipe has made it one that does not wait
                select.select([], [file], [])
            left = left[taken or 0 :]
    except OSError:
        _take_back(file, len(text) - len(left))
        raise


def _take_back(file: Any, written: int) -> None:
    """Take the end of a file back: what goes on writes the page once more."""
    if not written or not file.seekable():
        return
    end = file.tell()
    if end == os.fstat(file.fileno()).st_size:
        file.seek(end - written)
        file.truncate()
