"""Which window is read next, and where one is cut: the scheduler by itself."""

from __future__ import annotations

from itertools import pairwise
from math import inf

import pytest

from instagram_async import Media
from instagram_async.paging import Listing
from instagram_async.paging.checkpoint import OpenRange, Place
from instagram_async.paging.cursor import PaginationKey
from instagram_async.paging.merged_rule import MergedRule
from instagram_async.paging.page import ListReply
from instagram_async.paging.reading import Reading
from instagram_async.paging.windows import Window, Windows
from instagram_async.quota import ServerQuota
from instagram_async.v1.cursors import TIME_SPANS
from tests.support.lists import NEXT_ID, OWN_ID, Post, listing
from tests.support.square import WEEK, taken
from tests.support.watched import BY_PK


def begun(**options: float) -> Windows:
    """After a first page of ten items, one to a number from 1,000 down."""
    windows = Windows(4, size=10, **options)  # type: ignore[arg-type]
    first = windows.choose()
    assert first is windows.every[0]
    first.busy = True
    windows.took(first, list(range(1000, 990, -1)), at=991, ended=False)
    first.held = 0
    return windows


def asked(windows: Windows) -> list[Window]:
    """All that are chosen now, marked as under way."""
    chosen: list[Window] = []
    while (window := windows.choose()) is not None:
        window.busy = True
        chosen.append(window)
    return chosen


def test_all_get_the_same_share_of_what_is_known() -> None:
    windows = begun(known=1000)
    assert len(asked(windows)) == 4
    assert windows.every[0].high == inf
    assert windows.every[-1].low == -inf
    for newer, older in pairwise(windows.every):
        assert newer.low == older.high
    lengths = [window.at - max(window.low, 0) for window in windows.every]
    assert max(lengths) < 1.2 * min(lengths)


@pytest.mark.parametrize(
    "options",
    [{"known": 50}, {"most": 50}, {"is_whole": True}, {"is_uncounted": True}, {"floor": 991}],
)
def test_what_is_not_cut(options: dict[str, float]) -> None:
    assert len(asked(begun(**options))) == 1


def test_what_is_empty_down_to_the_end_is_over() -> None:
    windows = begun(known=1000)
    asked(windows)
    leading, *others = windows.every
    windows.empty(leading, others[0].low)
    assert [other.ended for other in others] == [True, False, False]
    windows.empty(leading, -inf)
    assert all(other.ended and not other.busy for other in others)


@pytest.mark.parametrize(("numbers", "at"), [([], 991), ([50, 41], 41)])
def test_on_another_axis_the_last_page_says_where_it_ends(numbers: list[int], at: int) -> None:
    windows = begun(known=1000)
    leading = windows.every[0]
    windows.turn(leading, numbers)
    assert not windows.is_proven
    assert leading.at == at


@pytest.mark.parametrize("numbers", [[991, 992], [991, 995], [991, 991]])
def test_a_page_whose_last_item_is_the_newer_covers_one_number(numbers: list[int]) -> None:
    windows = begun(known=1000)
    leading = windows.every[0]
    windows.took(leading, numbers, at=numbers[-1], ended=False)
    assert leading.rate == 2.0
    windows.turn(leading, [*numbers, *numbers])
    assert leading.rate == 4.0


def test_of_an_unknown_number_two_windows_are_spared() -> None:
    assert len(asked(begun())) == 3
    assert len(asked(begun(spare=1))) == 2


def test_a_span_of_many_strides_is_long_whoever_counts() -> None:
    assert len(asked(begun(stride=50))) == 3
    assert len(asked(begun(stride=100, floor=950))) == 1


def test_an_error_that_waits_to_be_told_stops_the_cutting() -> None:
    windows = begun(known=1000)
    chosen = asked(windows)
    chosen[2].busy, chosen[2].parked = False, True
    assert windows.choose() is None


def test_a_cut_that_would_lie_too_low_is_made_in_the_middle() -> None:
    windows = begun(known=1000, floor=900, stride=10)
    windows.every[0].rate = 0.01
    (_, rest, *_) = asked(windows)
    assert rest.high > 900


def test_the_room_is_the_leading_windows_in_the_end() -> None:
    windows = begun(known=1000, room=40)
    chosen = asked(windows)
    assert len(chosen) == 3
    assert windows.every[0] in chosen
    behind = chosen[1]
    windows.took(
        behind, list(range(int(behind.high) - 1, int(behind.high) - 11, -1)), at=1, ended=True
    )
    assert windows.choose() is None
    windows.took(chosen[0], [990], at=990, ended=False)
    assert windows.choose() is windows.every[0]


