"""Media are read from whatever an export was written as."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from instagram_async import Media
from instagram_async.bulk import (
    CSVSink,
    JSONLinesSink,
    ParquetSink,
    Row,
    Sink,
    SinkError,
    SQLiteSink,
)
from instagram_async.bulk.wire import to_json
from instagram_async.cli.writers import CSVWriter, JSONLinesWriter
from instagram_async.gallery import media_of
from instagram_async.testing import make_comment, make_media, make_tag, make_user

SOME = [make_media(1, caption='a "b",\n c'), make_media(2, video=True), make_media(3, carousel=2)]


def kept(sink: Sink, folder: Path, *items: Any) -> None:
    """Write items as a job does."""
    with closing(sqlite3.connect(folder / "job.db")) as ledger:
        sink.open(ledger, None)
        sink.write([Row("a listing", item.id, item) for item in items])
        sink.flush(last=True)
        ledger.commit()
        sink.close()


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "job.db"])
def test_what_a_job_has_written_is_read(name: str, tmp_path: Path) -> None:
    sinks: dict[str, Any] = {
        "a.jsonl": JSONLinesSink, "a.csv": CSVSink, "a.parquet": ParquetSink, "job.db": SQLiteSink,
    }  # fmt: skip
    kept(sinks[name](tmp_path / name), tmp_path, *SOME)
    assert list(media_of(tmp_path / name)) == SOME


@pytest.mark.parametrize("writer", [JSONLinesWriter(), CSVWriter(Media)], ids=["jsonl", "csv"])
def test_what_a_command_has_printed_is_read(
    writer: Any, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    writer.page(SOME)
    export = tmp_path / "printed"
    export.write_bytes(capfdbinary.readouterr().out)
    assert list(media_of(export)) == SOME


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_half_a_letter_is_read(name: str, tmp_path: Path) -> None:
    halved = make_media(4, caption="half a smile \ud83d")
    sinks: dict[str, Any] = {"a.jsonl": JSONLinesSink, "a.csv": CSVSink}
    kept(sinks[name](tmp_path / name), tmp_path, SOME[0], halved)
    assert list(media_of(tmp_path / name)) == [SOME[0], halved]
    cut = tmp_path / "cut.jsonl"  # of its line end alone
    cut.write_bytes(to_json(halved))
    assert list(media_of(cut)) == [halved]


def test_what_is_no_media_is_left_out(tmp_path: Path) -> None:
    export = tmp_path / "a.jsonl"
    kept(JSONLinesSink(export), tmp_path, make_comment(), SOME[0], make_user())
    with export.open("ab") as file:
        file.write(b"\n" + to_json(make_tag(1)) + b"\n")
    assert list(media_of(export)) == [SOME[0]]


def test_rows_of_another_kind_are_none(tmp_path: Path) -> None:
    kept(CSVSink(tmp_path / "a.csv"), tmp_path, make_comment(), make_comment(2))
    assert list(media_of(tmp_path / "a.csv")) == []


@pytest.mark.parametrize("cut", range(1, 40, 7))
def test_a_last_line_that_a_kill_has_cut_is_none(cut: int, tmp_path: Path) -> None:
    lines = b"".join(to_json(one) + b"\n" for one in SOME)
    export = tmp_path / "a.jsonl"
    export.write_bytes(lines[:-cut])
    assert list(media_of(export)) == (SOME if cut == 1 else SOME[:2])


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    export = tmp_path / "a.jsonl"
    first = to_json(SOME[0])
    export.write_bytes(
        first + b"\n" + first.replace(b'"created_time":"', b'"created_time":"x') + b"\n"
    )
    with pytest.raises(SinkError, match=r"a\.jsonl: line 2: .*created_time"):
        list(media_of(export))
    export.write_bytes(first + b"\n{]\n" + first)
    with pytest.raises(SinkError, match=r"a\.jsonl: line 2: JSON is malformed"):
        list(media_of(export))


def test_a_line_that_is_nested_too_deeply_is_named(tmp_path: Path) -> None:
    export = tmp_path / "a.jsonl"
    deep = b"[" * 100_000 + b"]" * 100_000
    export.write_bytes(to_json(SOME[0])[:-1] + b',"more":' + deep + b"}\n")
    with pytest.raises(SinkError, match=r"a\.jsonl: line 1: .*recursion"):
        list(media_of(export))


def test_a_row_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    export = tmp_path / "a.csv"
    kept(CSVSink(export), tmp_path, *SOME)
    export.write_bytes(export.read_bytes() + b"1,2\r\n")
    with pytest.raises(SinkError, match=r"a\.csv: row 5: "):
        list(media_of(export))


def test_what_is_no_export_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no such export"):
        media_of(tmp_path / "none.jsonl")
    text = tmp_path / "text.txt"
    text.write_text("dear diary,\n")
    with pytest.raises(SinkError, match="is no export: its first line names no column json"):
        list(media_of(text))
    text.write_bytes(b"\xff\xfe\n")
    with pytest.raises(SinkError, match=r"text\.txt: row 1: "):
        list(media_of(text))
    kept(ParquetSink(tmp_path / "a.parquet"), tmp_path, *SOME)
    (file,) = (tmp_path / "a.parquet").iterdir()
    with pytest.raises(SinkError, match="give the folder that it lies in"):
        media_of(file)
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert list(media_of(empty)) == []


def test_what_cannot_be_read_may_be_left_out(tmp_path: Path) -> None:
    lines = [to_json(one) for one in SOME]
    lines.insert(1, b"{]")
    lines.insert(3, lines[0].replace(b'"created_time":"', b'"created_time":"x'))
    export = tmp_path / "a.jsonl"
    export.write_bytes(b"".join(line + b"\n" for line in lines))
    told = list[SinkError]()
    assert list(media_of(export, told.append)) == SOME
    assert [str(error).split(": ")[1] for error in told] == ["line 2", "line 4"]
