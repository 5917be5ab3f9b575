"""CSV: what spreadsheets would calculate, and what comes back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from instagram_async.bulk.cells import escape, record, records, unescape

nasty = st.text(st.sampled_from("=+-@\t\r\n'\",;\0 \uff1da\ufeff"), max_size=6) | st.text(
    max_size=6
)


def back(text: str) -> list[list[str]]:
    return list(records(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\uff1d1",
     "\uff0b1", "\uff0d1", "\uff20a", "'tis", "''",
     " =1", "\xa0=1", "\0=1", "\t=1", "-", '=HYPERLINK("http://x","y")'],
)  # fmt: skip
def test_text_that_would_be_calculated(text: str) -> None:
    assert escape(text) == f"'{text}"
    assert unescape(escape(text)) == text


@pytest.mark.parametrize(
    "text", ["", " ", "snow", "1-1", "a=b", '"', "{}", "[]", "#a", " '", "64_9"]
)
def test_text_that_is_left_alone(text: str) -> None:
    assert escape(text) == text


@given(text=nasty)
def test_escaping_is_exact(text: str) -> None:
    assert unescape(escape(text)) == text
    assert escape(text) in {text, f"'{text}"}


def test_a_record() -> None:
    values = ["a,b", 'c"d', "e\nf", "", None, True, False, -33.9, -5, 1e300, "-5"]
    assert record(values) == ('"a,b","c""d","e\nf",,,true,false,-33.9,-5,1e+300,\'-5\r\n')
    assert back(record(values)) == [
        ["a,b", 'c"d', "e\nf", "", "", "true", "false", "-33.9", "-5", "1e+300", "'-5"],
    ]


@given(rows=st.lists(st.lists(nasty, min_size=2, max_size=4), max_size=4))
@example(rows=[["\0", "\0\0"], ["a\r", "\rb"], ["\r\n", '"\r\n"'], ["", ""]])
def test_records_come_back(rows: list[list[str]]) -> None:
    text = "".join(record(row) for row in rows)
    found = back(text)
    assert [[unescape(cell) for cell in cells] for cells in found] == rows
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == found


def test_a_cell_is_as_long_as_it_is() -> None:
    long = "a\n" * csv.field_size_limit()
    assert back(record(["b", long])) == [["b", long]]


def test_a_file_saved_with_other_line_ends() -> None:
    assert back("a,b\nc,\n") == [["a", "b"], ["c", ""]]


@pytest.mark.parametrize(
    "torn",
    ["c", "c,", "c,d", "c,d\r", 'c,"', 'c,"d', 'c,"d\r\n', 'c,"d""', 'c,"d""\r\n', '"d"', '"d"\r'],
)
def test_a_record_that_is_not_finished_is_none(torn: str) -> None:
    assert back(f"a,b\r\n{torn}") == [["a", "b"]]


def test_nor_is_one_that_ends_within_a_letter() -> None:
    assert list(records(io.BytesIO("a\r\né".encode()[:-1]))) == [["a"]]


@given(row=st.lists(nasty, min_size=2, max_size=3), at=st.integers(min_value=0))
def test_wherever_it_is_cut(row: list[str], at: int) -> None:
    data = record(row).encode()
    assert list(records(io.BytesIO(data + data[: at % len(data)]))) == list(
        records(io.BytesIO(data))
    )


@pytest.mark.parametrize(
    "text", ['a"b"\n', '"a"b\n', "a\rb\n", 'a,"b" \n', 'a"b', 'a,"b"c', "a\rb", 'a,b"\nc,"d"\n']
)
def test_what_is_no_csv(text: str) -> None:
    with pytest.raises(ValueError, match="row 2: it is no CSV"):
        back(f"a,b\n{text}")


def test_what_is_no_text() -> None:
    with pytest.raises(ValueError, match="row 3: 'utf-8' codec can't decode byte 0xff"):
        list(records([b"a\n", b"b\n", b"c\xff\n"]))
