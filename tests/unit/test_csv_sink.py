"""Rows as a CSV file, as people and spreadsheets find it."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from instagram_async import Location, Media, Tag
from instagram_async.bulk import CSVSink, Row, SinkError
from instagram_async.testing import make_media, make_tag
from tests.support.turns import read_back, written

PIER = Location(id="5", name="=HYPERLINK(1)", latitude=-33.9, longitude=18.4)


@pytest.fixture
def ledger() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def test_the_file(tmp_path: Path, path: Path) -> None:
    written(tmp_path, CSVSink(path), [Row("-here", "5", PIER), Row("b", "", Location())])
    assert path.read_bytes().decode() == (
        "listing,identity,id,name,latitude,longitude,json\r\n"
        "'-here,5,5,'=HYPERLINK(1),-33.9,18.4,"
        '"{""id"":""5"",""name"":""=HYPERLINK(1)"",""latitude"":-33.9,""longitude"":18.4}"'
        "\r\n"
        "b,,,,,,{}\r\n"
    )
    with path.open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file, strict=True))
    assert float(found[0]["latitude"]) == -33.9


def test_the_header_comes_once(path: Path, ledger: sqlite3.Connection) -> None:
    position = None
    for number in range(3):
        sink = CSVSink(path)
        sink.open(ledger, position)
        sink.write([])
        sink.write([Row("a", f"{number}", make_tag(number))])
        position = sink.flush(last=False)
        sink.close()
    assert path.read_text().count("media_count,json") == 1
    assert [row.identity for row in CSVSink(path).read(Tag)] == ["0", "1", "2"]


def test_a_file_holds_one_kind(path: Path, ledger: sqlite3.Connection) -> None:
    sink = CSVSink(path)
    sink.open(ledger, None)
    tags, media = Row("a", "1", make_tag()), Row("a", "2", make_media())
    for rows in ([tags, media], [media, tags]):
        with pytest.raises(TypeError, match=r"rows.csv holds (tags|media): (tags|media) need anot"):
            sink.write(rows)
    sink.write([tags])
    position = sink.flush(last=True)
    sink.close()
    sink = CSVSink(path)
    sink.open(ledger, position)
    with pytest.raises(TypeError, match=r"rows.csv holds tags: media need another"):
        sink.write([media])
    sink.close()
    with pytest.raises(TypeError, match=r"rows.csv holds tags, and not media"):
        read_back(sink, Media)
    assert read_back(sink, Tag) == [tags]


def test_a_file_of_somebody_else(path: Path, ledger: sqlite3.Connection) -> None:
    path.write_bytes(b"name,media_count\r\nsnow,3\r\n")
    sink = CSVSink(path)
    with pytest.raises(SinkError, match="this ledger did not begin it"):
        sink.open(ledger, None)
    sink.close()
    with pytest.raises(SinkError, match=r"rows.csv has the header of no sink of this version"):
        read_back(sink, Tag)
    assert path.read_bytes() == b"name,media_count\r\nsnow,3\r\n"


def test_a_row_that_is_not_finished_is_none(tmp_path: Path, path: Path) -> None:
    rows = [Row("a", f"{n}", make_media(n)) for n in (1, 2)]
    written(tmp_path, CSVSink(path), rows)
    whole = path.read_bytes()
    first = len(whole) - len(whole.splitlines(keepends=True)[-1])
    for size in (len(whole) - 1, len(whole) - 20, first + 1):
        path.write_bytes(whole[:size])
        assert read_back(CSVSink(path), Media) == rows[:1]


def test_an_empty_file_has_no_rows(path: Path) -> None:
    path.touch()
    assert read_back(CSVSink(path), Media) == []
