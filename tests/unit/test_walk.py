"""The walk, as a pure state machine: which request comes next, what a reply means."""

from __future__ import annotations

import pytest

from instagram_async import PagingError
from instagram_async.paging import ListReply
from instagram_async.paging.checkpoint import END
from instagram_async.paging.cursor import PaginationKey
from instagram_async.paging.walk import Walk
from instagram_async.quota import ServerQuota
from tests.support.lists import BOUNDS, Post, listing
from tests.support.replies import BAD, own, reply


def test_first_request_has_the_listings_parameters() -> None:
    assert own(min_id=3).ask() == (("min_id", "3"), ("count", "20"))


def test_the_cursor_replaces_only_its_own_key() -> None:
    walk = own(distance=5, max_id=90, min_id=3)
    walk.take(reply(80, following="80"))
    kept = (("distance", "5"), ("min_id", "3"))
    assert walk.ask() == (*kept, ("max_id", "80"), ("count", "20"))


def test_the_same_request_until_its_reply_was_taken() -> None:
    walk = own()
    assert walk.ask() == walk.ask()


@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_cursor_ends_the_walk(value: str | None) -> None:
    walk = own()
    walk.take(ListReply((Post(5),), {"next_max_id": value}, ServerQuota()))
    assert walk.ended


def test_a_number_is_a_cursor_too() -> None:
    walk = own()
    walk.take(ListReply((Post(5),), {"next_max_id": 5}, ServerQuota()))
    assert dict(walk.ask())["max_id"] == "5"


def test_short_and_empty_pages_end_nothing() -> None:
    walk = own()
    walk.take(reply(9, following="9"))
    walk.take(reply(following="8"))
    assert not walk.ended
    assert dict(walk.ask())["max_id"] == "8"
    assert walk.anomalies == {"empty_page": 1}


def test_fifty_empty_pages_raise_and_then_one_may_go_on_for_fifty_more() -> None:
    walk = own()
    for behind in (951, 901):
        for at in range(50):
            walk.ask()
            walk.take(reply(following=str(behind + 49 - at)))
        with pytest.raises(PagingError) as raised:
            walk.ask()
        assert raised.value.kind == "empty_pages"
        assert dict(walk.ask())["max_id"] == str(behind)


def test_pages_of_repetitions_count_as_empty() -> None:
    walk = own()
    walk.take(reply(7, following="x0"))
    for at in range(50):
        walk.ask()
        walk.take(reply(7, following=f"x{at + 1}"))
    with pytest.raises(PagingError, match="50 pages"):
        walk.ask()


def test_an_item_out_of_bounds_is_no_empty_page() -> None:
    walk = own(max_id=5)
    for at in range(60):
        walk.ask()
        walk.take(reply(1000 - at, following=f"x{at}"))
    assert walk.sieve.out_of_bounds == 60
    assert walk.anomalies == {}


def test_a_cursor_that_comes_again_is_a_cycle_after_the_page_was_delivered() -> None:
    walk = own()
    walk.take(reply(9, following="9"))
    walk.take(reply(8, following="8"))
    batch = walk.take(reply(7, following="9"))
    assert batch.entries == (Post(7),)
    for _ in range(2):
        with pytest.raises(PagingError) as raised:
            walk.ask()
        assert raised.value.kind == "cycle"
        assert raised.value.operation == "GET things/{id}"
    assert walk.anomalies == {"cycle": 1}
    assert not walk.ended


def test_a_page_that_names_itself_is_a_cycle() -> None:
    walk = own()
    walk.take(reply(9, following="9"))
    walk.take(reply(8, following="9"))
    with pytest.raises(PagingError, match="second time"):
        walk.ask()


def test_what_was_on_the_page_before_is_dropped_and_counted() -> None:
    walk = own()
    walk.take(reply(9, 8, following="8"))
    walk.take(reply(following="8a"))
    assert walk.take(reply(8, 7, 7, following="7")).entries == (Post(7),)
    assert walk.sieve.duplicates == 2


def test_what_a_page_has_twice_is_given_once() -> None:
    walk = own()
    assert walk.take(reply(9, 9, 8)).entries == (Post(9), Post(8))
    assert walk.sieve.duplicates == 1


def test_what_was_two_pages_before_is_not_remembered() -> None:
    walk = own()
    for items in ((9,), (8,), (9,)):
        entries = walk.take(reply(*items, following=f"c{walk.pages}")).entries
        assert entries == (Post(items[0]),)


def test_bounds_are_held_and_equality_is_inside() -> None:
    walk = own(min_id=3, max_id=8)
    assert walk.take(reply(9, 8, 5, 3, 2)).entries == (Post(8), Post(5), Post(3))
    assert walk.sieve.out_of_bounds == 2


def test_seconds_are_bounds_too() -> None:
    walk = own(min_timestamp=10, max_timestamp=20)
    made = walk.take(reply(Post(4, 21), Post(3, 20), Post(2, 10), Post(1, 9), following="1"))
    assert [post.second for post in made.entries if isinstance(post, Post)] == [20, 10]
    assert not walk.ended


def test_a_page_wholly_older_than_the_lower_bound_ends_the_walk() -> None:
    walk = own(min_timestamp=10)
    assert walk.take(reply(Post(4, 9), Post(3, 10), following="3")).next == "3"
    assert walk.take(reply(Post(2, 9), Post(1, 8), following="1")).entries == ()
    assert walk.ended
    assert walk.place(0) == END


def test_only_readable_items_can_tell_that_a_page_is_too_old() -> None:
    walk = own(min_timestamp=10)
    walk.take(reply(BAD, following="1"))
    assert not walk.ended


def test_a_listing_in_another_order_does_not_end_at_a_bound() -> None:
    unordered = PaginationKey("max_id", ("next_max_id",), bounds=BOUNDS)
    walk = Walk(listing(unordered, min_timestamp=10))
    walk.take(reply(Post(2, 9), following="2"))
    assert not walk.ended


def test_an_unreadable_item_keeps_its_place() -> None:
    assert own().take(reply(9, BAD, 7)).entries == (Post(9), BAD, Post(7))


def test_an_unreadable_item_is_outside_no_bounds() -> None:
    walk = own(min_id=3, max_id=8)
    assert walk.take(reply(9, BAD, 2)).entries == (BAD,)
    assert walk.sieve.out_of_bounds == 2
