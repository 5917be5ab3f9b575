"""Reading by windows, one reply at a time: rounds, what is given, and bounds that are ignored."""

from __future__ import annotations

from math import inf
from weakref import ref

import pytest

from instagram_async import InvalidRequestError, ServerError, Unreadable
from instagram_async.paging.checkpoint import START, OpenRange, Place
from instagram_async.paging.page import ListReply
from instagram_async.paging.reading import Ask, Reading
from instagram_async.paging.windows import Windows
from instagram_async.quota import ServerQuota
from tests.support.lists import OWN_ID, Post, listing

REFUSED = InvalidRequestError("no such parameter", "GET things/{id}", 400)
BUSY = ServerError("busy", "GET things/{id}", 503)


def reading(readers: int = 2, place: Place = START) -> Reading[Post]:
    """Pages of two, of about a thousand items, one to a number."""
    return Reading(listing(OWN_ID, 2), place, Windows(readers, known=1000, size=2), 0.0)


def reply(*pks: int, more: bool = True) -> ListReply[Post]:
    following = {"next_max_id": str(pks[-1])} if more else {}
    return ListReply(tuple(Post(pk, pk) for pk in pks), following, ServerQuota(5, 4))


def asked(read: Reading[Post]) -> list[Ask[Post]]:
    """All that is asked for now."""
    asks: list[Ask[Post]] = []
    while (ask := read.ask()) is not None:
        asks.append(ask)
    return asks


def begun(readers: int = 2) -> tuple[Reading[Post], list[Ask[Post]]]:
    """A read whose first page has come, and what it asks for then."""
    read = reading(readers)
    (first,) = asked(read)
    read.took(first.window, reply(1000, 999))
    return read, asked(read)


def pks(page: ListReply[Post] | None) -> list[int]:
    assert page is not None
    return [item.pk for item in page.items if isinstance(item, Post)]


def test_a_reply_is_a_round_later_than_the_one_it_was_asked_after() -> None:
    read, asks = begun(3)
    assert (read.rounds, read.replies, len(asks)) == (1, 1, 3)
    tops = [998, *(int(ask.window.high) - 1 for ask in asks[1:])]
    for ask, top in zip(asks, tops, strict=True):
        read.took(ask.window, reply(top, top - 1))
    assert (read.rounds, read.replies) == (2, 4)
    again = asked(read)
    read.took(again[0].window, reply(996, 995))
    (once_more,) = asked(read)
    read.took(once_more.window, reply(994, 993))
    assert read.rounds == 4
    read.took(again[1].window, reply(tops[1] - 2, tops[1] - 3))  # asked for in the third round
    assert read.rounds == 4
    later = asked(read)  # after that one: in the fourth
    read.took(later[0].window, reply(992, 991))
    assert read.rounds == 4


def test_what_was_saved_and_spent_is_counted_in_full_pages() -> None:
    read, asks = begun(3)
    tops = [998, *(int(ask.window.high) - 1 for ask in asks[1:])]
    read.took(asks[0].window, reply(tops[0], tops[0] - 1))
    read.took(asks[1].window, reply(tops[1], tops[1] - 1))
    assert (read.saved, read.spent) == (1, 0)  # three pages in two rounds
    read.took(asks[2].window, reply(tops[2]))
    assert (read.saved, read.spent) == (2, 0)
    (_, half, _) = asked(read)
    read.took(half.window, reply(tops[1] - 2))
    assert (read.saved, read.spent) == (1, 1)
    empty = reading()
    (first,) = asked(empty)
    assert (empty.saved, empty.spent) == (0, 0)
    nothing: ListReply[Post] = ListReply((), {"next_max_id": "999"}, ServerQuota())
    for spent in (0, 1, 2, 3):
        empty.took(first.window, nothing)
        assert (empty.saved, empty.spent) == (0, spent)


