"""What is known of a window beyond its places: the server's word, refusals, a pace."""

from __future__ import annotations

import pytest

from instagram_async.quota.belief import WindowSpec
from instagram_async.quota.window import Window

PER = 60.0


def window(limit: int | None = 60, gap: float = 0.0) -> Window:
    return Window(WindowSpec("one", limit, PER, None, gap))


def test_what_left_since_the_server_said_how_much_is_taken_off() -> None:
    made = window()
    made.take(100)
    made.answered(made.take(100), 6, 100)
    for _ in range(3):
        made.take(100)
    assert made.level(100).left == 3
    assert made.free_at(100, ahead=2) == 100
    assert made.free_at(100, ahead=3) > 100


def test_less_than_nothing_is_never_left() -> None:
    made = window()
    made.answered(made.take(100), 0, 100)
    assert made.level(100).left == 0
    made.take(101)
    assert made.level(101).left == 0


def test_those_ahead_of_a_look_take_a_slice_each() -> None:
    made = window()
    made.answered(made.take(100), 0, 100)
    assert [made.free_at(100, ahead) for ahead in range(4)] == [101, 102, 103, 104]


def test_those_ahead_of_a_pace_take_a_gap_each() -> None:
    made = window(4, gap=15)
    made.take(100)
    assert [made.free_at(100, ahead) for ahead in range(3)] == [115, 130, 145]


def test_a_clock_may_begin_at_nothing() -> None:
    made = window(4, gap=15)
    assert [made.free_at(0), made.free_at(0, ahead=1)] == [0, 0]
    assert made.take(0) == 1
    assert made.free_at(0) == 15


@pytest.mark.parametrize("start", [1.0, 1000.0])
def test_the_servers_word_holds_for_a_window(start: float) -> None:
    made = window()
    made.answered(made.take(start), 0, start)
    made.take(start + PER - 1)
    for later, left in ((PER - 1, 0), (PER, None), (PER + 1, None)):
        now = start + later
        assert made.level(now).left == left
        assert (made.free_at(now, ahead=9) == now) is (left is None)


def test_a_reply_tells_whether_the_server_had_forbidden_more() -> None:
    made = window()
    first, second = made.take(100), made.take(100)
    assert made.answered(second, 3, 100) is False  # nothing was known
    told = []
    for _ in range(4):
        made.take(100)
        told.append(made.answered(first, None, 100))
    assert told == [False, False, True, True]


def test_refusals_that_flew_together_are_one_strike() -> None:
    made = Window(WindowSpec("one", 10, 3600.0))
    for grant in [made.take(100) for _ in range(5)]:
        made.refuse(grant, 101, None)
    made.refuse(made.take(200), 200, None)
    assert made.free_at(200) == 260  # the second, not the third


def test_a_refusal_soon_after_the_clock_began() -> None:
    made = window(10)
    for moment in (1.0, 2.0):
        made.take(moment)
        made.settle(moment + PER)
    made.refuse(2, 2.0, None)
    assert made.free_at(2.0) == 1.0 + PER


def test_a_reply_from_just_before_a_refusal_ends_no_doubling() -> None:
    made = Window(WindowSpec("one", 10, 3600.0))
    made.refuse(made.take(1000), 1000, None)
    refused, other = made.take(2000), made.take(2000)
    made.refuse(refused, 2000, None)
    made.answered(other, None, 2001)
    made.refuse(made.take(3000), 3000, None)
    assert made.free_at(3000) == 3120


def test_after_a_reply_the_next_refusal_is_the_first() -> None:
    made = window(10)
    for moment in (1000, 2000):
        made.refuse(made.take(moment), moment, None)
    for _ in range(2):
        grant = made.take(4000)
        made.settle(4000 + PER)
        made.answered(grant, None, 4000)
    made.refuse(made.take(4010), 4010, None)
    assert made.free_at(4010) == 4000 + PER
