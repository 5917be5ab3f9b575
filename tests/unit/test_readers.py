"""What is asked for of each window, and where its reading begins."""

from __future__ import annotations

from math import inf

import pytest

from instagram_async import Listing, Media
from instagram_async.paging import ListReply
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


@pytest.mark.parametrize("bounds", [(), (("min_timestamp", "1568000"),)])
def test_the_lowest_of_several_spans_ends_where_the_whole_span_does(bounds: Pairs) -> None:
    search = Listing("GET media/search", "media/search", bounds, (), Media, TIME_SPANS, True)
    made: Readers[Media] = Readers(search, START, began=2_000_000)
    made.measure(Windows(4))
    asked = dict(made.of(Window(-inf, 1_900_000, 1_900_000)).listing.params)
    assert asked == {"min_timestamp": "1568000", "max_timestamp": "1900000"}
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


@pytest.mark.parametrize(
    ("numbers", "following"), [((9, 8, 7), "7"), ((7, 9, 8), "8"), ((9,), "9")]
)
def test_pages_of_windows_are_followed_from_their_last_item(
    numbers: tuple[int, ...], following: str
) -> None:
    reply = ListReply(tuple(map(Post, numbers)), MORE, ServerQuota())
    assert MergedRule(OWN_ID).following((), 20, None, reply).cursor == following