def test_what_is_empty_down_to_a_number_is_not_asked_for() -> None:
    windows = begun(known=1000)
    asked(windows)
    first, second, *rest = windows.every
    rest[-1].started = True
    windows.empty(second, rest[-2].low)
    assert [window.ended for window in windows.every] == [False, False, True, False]
    assert not first.ended
    rest[-1].started = False
    windows.empty(second, -inf)
    assert [window.ended for window in windows.every] == [False, False, True, True]


def reply(*pks: int, more: bool = False) -> ListReply[Post]:
    following = {"next_max_id": str(pks[-1])} if more else {}
    return ListReply(tuple(Post(pk, pk) for pk in pks), following, ServerQuota())


def reading() -> tuple[Reading[Post], Listing[Post]]:
    made = listing(OWN_ID, 2)
    return Reading(made, Place(), Windows(2, known=1000, size=2), 0.0), made


def test_a_window_that_has_read_too_far_reads_that_again_when_bounds_were_ignored() -> None:
    read, _ = reading()
    first = read.ask()
    assert first is not None
    read.took(first.window, reply(1000, 999, more=True))
    asks = [read.ask(), read.ask()]
    assert asks[0] is not None
    assert asks[1] is not None
    low = int(asks[0].window.low)
    read.took(asks[0].window, reply(998, low - 5, more=True))
    assert asks[0].window.ended
    read.took(asks[1].window, reply(1000, 999, more=True))  # deaf
    again = read.ask()
    assert again is not None
    assert not again.window.ended
    assert dict(again.params)["max_id"] == "998"
    assert read.readers.anomalies["bounds_ignored"] == 1


def test_bounds_of_ones_own_hold_for_a_server_that_heeds_them_late() -> None:
    now = 1_442_000_000
    bounds = (("min_timestamp", str(now - 10 * WEEK)), ("max_timestamp", str(now - 8 * WEEK)))
    size = (("count", "2"),)
    search = Listing("GET media/search", "media/search", bounds, size, Media, TIME_SPANS, True)
    read: Reading[Media] = Reading(search, Place(), Windows(2, size=2), now)
    first = read.ask()
    assert first is not None
    deaf = (taken(9, now), taken(8, now - 1))
    read.took(first.window, ListReply(deaf, {}, ServerQuota()))
    (_, behind) = (read.ask(), read.ask())
    assert behind is not None
    assert behind.window.high > now - 7 * WEEK
    heeded = (taken(7, now - 7 * WEEK), taken(6, now - 9 * WEEK))
    read.took(behind.window, ListReply(heeded, {}, ServerQuota()))
    assert (first.window.held, behind.window.held) == (0, 1)


def test_beside_a_window_that_goes_in_circles_the_others_are_read() -> None:
    read, _ = reading()
    first = read.ask()
    assert first is not None
    read.took(first.window, reply(1000, 999, more=True))
    leading, behind = read.ask(), read.ask()
    assert leading is not None
    assert behind is not None
    top = int(behind.window.high) - 1
    read.took(behind.window, reply(top, top - 1, more=True))
    circle = reply(998, 997)._replace(pagination={"next_max_id": "999"})
    read.took(leading.window, circle)
    again = read.ask()
    assert again is not None
    assert again.window is behind.window
    assert leading.window.parked


def test_the_first_of_several_ranges_may_be_the_listing_itself() -> None:
    ranges = (OpenRange(10, None), OpenRange(None, 10))
    place = Place(axis="min_timestamp", open=ranges)
    read = Reading(listing(OWN_ID, 2), place, Windows(2, known=1000, size=2), 0.0)
    main, lower = read.ask(), read.ask()
    assert main is not None
    assert lower is not None
    read.took(lower.window, reply(1000, 999))  # deaf
    assert read.windows.every == [main.window]


def test_a_window_behind_nothing_that_was_read_begins_at_the_top() -> None:
    read, made = reading()
    window = Window(5, 9, 9)
    read.readers.restart(window, ())
    assert read.readers.of(window).walk.ask() == (*made.params, ("count", "2"))


def test_a_seam_is_not_cut() -> None:
    assert MergedRule(OWN_ID).axes == ()


@pytest.mark.parametrize("rule", [OWN_ID, NEXT_ID, BY_PK])
def test_a_seam_pages_as_the_listing_does_and_does_not_end_it(rule: PaginationKey) -> None:
    seam = MergedRule(rule)
    told = (seam.names_items, seam.newest_first, seam.axis)
    assert told == (rule.names_items, rule.newest_first, rule.axis)
    assert (seam.expects_items, seam.ends_at_bound) == (False, False)
