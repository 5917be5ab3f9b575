"""What a part is part of: written, read back, and what is asked by it."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.downloads.kinds import EXTENSIONS
from instagram_async.downloads.marks import Mark, asking, mark_in, rest_of, written

MARK = Mark("2c26", "jpg", 5000, '"v1"')

MARKS = st.builds(
    Mark,
    st.text(),
    st.sampled_from(sorted(EXTENSIONS.values())),
    st.none() | st.integers(0, 2**60),
    st.none() | st.from_regex(r'"[!#-~]{1,20}"', fullmatch=True),
)


@given(MARKS)
def test_it_is_read_as_it_was_written(mark: Mark) -> None:
    assert mark_in(written(mark)) == mark


@given(MARKS, st.integers(0))
def test_cut_anywhere_it_is_none(mark: Mark, cut: int) -> None:
    text = written(mark)
    assert mark_in(text[: cut % len(text)]) is None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"5",
        b'"abcd"',
        b"{}",
        b"[1,2,3]",
        b"[1,2,3,4,5]",
        b'[null,"jpg",5,null]',
        b'["a","exe",5,null]',
        b'["a",["jpg"],5,null]',
        b'["a","jpg",-1,null]',
        b'["a","jpg",true,null]',
        b'["a","jpg",5.0,null]',
        b'["a","jpg",5,7]',
        b'["a","jpg",5,"x\\r\\nAuthorization: y"]',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_none_of_ours_is_none(text: bytes) -> None:
    assert mark_in(text) is None


def test_the_rest_is_asked_for_where_what_is_there_fits() -> None:
    assert rest_of(MARK, "2c26", 100) == MARK
    assert rest_of(MARK, "2c26", 5000) == MARK
    assert rest_of(evolve(MARK, total=None), "2c26", 9000) is not None
    assert rest_of(None, "2c26", 100) is None
    assert rest_of(MARK, "elsewhere", 100) is None
    assert rest_of(MARK, "2c26", 0) is None
    assert rest_of(MARK, "2c26", 5001) is None


def test_without_a_validator_only_the_whole_is_of_use() -> None:
    blind = evolve(MARK, validator=None)
    assert rest_of(blind, "2c26", 4999) is None
    assert rest_of(blind, "2c26", 5000) == blind


def test_what_is_asked() -> None:
    assert asking(MARK, 100) == {"Range": "bytes=100-", "If-Range": '"v1"'}
    assert asking(None, 100) == {}
    assert asking(evolve(MARK, validator=None), 5000) == {}
