"""What all sinks have in common: items come back equal, and what can't be kept is told."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instagram_async import Media, Relationship, Tag
from instagram_async.bulk import CSVSink, JSONLinesSink, ParquetSink, Row, SinkError, SQLiteSink
from instagram_async.bulk.columns import TABLES
from instagram_async.testing import make_media, make_tag
from tests.support.strategies import MODELS
from tests.support.turns import read_back, written

TABLED: dict[str, Callable[[Path], Any]] = {
    "sqlite": lambda folder: SQLiteSink(folder / "job.db"),
    "csv": lambda folder: CSVSink(folder / "rows.csv"),
    "parquet": lambda folder: ParquetSink(folder, rows_per_file=2),
}
SINKS = TABLED | {"lines": lambda folder: JSONLinesSink(folder / "rows.jsonl")}
every_sink = pytest.mark.parametrize("make", SINKS.values(), ids=SINKS)
every_table = pytest.mark.parametrize("make", TABLED.values(), ids=TABLED)
keys = st.text(max_size=5) | st.sampled_from(["=1", "'", "a\nb", "\0", '"'])


@every_table
@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_items_of_every_kind_come_back_equal(make: Any, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([table.kind for table in TABLES]))
    items = data.draw(st.lists(MODELS[kind], max_size=5))
    rows = [Row(data.draw(keys), f"{n} {data.draw(keys)}", item) for n, item in enumerate(items)]
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), make(Path(folder)), rows)
        assert read_back(make(Path(folder)), kind) == rows


@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_lines_of_all_kinds_in_one_file_come_back_by_kind(data: st.DataObject) -> None:
    kinds = [table.kind for table in TABLES]
    items = data.draw(st.lists(st.sampled_from(kinds).flatmap(MODELS.__getitem__), max_size=8))
    rows = [
        Row(data.draw(keys), item.name if type(item) is Tag else item.id, item) for item in items
    ]
    with tempfile.TemporaryDirectory() as folder:
        sink = JSONLinesSink(Path(folder) / "rows.jsonl")
        written(Path(folder), sink, rows)
        for kind in kinds:
            assert read_back(sink, kind) == [row for row in rows if type(row.item) is kind]


NASTY = [
    "=1+1",
    "a\r\nb",
    "\0",
    '""',
    "'",
    "\ufeff",
    "\u2028",
    "a\ud83d",
    "\U0001f600",
    "-5",
    "x" * 9,
]


@every_sink
def test_nasty_text_comes_back(make: Any, tmp_path: Path) -> None:
    tags = [Tag(name=text, media_count=-1) for text in [*NASTY, "y" * 200_000]]
    rows = [Row(f"{n}", tag.name, tag) for n, tag in enumerate(tags)]
    written(tmp_path, make(tmp_path), rows)
    found = read_back(make(tmp_path), Tag)
    assert [(row.listing, row.item) for row in found] == [(row.listing, row.item) for row in rows]


@every_table
def test_half_a_letter_in_a_key_is_replaced(make: Any, tmp_path: Path) -> None:
    written(tmp_path, make(tmp_path), [Row("a\ud83d", "b\ud83d", make_tag())])
    assert read_back(make(tmp_path), Tag) == [Row("a\ufffd", "b\ufffd", make_tag())]


@every_table
def test_what_has_no_table_is_told_and_nothing_of_it_is_kept(make: Any, tmp_path: Path) -> None:
    sink = make(tmp_path)
    rows = [Row("a", "1", make_tag()), Row("a", "2", Relationship())]
    with closing(sqlite3.connect(tmp_path / "job.db")) as ledger:
        sink.open(ledger, None)
        with pytest.raises(TypeError, match="Relationship has no table"):
            sink.write(rows)
        sink.write(rows[:1])
        sink.flush(last=True)
        ledger.commit()
        sink.close()
    assert read_back(make(tmp_path), Tag) == rows[:1]
    with pytest.raises(TypeError, match="dict has no table"):
        make(tmp_path).read(dict)


@every_sink
def test_a_sink_that_is_not_open(make: Any, tmp_path: Path) -> None:
    sink = make(tmp_path)
    sink.close()
    with pytest.raises(ValueError, match="is not open"):
        sink.write([Row("a", "1", make_tag())])


@every_sink
def test_what_is_not_there_can_not_be_read(make: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is not there"):
        make(tmp_path / "nowhere").read(Media)


@every_sink
def test_rows_are_read_as_they_are_asked_for(make: Any, tmp_path: Path) -> None:
    rows = [Row("a", tag.name, tag) for tag in map(make_tag, range(100))]
    written(tmp_path, make(tmp_path), rows)
    found: Iterator[Row] = make(tmp_path).read(Tag)
    assert iter(found) is found
    assert [next(found), next(found)] == rows[:2]
    found.close()  # type: ignore[attr-defined]


@every_sink
def test_a_sink_may_be_opened_again(make: Any, tmp_path: Path) -> None:
    sink = make(tmp_path)
    position = None
    media = [Row("a", one.id, one) for one in map(make_media, range(1, 4))]
    for row in media:
        with closing(sqlite3.connect(tmp_path / "job.db")) as ledger:
            sink.open(ledger, position)
            sink.write([row])
            position = sink.flush(last=True)
            ledger.commit()
            sink.close()
    assert read_back(sink, Media) == media


@every_sink
@pytest.mark.parametrize("there", [b"no file of ours\n", b'{"name":1}\n', b'a"b\r\n'])
def test_what_is_no_file_of_the_sink_is_told(make: Any, tmp_path: Path, there: bytes) -> None:
    names = "job.db", "rows.csv", "rows.jsonl", "tags-00000001-00000000.parquet"
    for name in names:
        (tmp_path / name).write_bytes(there)
    sink = make(tmp_path)
    with pytest.raises(SinkError, match=str(sink.path)):
        read_back(sink, Tag)
    assert all((tmp_path / name).read_bytes() == there for name in names)


@every_sink
def test_its_path_is_known(make: Any, tmp_path: Path) -> None:
    path = make(tmp_path).path
    assert isinstance(path, Path)
    assert path in {tmp_path, *[tmp_path / name for name in ("job.db", "rows.csv", "rows.jsonl")]}