@pytest.mark.parametrize("readers", [2, 3])
def test_what_lies_behind_a_window_that_is_gone_begins_behind_its_last_item(readers: int) -> None:
    read, asks = begun(readers)
    leading, behind = asks[:2]
    low = int(leading.window.low)
    read.took(leading.window, reply(low + 1, low))
    assert pks(read.give()) == [1000, 999]
    assert pks(read.give()) == [low + 1, low]
    leading = asked(read)[0]
    read.took(leading.window, reply(low - 1, low - 2))
    assert leading.window.ended
    assert read.give() is None
    assert leading.window not in read.windows.every
    read.took(behind.window, reply(1000, 999))  # deaf
    assert read.readers.anomalies["bounds_ignored"] == 1
    again = asked(read)[0]
    assert again.window is behind.window
    assert dict(again.params)["max_id"] == str(low)


def test_a_window_that_is_refused_waits_for_the_one_before_it() -> None:
    read, asks = begun(3)
    low = int(asks[0].window.low)
    read.took(asks[1].window, reply(low - 1, low - 2))  # heeded
    read.failed(asks[2].window, REFUSED)
    assert read.readers.anomalies["bounds_ignored"] == 1
    assert asks[2].window not in [ask.window for ask in asked(read)]
    least = int(asks[1].window.low)
    read.took(asks[1].window, reply(least, least - 1))
    assert not asks[2].window.parked
    (again,) = asked(read)
    assert (again.window, dict(again.params)["max_id"]) == (asks[2].window, str(least))
    assert again.window.started


def test_of_four_windows_the_last_waits_for_the_third() -> None:
    read, asks = begun(4)
    for ask in asks[1:3]:
        top = int(ask.window.high) - 1
        read.took(ask.window, reply(top, top - 1))
    read.failed(asks[3].window, REFUSED)
    second, third, last = (ask.window for ask in asks[1:])
    read.took(second, reply(int(second.low), int(second.low) - 1))
    assert last.parked
    read.took(third, reply(int(third.low), int(third.low) - 1))
    (again,) = [ask for ask in asked(read) if ask.window is last]
    assert dict(again.params)["max_id"] == str(int(third.low))


def test_bounds_that_are_refused_at_once_are_tried_on_the_next_axis_and_then_no_more() -> None:
    read, asks = begun()
    read.failed(asks[1].window, REFUSED)
    main = asks[0].window
    assert read.windows.every == [main]
    assert main.low == -inf
    assert (read.readers.axis.low, read.windows.is_whole) == ("min_id", False)
    assert main.at == 999
    (again,) = asked(read)
    assert "min_id" not in dict(again.params)
    assert "max_id" in dict(again.params)
    read.failed(again.window, REFUSED)
    assert read.windows.every == [main]
    assert read.windows.is_whole
    assert read.readers.anomalies["bounds_ignored"] == 2


def test_what_comes_for_a_window_that_was_given_up_is_counted_and_no_more() -> None:
    read, asks = begun()
    read.failed(asks[1].window, REFUSED)
    read.failed(asks[1].window, BUSY)
    read.took(asks[1].window, reply(500, 499))
    assert read.replies == 2
    assert pks(read.give()) == [1000, 999]
    assert read.give() is None


def test_an_error_is_told_once_at_its_place_and_asked_for_again() -> None:
    read, asks = begun()
    read.failed(asks[1].window, BUSY)
    read.failed(asks[0].window, BUSY)
    assert asked(read) == []
    assert pks(read.give()) == [1000, 999]
    with pytest.raises(ServerError):
        read.give()
    assert asked(read) == []
    assert read.give() is None
    (again,) = asked(read)
    assert again.window is asks[0].window


def test_without_order_errors_come_when_they_come() -> None:
    read, asks = begun()
    read.failed(asks[1].window, BUSY)
    first = read.give_any()
    assert first is not None
    assert (first[0], pks(first[1])) == (asks[0].window, [1000, 999])
    with pytest.raises(ServerError):
        read.give_any()
    assert read.give_any() is None


def test_disorder_ends_the_cutting() -> None:
    read = reading()
    (first,) = asked(read)
    read.took(first.window, reply(999, 1000))
    assert read.readers.anomalies["disorder"] == 1
    assert read.windows.is_whole
    equal = reading()
    (first,) = asked(equal)
    equal.took(first.window, reply(999, 999))
    assert equal.readers.anomalies["disorder"] == 0


