"""What a command shows, and in which form."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter
from cyclopts.validators import Number
from rich.console import Console

from instagram_async.cli.exits import UsageError
from instagram_async.cli.writers import (
    CSVWriter,
    JSONLinesWriter,
    RecordWriter,
    TableWriter,
    Writer,
)

Format = Literal["table", "jsonl", "csv"]
ListFormat = Literal["table", "jsonl", "csv", "parquet", "sqlite"]
_FORMAT = (
    "A table for people, JSON Lines as v1 sends them, or CSV; "
    "a table on a terminal and JSON Lines elsewhere, if not given."
)
_LIST_FORMAT = f"{_FORMAT} Files are also Parquet and SQLite, and what they are called says which."


@Parameter(name="*", group="Output")
@dataclass(frozen=True, kw_only=True)
class Form:
    """The form in which items are shown."""

    format: Annotated[Format | None, Parameter(help=_FORMAT)] = None

    def writer(self, kind: type[Any], *, headed: bool = True) -> Writer:
        """What shows items.

        Args:
            kind: the model.
            headed: whether CSV begins with a header.
        """
        if self._is_table:
            return TableWriter(kind, Console(highlight=False))
        return CSVWriter(kind, headed=headed) if self.format == "csv" else JSONLinesWriter()

    def writer_of_one(self, kind: type[Any]) -> Writer:
        """What shows a single item.

        Args:
            kind: the model.

        Raises:
            UsageError: the kind has no columns for CSV.
        """
        if self._is_table:
            return RecordWriter(Console(highlight=False))
        try:
            return self.writer(kind)
        except TypeError:
            raise UsageError("there are no columns for it: --format table or jsonl") from None

    @property
    def _is_table(self) -> bool:
        return self.format == "table" or (self.format is None and sys.stdout.isatty())


@Parameter(name="*", group="Output")
@dataclass(frozen=True, kw_only=True)
class Part:
    """Which part of a listing is shown or written down, and how."""

    limit: Annotated[
        int | None, Parameter(validator=Number(gte=0), help="How many items at most.")
    ] = None
    format: Annotated[ListFormat | None, Parameter(help=_LIST_FORMAT)] = None
    resume: Annotated[
        str | None,
        Parameter(help="Checkpoint to go on from; a command that was stopped prints it."),
    ] = None
    out: Annotated[
        Path | None,
        Parameter(help="File to write to, or folder of Parquet files; run again, it goes on."),
    ] = None
    refresh: Annotated[
        bool, Parameter(negative=(), help="With --out: what is new since it was read to the end.")
    ] = False

    @property
    def form(self) -> Form:
        """The form in which items are shown.

        Raises:
            UsageError: it is one of files.
        """
        if self.format == "parquet" or self.format == "sqlite":
            raise UsageError(f"{self.format} is written to a file: --out says which")
        return Form(format=self.format)


@Parameter(name="*", group="Output")
@dataclass(frozen=True, kw_only=True)
class WindowedPart(Part):
    """Which part of a listing is shown, and by how many requests at once it is read."""

    parallel: Annotated[
        int | None,
        Parameter(validator=Number(gte=1), help="Requests at once, each in a window of time."),
    ] = None


@Parameter(name="*", group="Output")
@dataclass(frozen=True, kw_only=True)
class Rounds(Form):
    """How often a listing is looked at, and from where on."""

    every: Annotated[
        float, Parameter(validator=Number(gt=0), help="Seconds between two looks, at least.")
    ] = 60.0
    known: Annotated[
        str | None,
        Parameter(help="Watermark: what is newer is new. From now on, if not given."),
    ] = None
