"""The media of an export, in whichever form it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import msgspec

from instagram_async.bulk.cells import records, unescape
from instagram_async.bulk.errors import SinkError
from instagram_async.bulk.parquet_sink import ParquetSink
from instagram_async.bulk.sqlite_sink import SQLiteSink
from instagram_async.bulk.wire import from_json, unreadable
from instagram_async.disk import expect, named
from instagram_async.models import Media
from instagram_async.v1.fastlane import REFUSALS
from instagram_async.v1.structure import loads

_SQLITE = b"SQLite format 3\0"
_PARQUET = b"PAR1"
_split = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def media_of(export: Path) -> Iterator[Media]:
    """Read the media of an export; what else is in it is left out.

    Args:
        export: a file of JSON Lines or CSV, written by a job or by a command into a pipe, the
            database of a job, or its folder of Parquet files.

    Returns:
        Each line's or row's, in their order, read as they are asked for. A last one that a kill
        has left unfinished is none.

    Raises:
        FileNotFoundError: there is no such file.
        ImportError: pyarrow is missing, and it is Parquet.
        SinkError: it is no export, or something in it can't be read, and where.

    Example:
        >>> report = await job.run({"me": client.user_recent().limit(3)})
        >>> len(list(media_of(sink.path)))
        3
    """
    expect(export, "there is no such export")
    if export.is_dir():
        return (row.item for row in ParquetSink(export).read(Media))
    with named(export), export.open("rb") as file:
        head = file.read(len(_SQLITE))
    if head == _SQLITE:
        return (row.item for row in SQLiteSink(export).read(Media))
    if head.startswith(_PARQUET):
        raise SinkError(f"{export} is one file of Parquet: give the folder that it lies in")
    if head.lstrip().startswith(b"{") or not head:
        return _of_lines(export)
    return _of_cells(export)


def _of_lines(export: Path) -> Iterator[Media]:
    with named(export), export.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n") and not _is_whole(line):
                return
            if line.strip() and _is_media(line, export, "line", number):
                yield from_json(line, Media, export, "line", number)


def _of_cells(export: Path) -> Iterator[Media]:
    with named(export), export.open("rb") as file:
        found = records(file)
        try:
            header = next(found, None) or []
            if "json" not in header:
                raise SinkError(f"{export} is no export: its first line names no column json")
            column = header.index("json")
            for number, cells in enumerate(found, 2):  # as a spreadsheet counts
                text = unescape(cells[column]) if len(cells) == len(header) else ""
                if _is_media(text.encode(), export, "row", number):
                    yield from_json(text, Media, export, "row", number)
        except ValueError as error:
            raise SinkError(f"{export}: {error}") from error


def _is_media(text: bytes, export: Path, *place: object) -> bool:
    """Whether it is one, rather than a comment, which has a time as well, or anything else."""
    try:
        keys = _keys(text)
    except REFUSALS as error:
        raise unreadable(export, *place, error=error) from error
    return "created_time" in keys and "user" in keys


def _is_whole(line: bytes) -> bool:
    try:
        _keys(line)
    except REFUSALS:
        return False
    return True


def _keys(text: bytes) -> Mapping[str, Any]:
    """What is said, by its names."""
    try:
        return _split(text)
    except REFUSALS:
        with suppress(ValueError, RecursionError):  # half a letter is refused only there
            found = loads(text)
            if isinstance(found, dict):
                return cast("dict[str, Any]", found)
        raise
