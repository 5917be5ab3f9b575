"""Checkpoints: text that names a place, of one listing only."""

from __future__ import annotations

import json
import re

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.paging.checkpoint import (
    END,
    START,
    Mark,
    Marks,
    OpenRange,
    Place,
    read,
    short,
    write,
)
from tests.support.lists import OPAQUE, OWN_ID, listing

LISTING = listing(OWN_ID, min_id=3)

ranges = st.lists(
    st.builds(OpenRange, low=st.none() | st.integers(), high=st.none() | st.integers()), max_size=3
)
places = st.builds(
    lambda ranges, **rest: Place(**rest, axis="min_id" if ranges else None, open=tuple(ranges)),
    ranges,
    cursor=st.none() | st.text(),
    given=st.lists(st.text().map(short), max_size=5).map(tuple),
    ended=st.booleans(),
    owed=st.lists(st.lists(st.text().map(short), max_size=5).map(tuple), max_size=3).map(tuple),
    marks=st.builds(Marks, *[st.none() | st.builds(Mark, st.none() | st.integers())] * 2),
)


@given(places)
def test_round_trip(place: Place) -> None:
    assert read(LISTING, write(LISTING, place)) == place


def test_text_is_readable_and_names_its_listing() -> None:
    text = write(LISTING, Place("AQ7", ("abcdefgh",)))
    assert json.loads(text) == [1, "GET things/7?min_id=3", "AQ7", ["abcdefgh"], False]
    owing = write(LISTING, Place("AQ7", owed=(("abcdefgh",),)))
    assert json.loads(owing)[2:] == ["AQ7", [], False, [["abcdefgh"]]]


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


@pytest.mark.parametrize("version", [0, 2])
def test_of_another_version_is_refused(version: int) -> None:
    with pytest.raises(ValueError, match=f"version {version}"):
        read(LISTING, write(LISTING, START).replace("[1,", f"[{version},"))


@pytest.mark.parametrize("said", ['2,{"place":7}', "2", "3,7,[[]]"])
def test_one_of_another_version_may_say_anything_else(said: str) -> None:
    with pytest.raises(ValueError, match=f"^checkpoint of version {said[0]}, known is 1$"):
        read(LISTING, f"[{said}]")


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
    assert all(re.fullmatch(r"[\w-]{8}", name) for name in names)


def test_ranges_of_an_axis_that_the_listing_has_not() -> None:
    place = Place(axis="min_tag_id", open=(OpenRange(1, 2),))
    with pytest.raises(ValueError, match="ranges by min_tag_id"):
        read(LISTING, write(LISTING, place))
