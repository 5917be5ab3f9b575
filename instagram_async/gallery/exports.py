"""The media of an export, in whichever form it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
from instagram_async.files import is_database
from instagram_async.models import Media
from instagram_async.v1.fastlane import REFUSALS
from instagram_async.v1.structure import loads

_PARQUET = b"PAR1"
_HEAD = 16  # bytes that tell lines of JSON from others
_split = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def _refuse(error: SinkError) -> None:
    raise error


def media_of(
    export: Path, on_unreadable: Callable[[SinkError], object] = _refuse
) -> Iterator[Media]:
    """Read the media of an export; what else is in it is left out.

    Args:
        export: a file of JSON Lines or CSV, written by a job or by a command into a pipe, the
            database of a job, or its folder of Parquet files.
        on_unreadable: is told of each line or row that can't be read, which is left out if
            nothing is raised then. Databases and Parquet have none.

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
    with named(export):
        if is_database(export):
            return (row.item for row in SQLiteSink(export).read(Media))
        with export.open("rb") as file:
            head = file.read(_HEAD)
    if head.startswith(_PARQUET):
        raise SinkError(f"{export} is one file of Parquet: give the folder that it lies in")
    if head.lstrip().startswith(b"{") or not head:
        return _read(_of_lines(export), export, "line", on_unreadable)
    return _read(_of_cells(export), export, "row", on_unreadable)


def _of_lines(export: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file, and their numbers."""
    with named(export), export.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n") and not _is_whole(line):
                return
            if line.strip():
                yield number, line


def _of_cells(export: Path) -> Iterator[tuple[int, bytes]]:
    """The whole items of a table, and the numbers of their rows."""
    with named(export), export.open("rb") as file:
        found = records(file)
        try:
            header = next(found, None) or []
            if "json" not in header:
                raise SinkError(f"{export} is no export: its first line names no column json")
            column = header.index("json")
            for number, cells in enumerate(found, 2):  # as a spreadsheet counts
                yield number, unescape(cells[column]).encode() if len(cells) == len(header) else b""
        except ValueError as error:
            raise SinkError(f"{export}: {error}") from error


def _read(
    texts: Iterator[tuple[int, bytes]],
    export: Path,
    place: str,
    on_unreadable: Callable[[SinkError], object],
) -> Iterator[Media]:
    for number, text in texts:
        try:
            found = _media(text, export, place, number)
        except SinkError as error:
            on_unreadable(error)
        else:
            yield from found


def _media(text: bytes, export: Path, *place: object) -> list[Media]:
    """The media that it is; none of a comment, which has a time as well, or of anything else."""
    try:
        keys = _keys(text)
    except REFUSALS as error:
        raise unreadable(export, *place, error=error) from error
    is_media = "created_time" in keys and "user" in keys
    return [from_json(text, Media, export, *place)] if is_media else []


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
