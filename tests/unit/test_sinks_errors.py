"""What is said of files that can't be read or written: which, and where in them."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from instagram_async import Media, Tag, bulk
from instagram_async.bulk import CSVSink, JSONLinesSink, ParquetSink, Row, SinkError, SQLiteSink
from instagram_async.testing import make_tag
from tests.support.turns import read_back, written

TAGS = [Row("a", tag.name, tag) for tag in map(make_tag, range(3))]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "job.db", isolation_level=None)) as made:
        yield made


READERS: dict[str, Callable[[Path], Any]] = {
    "lines": lambda path: JSONLinesSink(path).read(Media),
    "csv": lambda path: CSVSink(path).read(Media),
    "parquet": lambda path: ParquetSink(path).read(Media),
    "sqlite": lambda path: SQLiteSink(path).read(Media),
    "ledger": lambda path: bulk.Job(ledger=path, sink=SQLiteSink()).failures(),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_what_is_not_there_is_told_by_the_call(read: Callable[[Path], Any], tmp_path: Path) -> None:
    path = tmp_path / "nowhere"
    with pytest.raises(FileNotFoundError, match=r"there( yet)?.*nowhere'$|no ledger yet") as caught:
        read(path)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOENT, str(path))
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_ledger_is_told_by_the_call(tmp_path: Path) -> None:
    (tmp_path / "rows").write_text("no ledger\n" * 500)
    for path in (tmp_path, tmp_path / "rows"):
        with pytest.raises(bulk.LedgerError, match=r"can't be opened|is no ledger"):
            bulk.Job(ledger=path, sink=SQLiteSink()).failures()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'""name""', b'""nome""', "name is missing"),
        (b"a,", b"", "4 cells are not 5"),
        (b"a,", b"a,,", "6 cells are not 5"),
        (b"a,", b'"a"b,', "it is no CSV"),
        (b"a,", b"\xff,", "'utf-8' codec can't decode byte 0xff"),
        (b"a,", b"\r\n", "1 cells are not 5"),
    ],
)
def test_a_row_of_csv_is_told_as_a_spreadsheet_counts(
    tmp_path: Path, old: bytes, new: bytes, told: str
) -> None:
    path = tmp_path / "rows.csv"
    written(tmp_path, CSVSink(path), TAGS)
    header, first, *others = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(header + first + b"".join(others).replace(old, new, 1))
    reading = CSVSink(path).read(Tag)
    assert next(reading) == TAGS[0]
    with pytest.raises(SinkError, match=rf"rows\.csv: row 3: {told}"):
        next(reading)


def test_a_row_of_parquet_is_told(tmp_path: Path) -> None:
    written(tmp_path, ParquetSink(tmp_path / "rows"), TAGS)
    (path,) = (tmp_path / "rows").iterdir()
    held = pq.read_table(path)
    texts = [*held["json"].to_pylist()[:2], "{}"]
    pq.write_table(held.set_column(4, held.schema.field("json"), pa.array(texts)), path)
    reading = ParquetSink(tmp_path / "rows").read(Tag)
    assert [next(reading), next(reading)] == TAGS[:2]
    with pytest.raises(SinkError, match=r"tags-.*\.parquet: row 3: name is missing"):
        next(reading)


def test_pages_of_parquet_that_were_spoiled_are_told(tmp_path: Path) -> None:
    written(tmp_path, ParquetSink(tmp_path / "rows"), TAGS)
    (path,) = (tmp_path / "rows").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(len(whole) // 3) + whole[4 + len(whole) // 3 :])
    with pytest.raises(SinkError, match=r"tags-.*\.parquet: row 1: "):
        read_back(ParquetSink(tmp_path / "rows"), Tag)


def test_a_parquet_file_that_goes_away_is_told(tmp_path: Path) -> None:
    written(tmp_path, ParquetSink(tmp_path / "rows"), TAGS)
    reading = ParquetSink(tmp_path / "rows").read(Tag)
    next((tmp_path / "rows").iterdir()).unlink()
    with pytest.raises(FileNotFoundError, match="tags-"):
        next(reading)


def test_a_parquet_file_for_which_there_is_no_room_is_named(
    tmp_path: Path, ledger: sqlite3.Connection
) -> None:
    sink = ParquetSink(tmp_path / "rows")
    sink.open(ledger, None)
    name = f".tags-00000001-{sink.flush(last=False)}.parquet.tmp"
    (tmp_path / "rows" / name).symlink_to("/dev/full")
    sink.write(TAGS)
    with pytest.raises(OSError, match="No space left on device") as caught:
        sink.flush(last=True)
    assert (caught.value.errno, caught.value.filename) == (
        errno.ENOSPC,
        str(tmp_path / "rows" / name),
    )
    sink.close()


@pytest.mark.parametrize("name", ["sqlite", "parquet"])
def test_a_ledger_for_which_there_is_no_room_is_named(
    tmp_path: Path, ledger: sqlite3.Connection, name: str
) -> None:
    sink: Any = SQLiteSink() if name == "sqlite" else ParquetSink(tmp_path / "rows")
    sink.open(ledger, None)
    ledger.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError, match=r"job\.db: database or disk is full") as one:
        sink.write([Row("a", f"{n}", make_tag(n)) for n in range(1000)])
    assert one.value.sqlite_errorname == "SQLITE_FULL"
    sink.close()


def test_a_ledger_in_memory_says_so(ledger: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:")) as memory:
        sink = SQLiteSink()
        sink.open(memory, None)
        memory.execute("PRAGMA query_only = 1")
        with pytest.raises(sqlite3.OperationalError, match="a ledger in memory: attempt to write"):
            sink.write(TAGS)
        sink.close()