def test_what_cant_be_read_is_given_with_the_next_that_can() -> None:
    read = reading()
    bad = Unreadable("data[0]", "no id", {"pk": 7})
    (first,) = asked(read)
    read.took(first.window, ListReply((bad,), {"next_max_id": "900"}, ServerQuota(), True))
    assert read.give() is None
    (then,) = asked(read)[:1]
    read.took(then.window, reply(899, 898, more=False))
    page = read.give()
    assert page is not None
    assert page.items == (bad, Post(899, 899), Post(898, 898))
    assert page.flawed
    assert page.quota == ServerQuota(5, 4)
    assert read.windows.in_hand == 3


@pytest.mark.parametrize("ordered", [True, False])
def test_what_cant_be_read_at_the_very_end_is_given_alone(ordered: bool) -> None:
    read = reading(1)
    bad = Unreadable("data[0]", "no id", {"pk": 7})
    (first,) = asked(read)
    read.took(first.window, reply(9, 8))
    (last,) = asked(read)
    read.took(last.window, ListReply((bad,), {}, ServerQuota(), True))
    assert not read.is_given(last.window)
    if ordered:
        pages = [read.give(), read.give()]
    else:
        pages = [given and given[1] for given in (read.give_any(), read.give_any())]
    assert [page and page.items for page in pages] == [(Post(9, 9), Post(8, 8)), (bad,)]
    assert read.is_over


def test_only_a_read_that_has_no_upper_bound_of_its_own_is_the_listing_itself() -> None:
    open_range = Place(axis="min_timestamp", open=(OpenRange(10, 50), OpenRange(None, 10)))
    read = reading(place=open_range)
    assert [(window.low, window.high) for window in read.windows.every] == [(10, 50), (-inf, 10)]
    bounds = [dict(ask.params) for ask in asked(read)]
    assert [one.get("max_timestamp") for one in bounds] == ["50", "10"]
    assert not read.is_over
    read.took(read.windows.every[0], reply(100, 99))  # deaf, though it is the first
    assert read.readers.anomalies["bounds_ignored"] == 1


def test_nothing_is_kept_of_windows_that_were_given_up() -> None:
    read, asks = begun(3)
    gone = [ref(ask.window) for ask in asks[1:]]
    read.failed(asks[1].window, REFUSED)
    del asks
    assert [window() for window in gone] == [None, None]


def test_a_last_page_that_reaches_into_the_next_window_says_nothing_of_it() -> None:
    read, (leading, behind) = begun()
    low = int(leading.window.low)
    read.took(leading.window, reply(low, low - 1, more=False))
    assert leading.window.ended
    assert leading.window.at == low - 1
    assert not behind.window.ended


@pytest.mark.parametrize("least", [0, 1, 7])
def test_a_last_page_that_ends_in_its_window_says_that_nothing_lies_below(least: int) -> None:
    read, (leading, behind) = begun()
    low = int(leading.window.low)
    read.took(leading.window, reply(low + least + 1, low + least, more=False))
    assert behind.window.ended


def test_only_what_lies_in_a_window_is_taken_from_it() -> None:
    read, (_, behind) = begun()
    high = int(str(behind.window.high))  # another object, as a reply's are
    read.took(behind.window, reply(high, high - 1))
    assert behind.window.held == 1
    read.took(behind.window, reply(high + 1, high - 2))
    assert behind.window.held == 2


def test_the_last_page_says_that_it_is_the_last() -> None:
    read = reading(1)
    (first,) = asked(read)
    read.took(first.window, reply(9, 8))
    (second,) = asked(read)
    read.took(second.window, reply(7, 6, more=False))
    pages = [read.give(), read.give(), read.give()]
    assert [page and page.pagination["more"] for page in pages] == [True, False, False]
    assert read.is_over
    assert read.windows.in_hand == 0


def test_it_begins_at_its_place() -> None:
    (first,) = asked(reading(place=Place("70")))
    assert dict(first.params)["max_id"] == "70"
