"""The sinks by name, each in a folder of its own, and how their rows are read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from instagram_async import Media, bulk
from instagram_async.bulk import Row

SINKS: dict[str, Callable[[Path], Any]] = {
    "JSONLinesSink": lambda folder: bulk.JSONLinesSink(folder / "rows.jsonl"),
    "SQLiteSink": lambda folder: bulk.SQLiteSink(folder / "ledger.db"),
    "CSVSink": lambda folder: bulk.CSVSink(folder / "rows.csv"),
    "ParquetSink": lambda folder: bulk.ParquetSink(folder / "rows", rows_per_file=20),
}


def read(name: str, folder: Path) -> Iterator[Row]:
    """The rows that a sink has of media."""
    rows: Iterator[Row] = SINKS[name](folder).read(Media)
    return rows
