"""The sliding window, as pure arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instagram_async.quota.belief import WindowSpec
from instagram_async.quota.window import Window
from tests.support.places import PER, answered, window


def test_a_place_is_busy_until_one_window_after_the_reply() -> None:
    made = window(limit=1)
    assert made.free_at(100) == 100
    made.take(100)
    assert made.free_at(100) == 160  # should the reply come this moment
    made.settle(107 + PER)
    assert made.free_at(108) == 167
    assert made.free_at(167) == 167


def test_places_free_one_by_one() -> None:
    made = window()
    answered(made, 100, 101, 102)
    assert [made.free_at(110, ahead) for ahead in range(3)] == [160, 161, 162]
    assert made.free_at(160.5) == 160.5
    assert made.free_at(160.5, ahead=1) == 161
    assert [made.level(now).used for now in (160.5, 161, 161.5, 162)] == [2, 1, 1, 0]


def test_those_ahead_may_need_whole_windows() -> None:
    made = window()
    answered(made, 100, 101, 102)
    assert made.free_at(110, ahead=3) == 160 + PER
    assert made.free_at(110, ahead=7) == 161 + 2 * PER


def test_what_flies_frees_a_window_after_now_at_the_earliest() -> None:
    made = window(limit=2)
    made.take(100)
    answered(made, 101)
    assert made.free_at(110) == 161
    assert made.free_at(110, ahead=1) == 110 + PER


def test_a_place_given_back_is_free() -> None:
    made = window(limit=1)
    made.take(100)
    made.give_back()
    assert made.free_at(101) == 101


def test_a_late_end_is_sorted_in() -> None:
    made = window(limit=2)
    made.take(100)
    made.take(100)
    made.settle(300)  # a request that was lost and may still arrive
    made.settle(161)
    assert made.free_at(150) == 161
    assert made.free_at(150, ahead=1) == 300


def test_without_a_limit_there_is_always_a_place() -> None:
    made = window(limit=None)
    for _ in range(1000):
        made.take(100)
        made.settle(100 + PER)
    assert made.free_at(100, ahead=99) == 100
    made.answered(1000, 0, 100)
    assert made.free_at(100) == 100


def test_a_refusal_closes_until_our_oldest_place_frees() -> None:
    made = window(limit=10)
    answered(made, 100, 110)
    made.take(120)
    made.settle(121 + PER)
    made.refuse(3, 121, None)
    assert made.free_at(121) == 160


def test_a_refusal_of_our_only_request_closes_for_a_minute_and_then_longer() -> None:
    made = window(limit=10, per=3600)
    now = 1000.0
    for pause in (60, 60, 120, 240, 480, 960, 1920, 3600, 3600):
        grant = made.take(now)
        made.settle(now)  # long forgotten
        made.refuse(grant, now, None)
        assert made.free_at(now) == now + pause
        now += pause


def test_a_reply_that_is_no_refusal_ends_the_doubling() -> None:
    made = window(limit=10, per=3600)
    for now in (1000.0, 2000.0, 3000.0):
        made.refuse(made.take(now), now, None)
    made.answered(made.take(4000), None, 4000)
    made.refuse(made.take(5000), 5000, None)
    assert made.free_at(5000) == 5060


def test_a_reply_from_before_the_refusal_does_not_end_the_doubling() -> None:
    made = window(limit=10, per=3600)
    early = made.take(1000)
    made.refuse(made.take(1000), 1000, None)
    made.refuse(made.take(2000), 2000, None)
    made.answered(early, None, 2001)
    made.refuse(made.take(3000), 3000, None)
    assert made.free_at(3000) == 3120


def test_refusals_of_requests_that_flew_together_are_one() -> None:
    made = window(limit=10, per=3600)
    grants = [made.take(100) for _ in range(5)]
    for grant in grants:
        made.refuse(grant, 101, None)
    assert made.free_at(101) == 161


def test_a_refusal_after_our_places_are_forgotten_closes_all_the_same() -> None:
    made = window(limit=10)
    answered(made, 0, 1)
    grant = made.take(59)
    made.settle(61.5 + PER)
    made.refuse(grant, 61.5, None)
    assert made.free_at(61.5) == 121.5


def test_slices_are_the_servers_where_its_limit_is_lower() -> None:
    made = window(limit=60)
    made.answered(made.take(100), 0, 100, limit=6)
    assert made.free_at(100) == 110


@pytest.mark.parametrize(("asked", "given"), [(7, 7), (0, 0), (99_999, PER)])
def test_retry_after_is_obeyed_and_capped(asked: float, given: float) -> None:
    made = window(limit=10)
    answered(made, 90, 91)
    made.refuse(made.take(100), 100, asked)
    assert made.free_at(100) == 100 + given


def test_a_refusal_never_opens_earlier_than_the_one_before() -> None:
    made = window(limit=10)
    made.refuse(made.take(100), 100, 50)
    made.refuse(made.take(101), 101, 1)
    assert made.free_at(102) == 150


def test_the_servers_view_rules_when_it_is_below_ours() -> None:
    made = window(limit=100)
    made.answered(made.take(100), 2, 100)
    assert made.free_at(100) == 100
    made.take(100)
    made.take(100)
    assert made.free_at(100) > 100


def test_while_it_forbids_one_may_go_per_slice() -> None:
    made = window(limit=60)
    made.answered(made.take(100), 0, 100)
    assert made.free_at(100) == 101  # a sixtieth of the window
    assert made.free_at(100, ahead=2) == 103
    made.take(101)
    assert made.free_at(101) == 102


def test_a_later_reply_may_say_more() -> None:
    made = window(limit=60)
    assert made.answered(made.take(100), 0, 100) is False
    probe = made.take(101)
    assert made.answered(probe, 5, 102) is True
    assert made.free_at(102, ahead=4) == 102
    assert made.free_at(102, ahead=5) > 102


def test_a_reply_to_an_older_request_says_nothing_new() -> None:
    made = window(limit=60)
    first, second = made.take(100), made.take(100)
    made.answered(second, 0, 101)
    made.answered(first, 30, 102)
    assert made.free_at(102) == 102  # one per slice since the last grant, a second ago
    made.take(102)
    assert made.free_at(102) == 103


def test_a_view_ends_with_its_window() -> None:
    made = window(limit=60)
    made.answered(made.take(100), 0, 100)
    made.take(150)
    assert made.free_at(159.99, ahead=30) == 181
    assert made.free_at(160, ahead=30) == 160


def test_idle() -> None:
    made = window()
    assert made.idle(100)
    grant = made.take(100)
    assert not made.idle(100)
    made.settle(101 + PER)
    assert not made.idle(160)
    assert made.idle(161)
    made.answered(grant, 2, 161)
    assert not made.idle(170)
    made.refuse(made.take(170), 170, 60)
    made.give_back()
    assert not made.idle(229)
    assert made.idle(230)


delays = st.floats(0, 20, allow_nan=False)


@settings(max_examples=300)
@given(
    st.integers(1, 5),
    st.lists(st.tuples(st.floats(0, 90), delays, delays, st.booleans()), max_size=40),
)
def test_never_over_at_the_server(
    limit: int, steps: list[tuple[float, float, float, bool]]
) -> None:
    """Whenever requests arrive between sending and reply, no window there holds more."""
    made = Window(WindowSpec("one", limit, PER))
    now = 1000.0
    arrivals: list[float] = []
    replies: list[float] = []
    for pause, uplink, downlink, sent in steps:
        now += pause
        for reply in sorted(moment for moment in replies if moment <= now):
            replies.remove(reply)
            made.settle(reply + PER)
        if made.free_at(now) > now:
            continue
        made.take(now)
        if not sent:
            made.give_back()
            continue
        arrivals.append(now + uplink)
        replies.append(now + uplink + downlink)
    arrivals.sort()
    for start in arrivals:
        assert sum(start <= arrival < start + PER for arrival in arrivals) <= limit


@settings(max_examples=200)
@given(st.integers(1, 4), st.lists(st.floats(0, 50), min_size=1, max_size=30))
def test_promises_are_kept(limit: int, pauses: list[float]) -> None:
    """Before the instant that `free_at` names there is no place, and then there is one."""
    made = Window(WindowSpec("one", limit, PER))
    now = 1000.0
    for pause in pauses:
        now += pause
        when = made.free_at(now)
        assert when >= now
        if when > now:
            assert made.free_at((now + when) / 2) >= when
            now = when
        assert made.free_at(now) == now
        made.take(now)
        made.settle(now + PER)
