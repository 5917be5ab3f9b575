"""Checkpoints: text that names a place, of one listing only."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.paging.checkpoint import END, START, Place, read, short, write
from tests.support.lists import OPAQUE, listing

LISTING = listing(OPAQUE, min_id=3)

places = st.builds(
    Place,
    cursor=st.none() | st.text(),
    given=st.lists(st.text().map(short), max_size=5).map(tuple),
    ended=st.booleans(),
    owed=st.lists(st.text().map(short), max_size=5).map(tuple),
)


@given(places)
def test_round_trip(place: Place) -> None:
    assert read(LISTING, write(LISTING, place)) == place


def test_text_is_readable_and_names_its_listing() -> None:
    text = write(LISTING, Place("AQ7", ("abcdefgh",)))
    assert json.loads(text) == [1, "GET things/7?min_id=3", "AQ7", ["abcdefgh"], False]


@pytest.mark.parametrize("cursor", ["\ud800", "a&b=c", '"]'])
def test_odd_cursors_come_back(cursor: str) -> None:
    assert read(LISTING, write(LISTING, Place(cursor))) == Place(cursor)


def test_names_are_not_ambiguous() -> None:
    made = evolve(LISTING, params=(("max_id", "2&min_id=1"),))
    other = evolve(LISTING, params=(("max_id", "2"), ("min_id", "1")))
    assert str(made) != str(other)
    assert str(evolve(LISTING, params=(("q", "a?"),))) != str(evolve(LISTING, params=(("q", "a"),)))


def test_the_page_size_is_no_part_of_it() -> None:
    assert read(listing(OPAQUE, count=5, min_id=3), write(LISTING, END)) == END


@pytest.mark.parametrize(
    "other",
    [listing(OPAQUE), listing(OPAQUE, min_id=4), evolve(LISTING, path="things/8")],
)
def test_of_another_listing_is_refused(other: object) -> None:
    with pytest.raises(ValueError, match="another listing"):
        read(other, write(LISTING, START))  # type: ignore[arg-type]


def test_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 2"):
        read(LISTING, write(LISTING, START).replace("[1,", "[2,"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        "[]",
        "[1]",
        '[1,"x"]',
        '[1,"GET things/7?min_id=3",5,[],false]',
        "[" * 99999,
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a checkpoint"):
        read(LISTING, text)


@given(st.text())
def test_no_text_does_harm(text: str) -> None:
    with pytest.raises(ValueError):
        read(LISTING, text)


def test_short_names_differ() -> None:
    names = {short(str(number)) for number in range(10_000)}
    assert len(names) == 10_000
    assert {len(name) for name in names} == {8}
