"""An axis: which bounds a window's request has, and what lies outside them."""

from __future__ import annotations

from math import inf

import pytest

from instagram_async.paging.axis import Axis
from instagram_async.transport import Pairs
from tests.support.lists import second

NARROW = Axis(second, "from", "to", second)
WIDE = Axis(second, "from", "to", second, slack=3)


@pytest.mark.parametrize(
    ("axis", "low", "high", "bounds"),
    [
        (NARROW, 10, 50, (("from", "9"), ("to", "50"))),
        (WIDE, 10, 50, (("from", "7"), ("to", "52"))),
        (WIDE, -inf, 50, (("to", "52"),)),
        (WIDE, 10, float("inf"), (("from", "7"),)),
    ],
)
def test_a_request_is_wider_than_its_window(
    axis: Axis, low: float, high: float, bounds: Pairs
) -> None:
    assert axis.bounds(low, high) == bounds


def test_a_windows_bounds_take_the_place_of_the_listings() -> None:
    own = (("from", "1"), ("name", "to"), ("to", "99"))
    assert NARROW.narrowed(own, 10, 50) == (("name", "to"), ("from", "9"), ("to", "50"))
    assert NARROW.narrowed(own, 10, inf) == (("name", "to"), ("to", "99"), ("from", "9"))


@pytest.mark.parametrize(("axis", "last"), [(NARROW, 50), (WIDE, 52)])
def test_what_was_asked_for_is_not_outside(axis: Axis, last: int) -> None:
    assert not axis.is_outside(last, 50)
    assert axis.is_outside(last + 1, 50)
    assert not axis.is_outside(last, inf)


def test_an_axis_begins_at_nothing() -> None:
    assert NARROW.floor == 0
