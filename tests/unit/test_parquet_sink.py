"""Rows as Parquet files: when they come, what is in them, and which of them count."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from instagram_async import Location, Media, Tag, UserSummary
from instagram_async.bulk import ParquetSink, Row, SinkError, arrow
from instagram_async.testing import make_media, make_tag
from tests.support.jobs import syncs
from tests.support.turns import read_back, written

MOMENT = datetime(2015, 9, 10, 15, 46, 40, tzinfo=UTC)
MEDIA = Media(
    id="64_9",
    created_time=MOMENT,
    user=UserSummary(id="9", username="ann"),
    tags=("snow", "ice"),
    location=Location(latitude=-33.9),
    user_has_liked=False,
)


@pytest.fixture
def ledger() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as made:
        yield made


def tags(*numbers: int) -> list[Row]:
    return [Row("a", f"{n}", make_tag(n)) for n in numbers]


def kinds(folder: Path) -> list[str]:
    """The names of the files but for the job's own part."""
    return sorted(path.name.rsplit("-", 1)[0] for path in folder.iterdir() if path.suffix != ".db")


def test_the_schema(tmp_path: Path) -> None:
    written(tmp_path, ParquetSink(tmp_path), [Row("ann", MEDIA.id, MEDIA)])
    (path,) = tmp_path.glob("media-*.parquet")
    found = pq.read_table(path)
    types = {field.name: field.type for field in found.schema}
    assert types["created_time"] == pa.timestamp("us", tz="UTC")
    assert types["tags"].value_type == pa.string()
    assert (types["likes"], types["latitude"]) == (pa.int64(), pa.float64())
    assert types["user_has_liked"] == pa.bool_()
    assert [name for name in found.schema.names if not found.schema.field(name).nullable] == [
        "listing", "identity", "json",
    ]  # fmt: skip
    (row,) = found.to_pylist()
    assert row["created_time"] == MOMENT
    assert (row["listing"], row["tags"], row["latitude"]) == ("ann", ["snow", "ice"], -33.9)
    assert (row["longitude"], row["user_has_liked"], row["likes"]) == (None, False, 0)


def test_rows_wait_until_they_fill_a_file(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    sink = ParquetSink(tmp_path, rows_per_file=3)
    sink.open(ledger, None)
    sink.write(tags(1, 2))
    sink.flush(last=False)
    assert kinds(tmp_path) == []
    sink.write([*tags(3, 4, 5, 6, 7), Row("m", "1", MEDIA)])
    sink.flush(last=False)
    assert kinds(tmp_path) == ["tags-00000001", "tags-00000002"]
    assert read_back(sink, Tag) == tags(1, 2, 3, 4, 5, 6)
    assert read_back(sink, Media) == []
    sink.flush(last=True)
    assert kinds(tmp_path) == ["media-00000003", "tags-00000001", "tags-00000002", "tags-00000004"]
    sink.flush(last=True)
    assert len(kinds(tmp_path)) == 4
    assert read_back(sink, Tag) == tags(1, 2, 3, 4, 5, 6, 7)
    assert ledger.execute("SELECT count(*) FROM parquet_rows").fetchone() == (0,)
    assert ledger.execute("SELECT kind, rows FROM parquet_files ORDER BY number").fetchall() == [
        ("tags", 3), ("tags", 3), ("media", 1), ("tags", 1),
    ]  # fmt: skip


def test_what_waits_outlasts_the_process(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    position = None
    for number in range(1, 5):
        sink = ParquetSink(tmp_path, rows_per_file=2)
        sink.open(ledger, position)
        sink.write(tags(number))
        position = sink.flush(last=False)
        sink.close()
    assert kinds(tmp_path) == ["tags-00000001", "tags-00000002"]
    assert read_back(ParquetSink(tmp_path), Tag) == tags(1, 2, 3, 4)


def test_only_what_is_surely_ours_is_removed(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    sink = ParquetSink(tmp_path, rows_per_file=1)
    sink.open(ledger, None)
    sink.write(tags(1))
    token = sink.flush(last=False)
    sink.close()
    ours = [f"tags-00000002-{token}.parquet", f".media-00000003-{token}.parquet.tmp"]
    others = [
        "tags-00000002-00000000.parquet", f"tags-2-{token}.parquet", "tags.parquet", "notes.txt",
        f"people-00000002-{token}.parquet", f"tags-00000002-{token}.parquet.bak",
    ]  # fmt: skip
    for name in [*ours, *others]:
        (tmp_path / name).touch()
    sink.open(ledger, token)
    sink.close()
    assert {path.name for path in tmp_path.iterdir()} == {
        f"tags-00000001-{token}.parquet",
        *others,
    }


def test_a_file_that_counts_and_is_gone(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    sink = ParquetSink(tmp_path, rows_per_file=1)
    sink.open(ledger, None)
    sink.write(tags(1, 2))
    token = sink.flush(last=True)
    sink.close()
    (tmp_path / f"tags-00000001-{token}.parquet").unlink()
    (tmp_path / f"tags-00000009-{token}.parquet").touch()
    with pytest.raises(SinkError, match=f"tags-00000001-{token}.parquet counts, and is gone"):
        sink.open(ledger, token)
    assert (tmp_path / f"tags-00000009-{token}.parquet").exists()


def test_a_folder_of_another_job(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    (tmp_path / "other.parquet").touch()
    with pytest.raises(SinkError, match="has Parquet files, and this ledger did not begin them"):
        ParquetSink(tmp_path).open(ledger, None)


def test_a_folder_is_made_to_last(
    tmp_path: Path, ledger: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = syncs(monkeypatch)
    ParquetSink(tmp_path / "new").open(ledger, None)
    assert synced == [tmp_path]
    assert (tmp_path / "new").is_dir()


def test_a_file_is_written_a_group_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "_GROUP", 20)
    monkeypatch.setattr(arrow, "_BATCH", 7)
    rows = [Row("a", f"{n}", make_media(n)) for n in range(1, 48)]
    written(tmp_path, ParquetSink(tmp_path), rows)
    (path,) = tmp_path.glob("media-*.parquet")
    with pq.ParquetFile(path) as file:
        groups = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert groups == [20, 20, 7]
    assert read_back(ParquetSink(tmp_path), Media) == rows


def test_a_file_that_has_other_columns(tmp_path: Path) -> None:
    pq.write_table(pa.table({"json": ["{}"]}), tmp_path / "tags-00000001-00000000.parquet")
    with pytest.raises(SinkError, match=r"tags-00000001-00000000\.parquet has other columns"):
        read_back(ParquetSink(tmp_path), Tag)


@pytest.mark.parametrize("rows", [0, -1])
def test_a_file_has_rows(tmp_path: Path, rows: int) -> None:
    with pytest.raises(ValueError, match="rows_per_file"):
        ParquetSink(tmp_path, rows)


def test_without_pyarrow_it_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from instagram_async import bulk

    hidden: dict[str, Any] = {"pyarrow": None, "pyarrow.parquet": None}
    for name, module in hidden.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "instagram_async.bulk.arrow")
    monkeypatch.delattr(bulk, "arrow")
    with pytest.raises(ImportError, match="ParquetSink needs the extra 'parquet'"):
        ParquetSink(tmp_path)
