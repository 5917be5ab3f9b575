"""What is asked for of each window, and where its reading begins."""

from __future__ import annotations

from math import inf

import pytest
from attrs import evolve

from instagram_async import Listing, Media
from instagram_async.paging import ListReply, Unreadable
from instagram_async.paging.axis import Axis
from instagram_async.paging.checkpoint import START, OpenRange, Place
from instagram_async.paging.merged_rule import MORE, MergedRule
from instagram_async.paging.readers import Readers
from instagram_async.paging.windows import Window, Windows
from instagram_async.quota import ServerQuota
from instagram_async.transport import Pairs
from instagram_async.v1.cursors import TIME_SPANS
from tests.support.lists import OWN_ID, Post, listing


def readers() -> Readers[Post]:
    return Readers(listing(OWN_ID), START, 0.0)


@pytest.mark.parametrize(
    ("low", "high", "asked"),
    [
        (-inf, 50, {"max_timestamp": "50"}),
        (10, 50, {"min_timestamp": "9", "max_timestamp": "50"}),
        (10, inf, {"min_timestamp": "9"}),
    ],
)
def test_a_window_asks_for_a_second_more_on_both_sides(
    low: float, high: float, asked: dict[str, str]
) -> None:
    reader = readers().of(Window(low, high, high))
    assert dict(reader.walk.ask()) == {"count": "20", **asked}
    assert reader.low == low


@pytest.mark.parametrize(
    ("part", "low", "asked"),
    [
        (OpenRange(None, None), -inf, {}),
        (OpenRange(10, None), -inf, {}),  # what has no upper end is the listing itself
        (OpenRange(None, 50), -inf, {"max_timestamp": "50"}),
        (OpenRange(10, 50), 10, {"min_timestamp": "9", "max_timestamp": "50"}),
        (OpenRange(10, 50, "7"), 10, {"min_timestamp": "9", "max_timestamp": "50", "max_id": "7"}),
    ],
)  # fmt: skip
def test_an_open_range_is_asked_for_as_it_was(
    part: OpenRange, low: float, asked: dict[str, str]
) -> None:
    made = readers()
    reader = made.of(made.opened(part))
    assert dict(reader.walk.ask()) == {"count": "20", **asked}
    assert reader.low == low


@pytest.mark.parametrize(
    ("tail", "asked"),
    [
        ((), {}),
        (("59", "58", "57"), {"max_id": "57"}),
        (("57", "59", "58"), {"max_id": "58"}),  # no order to go by: behind the last
    ],
)
def test_a_window_read_by_cursor_begins_behind_a_page(
    tail: tuple[str, ...], asked: dict[str, str]
) -> None:
    made, window = readers(), Window(-inf, 50, 50)
    made.restart(window, tail)
    assert dict(made.of(window).walk.ask()) == {"count": "20", **asked}


@pytest.mark.parametrize(
    ("bounds", "least"),
    [
        ((), "1568000"),
        ((("min_timestamp", "1568000"),), "1568000"),
        ((("min_timestamp", "1568001"),), "1568001"),
    ],
)
def test_the_lowest_of_several_spans_ends_where_the_whole_span_does(
    bounds: Pairs, least: str
) -> None:
    search = Listing("GET media/search", "media/search", bounds, (), Media, TIME_SPANS, True)
    made: Readers[Media] = Readers(search, START, began=2_000_000)
    made.measure(Windows(4))
    asked = dict(made.of(Window(-inf, 1_900_000, 1_900_000)).listing.params)
    assert asked == {"min_timestamp": least, "max_timestamp": "1900000"}
    above = dict(made.of(Window(1_700_000, 1_900_000, 1_900_000)).listing.params)
    assert above == {"min_timestamp": "1699999", "max_timestamp": "1900000"}
    assert "min_timestamp" not in dict(made.axis.bounds(-inf, 1_900_000))


def test_a_range_is_read_down_to_its_cursor() -> None:
    cursor = "[1568000,1700000,[],false]"
    part = OpenRange(None, 1_900_000, cursor)
    place = Place(None, axis="min_timestamp", open=(part,))
    search = Listing("GET media/search", "media/search", (), (), Media, TIME_SPANS, True)
    made: Readers[Media] = Readers(search, place, began=2_000_000)
    assert made.opened(part).at == 1_700_000
    assert made.opened(part._replace(cursor=None)).at == 1_900_000
    assert readers().opened(OpenRange(10, 50, "7")).at == 50


def test_only_what_has_no_upper_end_begins_where_the_read_did() -> None:
    made = Readers(listing(OWN_ID), Place("70", axis="min_timestamp"), 0.0)
    asked = [
        dict(made.of(made.opened(part)).walk.ask())
        for part in (OpenRange(10, None), OpenRange(10, 50), OpenRange(10, None, "7"))
    ]
    assert [one.get("max_id") for one in asked] == ["70", None, "7"]


def test_a_range_is_begun_where_it_has_a_cursor() -> None:
    assert not readers().opened(OpenRange(10, 50)).started
    assert readers().opened(OpenRange(10, 50, "7")).started


@pytest.mark.parametrize("axes", [OWN_ID.axes, OWN_ID.axes[::-1]])
@pytest.mark.parametrize("low", ["min_timestamp", "min_id"])
def test_ranges_are_read_by_the_axis_they_were_cut_on(axes: tuple[Axis, ...], low: str) -> None:
    place = Place(axis=low, open=(OpenRange(10, 50),))
    made: Readers[Post] = Readers(listing(evolve(OWN_ID, axes=axes)), place, 0.0)
    assert made.axis.low == low


def test_the_listing_itself_has_no_lower_end() -> None:
    made, window = readers(), Window(10, inf, inf)
    made.main(window)
    assert made.of(window).low == -inf


def test_a_page_reaches_up_to_the_bound_of_its_axis() -> None:
    bounds = {"min_timestamp": 10, "max_timestamp": 50, "min_id": 3, "max_id": 70}
    made = Readers(listing(OWN_ID, **bounds), START, 0.0)
    assert made.upper(made.listing, None) == 50
    assert readers().upper(readers().listing, None) == inf


def test_what_says_nothing_lies_where_the_item_before_it_does() -> None:
    bad, made = Unreadable("data[0]", "no id"), readers()
    page = (bad, Post(9, 40), bad, Post(8, 30))
    assert made.numbers(page, Window(-inf, inf, inf)) == [40, 40, 40, 30]
    assert made.numbers(page, Window(10, 50, 50)) == [40, 40, 40, 30]
    assert made.numbers(page, Window(10, 50, 45, started=True)) == [45, 40, 40, 30]
    assert made.numbers(page, Window(-inf, inf, inf, started=True)) == [40, 40, 40, 30]
    assert made.numbers((bad,), Window(10, 50, 50)) == [50]
    assert made.numbers((bad,), Window(-inf, inf, inf)) == [0]


@pytest.mark.parametrize(
    ("numbers", "following"), [((9, 8, 7), "7"), ((7, 9, 8), "8"), ((9,), "9")]
)
def test_pages_of_windows_are_followed_from_their_last_item(
    numbers: tuple[int, ...], following: str
) -> None:
    reply = ListReply(tuple(map(Post, numbers)), MORE, ServerQuota())
    assert MergedRule(OWN_ID).following((), 20, None, reply).cursor == following
