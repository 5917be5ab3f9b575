"""The table of the years, and what is made from it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from itertools import pairwise
from typing import Any, get_args

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.models import Media
from instagram_async.server import World
from instagram_async.server.allowance import Allowance, allowance_of
from instagram_async.server.cursors import unveil, veil
from instagram_async.server.era import DEFAULT, Era, EraName, era_of
from instagram_async.server.retirement import is_retired, scopes_of
from instagram_async.server.shapes import shapes_of
from instagram_async.server.switches import SWITCHES, Families
from instagram_async.v1 import operations as table
from instagram_async.v1.operations import OPERATIONS
from instagram_async.v1.structure import unstructure

ERAS: tuple[EraName, ...] = get_args(EraName)


def test_every_attribute_of_an_era_has_its_history() -> None:
    assert {field.name for field in fields(Era)} == {"day", *SWITCHES}


@pytest.mark.parametrize("name", SWITCHES)
def test_a_history_goes_forward(name: str) -> None:
    history = SWITCHES[name]
    days = [day for day, _ in history.changes]
    assert days == sorted(days)
    assert all(date.fromisoformat(day) for day in days)
    values = [history.first, *(value for _, value in history.changes)]
    assert all(one != other for one, other in pairwise(values))
    for day, value in history.changes:
        assert history.at(day) == value
    assert history.at("2011-02-01") == history.first


@pytest.mark.parametrize("name", SWITCHES)
def test_every_history_changes_between_some_days(name: str) -> None:
    days = (
        "2011-03-01",
        "2012-06-01",
        "2013-08-15",
        "2015-06-10",
        "2015-09-20",
        "2018-06-15",
        "2020-05-15",
        "2020-07-01",
    )
    assert len({repr(getattr(era_of(date.fromisoformat(day)), name)) for day in days}) > 1


def test_the_default_is_of_september_2015_but_for_two_things() -> None:
    plain = era_of(date(2015, 9, 20))
    differing = {
        field.name
        for field in fields(Era)
        if getattr(plain, field.name) != getattr(DEFAULT, field.name)
    }
    assert differing == {"carousels", "families", "signed_families"}
    assert era_of("2015") == DEFAULT


def test_the_default_has_no_shapes_of_its_own() -> None:
    assert shapes_of(DEFAULT, lambda _: ("", "")) == {}


@pytest.mark.parametrize("era", ERAS)
def test_shaping_leaves_what_it_is_given_alone(era: EraName) -> None:
    world = World.seeded(3, users=5, media=60)
    shape = shapes_of(era_of(era), lambda _: ("a bio", "a website")).get(Media, dict[str, Any])
    for media in world.recent(world.self_id, count=60)[0]:
        wire = unstructure(media)
        before = deepcopy(wire)
        shaped = shape(wire)
        assert wire == before
        assert shape(deepcopy(shaped)) == shaped


@given(st.integers(0, 2**64 - 1))
def test_an_opaque_cursor_holds_its_number(number: int) -> None:
    cursor = veil(number)
    assert cursor.startswith("AQ")
    assert str(number) not in cursor
    assert unveil(cursor) == number


@given(st.text())
def test_other_text_holds_none(text: str) -> None:
    number = unveil(text)
    assert number is None or veil(number) == text


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_what_is_retired_stays_so(operation: Any) -> None:
    days = ("2018-04-03", "2018-04-04", "2018-12-10", "2018-12-11", "2020-06-28", "2020-06-29")
    for own in (True, False):
        gone = [is_retired(day, operation, is_own=own) for day in days]
        assert gone == sorted(gone)
        assert (gone[0], gone[-1]) == (False, True)


def test_scopes_came_in_november_2015() -> None:
    for operation in OPERATIONS:
        for own in (True, False):
            before = scopes_of("2015-11-16", operation, is_own=own)
            assert before == (operation.family or "basic",)
    assert scopes_of("2015-11-17", table.TAG, is_own=True) == ("public_content",)
    assert scopes_of("2015-11-17", table.RELATIONSHIP, is_own=False) == ("follower_list",)


def test_an_allowance_is_positive() -> None:
    for wrong in ({"limit": 0}, {"family_limit": -1}):
        asked = {"limit": None, "family_limit": None, **wrong}
        with pytest.raises(ValueError, match="must be positive"):
            allowance_of(DEFAULT, "live", **asked)
    assert Allowance(1, Families(1, 1, 1), Families(1, 1, 1)).general == 1
