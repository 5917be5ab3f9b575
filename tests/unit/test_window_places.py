"""The places of a window: which frees when, with flights under way and ends out of order."""

from __future__ import annotations

import pytest

from instagram_async.quota.window import Window
from tests.support.places import PER, answered, window


def full(limit: int, per: float = PER) -> Window:
    made = window(limit, per)
    for _ in range(limit):
        made.take(100)
    return made


def test_an_end_between_two_others_is_sorted_in() -> None:
    made = full(3)
    for end in (160, 300, 200):
        made.settle(end)
    assert [made.free_at(150, ahead) for ahead in range(3)] == [160, 200, 300]


@pytest.mark.parametrize("flying", [1, 2])
def test_a_late_end_stands_behind_what_flies(flying: int) -> None:
    made = full(2 + flying)
    made.settle(300)
    made.settle(400)
    frees = [made.free_at(110, ahead) for ahead in range(2 + flying)]
    assert frees == [110 + PER] * flying + [300, 400]


def test_what_flies_frees_together() -> None:
    made = full(2)
    assert [made.free_at(110, ahead) for ahead in range(2)] == [110 + PER] * 2


def test_what_flies_and_what_was_answered_is_used() -> None:
    made = full(2)
    made.settle(160)
    assert made.level(150).used == 2
    assert made.level(160).used == 1


def test_a_refused_requests_own_place_says_nothing_of_when_to_come_back() -> None:
    made = full(1, per=3600)
    made.settle(101 + 3600)
    made.refuse(1, 101, None)
    assert made.opens_at(made.spec, 101, 0) == 101 + 60


def test_a_limit_lower_than_ours_is_the_number_of_places() -> None:
    made = window(10)
    answered(made, 100, 101, 102)
    made.answered(3, 0, 103, limit=3)
    assert [made.free_at(159, ahead) for ahead in range(4)] == [160, 161, 162, 160 + PER]
    made.answered(3, 97, 104, limit=100)
    assert made.free_at(105) == 105


def test_more_places_taken_than_the_server_allows_are_waited_for() -> None:
    made = window(10)
    answered(made, *range(100, 108))
    made.answered(8, 0, 108, limit=3)
    assert [made.free_at(159, ahead) for ahead in range(3)] == [165, 166, 167]
    assert made.free_at(159, ahead=3) == 165 + PER


def test_a_lower_limit_outlives_the_word_of_what_is_left() -> None:
    made = window(10)
    made.take(100)
    made.settle(300)
    made.answered(1, 0, 101, limit=1)
    assert made.level(101 + PER).limit is None
    assert made.free_at(101 + PER) == 300


@pytest.mark.parametrize("limit", [None, 0])
def test_a_limit_that_is_not_told_changes_nothing(limit: int | None) -> None:
    made = window(2)
    answered(made, 100)
    made.answered(1, 9, 101, limit)
    assert made.free_at(102) == 102
