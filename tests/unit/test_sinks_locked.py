"""A file or folder of rows belongs to one job at a time, by whatever name."""

from __future__ import annotations

import gc
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from instagram_async import Media, bulk, disk
from instagram_async.bulk import CSVSink, JSONLinesSink, ParquetSink, Row, SinkError
from instagram_async.disk import FileLock, OpenFolder
from instagram_async.testing import make_media
from tests.support.leftovers import nothing_left
from tests.support.turns import read_back

SINKS: dict[str, Callable[[Path], Any]] = {
    "lines": JSONLinesSink,
    "csv": CSVSink,
    "parquet": lambda path: ParquetSink(path, rows_per_file=1),
}
every_sink = pytest.mark.parametrize("make", SINKS.values(), ids=SINKS)
ROW = Row("a", "1_0", make_media(1))


@pytest.fixture
def ledger() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as made:
        yield made


def refused(sink: Any, ledger: sqlite3.Connection, position: str | None = None) -> None:
    with pytest.raises(SinkError, match=r"(rows|alias): another job has it open"):
        sink.open(ledger, position)
    sink.close()


@every_sink
def test_a_second_job_is_refused_and_the_first_is_not_harmed(
    make: Any, tmp_path: Path, ledger: sqlite3.Connection
) -> None:
    path, alias = tmp_path / "rows", tmp_path / "alias"
    alias.symlink_to(path)
    sink = make(path)
    sink.open(ledger, None)
    position = sink.flush(last=False)
    with closing(sqlite3.connect(":memory:")) as other:
        for name in (path, alias):
            refused(make(name), other)
            refused(make(name), other, position)
        sink.write([ROW])
        position = sink.flush(last=True)
        before = sorted(tmp_path.rglob("*"))
        sink.close()
        assert sorted(tmp_path.rglob("*")) == before  # no file beside
        assert {one.suffix for one in before} <= {"", ".parquet"}
        again = make(alias)
        again.open(ledger, position)
        again.close()
    assert [row.item for row in read_back(make(path), Media)] == [ROW.item]


@every_sink
def test_one_sink_of_two_jobs_is_refused_as_well(
    make: Any, tmp_path: Path, ledger: sqlite3.Connection
) -> None:
    sink = make(tmp_path / "rows")
    sink.open(ledger, None)
    with pytest.raises(SinkError, match="another job has it open"):
        sink.open(ledger, None)
    sink.write([ROW])
    sink.flush(last=True)
    sink.close()


@every_sink
async def test_jobs_with_ledgers_of_their_own(make: Any, tmp_path: Path) -> None:
    async with nothing_left(), bulk.Job(ledger=tmp_path / "1.db", sink=make(tmp_path / "rows")):
        with pytest.raises(SinkError, match="rows: another job has it open"):
            async with bulk.Job(ledger=tmp_path / "2.db", sink=make(tmp_path / "rows")):
                pass
    assert {path.name for path in tmp_path.iterdir()} == {"1.db", "rows"}  # noqa: ASYNC240


@every_sink
def test_a_sink_that_is_forgotten_has_let_go(
    make: Any, tmp_path: Path, ledger: sqlite3.Connection
) -> None:
    sink = make(tmp_path / "rows")
    sink.open(ledger, None)
    sink.close()
    del sink
    again = make(tmp_path / "rows")
    again.open(ledger, None)
    again.close()


@every_sink
def test_where_nothing_can_be_locked_is_told(
    make: Any, tmp_path: Path, ledger: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*args: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    sink = make(tmp_path / "rows")
    with pytest.raises(OSError, match="No locks available") as caught:
        sink.open(ledger, None)
    assert caught.value.filename == str(tmp_path / "rows")
    sink.close()


def test_locks_that_were_let_go_are_forgotten(tmp_path: Path) -> None:
    held = FileLock(str(tmp_path / "lock"))
    assert held.take()
    assert not FileLock(str(tmp_path / "lock")).take()
    file = weakref.ref(held._file)
    assert file() in disk._locked
    held.release()
    gc.collect()
    assert file() is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_forgotten_is_closed(tmp_path: Path) -> None:
    number = (opened := OpenFolder(tmp_path)).fileno()
    del opened
    with pytest.raises(OSError):
        os.fstat(number)
    with pytest.raises(FileNotFoundError):
        OpenFolder(tmp_path / "nowhere")
    closed = OpenFolder(tmp_path)
    closed.close()
    with pytest.raises(ValueError, match="is not open"):
        closed.fileno()
