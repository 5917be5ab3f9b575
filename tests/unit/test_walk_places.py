"""Where a walk stands, and where a resumed one goes on."""

from __future__ import annotations

import pytest
from attrs import evolve

from instagram_async.paging import ListReply
from instagram_async.paging.checkpoint import END, START, Place, short
from instagram_async.paging.walk import Walk
from instagram_async.quota import ServerQuota
from tests.support.lists import NEXT_ID, OPAQUE, OWN_ID, Post, listing
from tests.support.replies import BAD, keyed, own, reply


def test_place_of_a_listing_with_own_ids() -> None:
    walk = own()
    assert walk.place(0) == START
    walk.take(reply(9, 8, 7, following="7"))
    assert [walk.place(given) for given in range(4)] == [START, Place("9"), Place("8"), Place("7")]
    walk.take(reply(6, 5))
    assert [walk.place(given) for given in range(3)] == [Place("7"), Place("6"), END]


def test_place_behind_an_item_that_can_not_be_read() -> None:
    walk = own()
    walk.take(reply(9, following="9"))
    walk.take(reply(6, BAD, 5, following="5"))
    assert walk.place(1) == Place("6")
    assert walk.place(3) == Place("5")
    place = walk.place(2)
    assert place.cursor == "9"
    resumed = Walk(listing(OWN_ID), place)
    assert resumed.take(reply(6, BAD, 5)).entries == (Post(5),)


def test_unreadable_items_are_not_taken_for_each_other() -> None:
    walk = own()
    assert walk.take(reply(BAD, BAD, following="9")).entries == (BAD, BAD)
    assert walk.take(reply(BAD)).entries == (BAD,)


def test_a_page_that_gives_nothing_is_behind_its_next_cursor() -> None:
    walk = own()
    walk.take(reply(following="9"))
    assert walk.place(0) == Place("9")


def test_place_before_the_first_readable_item() -> None:
    walk = own()
    walk.take(reply(9, following="9"))
    walk.take(reply(BAD, 5, following="5"))
    assert walk.place(0) == Place("9")
    assert walk.place(1).cursor == "9"


def test_a_page_out_of_order_can_not_be_cut_by_an_id() -> None:
    walk = own()
    walk.take(reply(9, 5, 7, following="5"))
    assert walk.place(1) == Place(None, (short("9"),))
    assert walk.place(2) == Place(None, tuple(sorted((short("9"), short("5")))))
    assert walk.place(3) == Place("5", tuple(sorted(map(short, ("9", "5", "7")))))


def test_a_cut_needs_numbers_to_be_clean() -> None:
    walk = Walk(listing(evolve(OWN_ID, order=lambda identity: None)))
    walk.take(reply(9, 8))
    assert walk.place(1) == Place(None, (short("9"),))
    trusted = Walk(listing(evolve(OWN_ID, order=None)))
    trusted.take(reply(5, 9))
    assert trusted.place(1) == Place("5")
    level = Walk(listing(evolve(OWN_ID, order=lambda identity: 7)))
    level.take(reply(9, 8))
    assert level.place(1) == Place(None, (short("9"),))


def test_place_of_a_listing_with_other_cursors() -> None:
    walk = Walk(listing(OPAQUE))
    walk.take(keyed(OPAQUE, 9, 8, following="AQ7"))
    assert walk.place(1) == Place(None, (short("9"),))
    assert walk.place(2) == Place("AQ7", tuple(sorted(map(short, ("9", "8")))))
    walk.take(keyed(OPAQUE, 8, 7, 6, following="AQ5"))
    assert walk.place(1) == Place("AQ7", tuple(sorted(map(short, ("9", "8", "7")))))


def test_resumed_items_are_left_out_wherever_they_turn_up() -> None:
    place = Place("AQ9", (short("8"), short("3")))
    walk = Walk(listing(OPAQUE), place)
    assert walk.ask() == (("cursor", "AQ9"), ("count", "20"))
    assert walk.take(keyed(OPAQUE, 9, 8, 7, following="AQ6")).entries == (Post(9), Post(7))
    assert short("3") in walk.place(2).given
    assert short("8") in walk.place(1).given
    assert walk.take(keyed(OPAQUE, 4, 3, 2)).entries == (Post(4), Post(2))
    assert walk.sieve.duplicates == 2
    assert walk.place(2) == END


def test_resumed_behind_an_own_id_on_a_server_that_includes_it() -> None:
    walk = Walk(listing(OWN_ID), Place("8"))
    assert walk.take(reply(8, 7, following="7")).entries == (Post(7),)
    assert walk.take(reply(6)).entries == (Post(6),)


def test_resumed_at_the_end() -> None:
    walk = Walk(listing(OWN_ID), END)
    assert walk.ended
    assert walk.place(0) == END


def test_inclusive_ids_need_no_special_case() -> None:
    walk = Walk(listing(NEXT_ID))
    walk.take(keyed(NEXT_ID, 9, 8, following="7"))
    assert dict(walk.ask())["max_tag_id"] == "7"
    assert walk.take(keyed(NEXT_ID, 7, 6)).entries == (Post(7), Post(6))


def test_what_is_owed_after_a_resume_is_carried_on() -> None:
    """Cut in the middle again, or not got on at all, a resumed walk forgets nothing."""
    first = own()
    first.take(reply(9, following="9"))
    first.take(reply(6, BAD, 5, following="5"))
    resumed = Walk(listing(OWN_ID), first.place(2))
    resumed.take(reply(6, following="6"))
    again = Walk(listing(OWN_ID), resumed.place(0))
    assert again.take(reply(BAD, 5)).entries == (Post(5),)


def test_what_was_given_of_several_first_pages_is_left_out_wherever_it_stands() -> None:
    """Twice resumed from the first page, with a post between: two groups, apart from each other."""
    first = Walk(listing(OPAQUE))
    first.take(keyed(OPAQUE, 4, 3, following="AQ2"))
    second = Walk(listing(OPAQUE), first.place(1))
    second.take(keyed(OPAQUE, 9, 8, 7, following="AQ6"))
    third = Walk(listing(OPAQUE), second.place(1))
    assert third.take(keyed(OPAQUE, 9, 8, following="AQ7")).entries == (Post(8),)
    assert third.take(keyed(OPAQUE, 7, 6, following="AQ4")).entries == (Post(7), Post(6))
    assert third.take(keyed(OPAQUE, 4, 3, following="AQ2")).entries == (Post(3),)


def test_what_did_not_turn_up_is_forgotten_behind_it() -> None:
    walk = Walk(listing(OPAQUE), Place("AQ9", (short("8"), short("gone"))))
    walk.take(keyed(OPAQUE, 9, 8, 7, following="AQ6"))
    assert short("gone") in walk.place(3).given
    walk.take(keyed(OPAQUE, 6, 5, following="AQ4"))
    assert walk.place(2).given == tuple(sorted(map(short, ("6", "5"))))


def test_what_is_gone_is_forgotten_behind_the_page_where_it_stood() -> None:
    walk = Walk(listing(OPAQUE), Place("AQ9", (short("gone"),)))
    walk.take(keyed(OPAQUE, 9, 8, following="AQ7"))
    assert walk.place(2).given == tuple(sorted(map(short, ("9", "8"))))


def test_what_comes_twice_is_given_once_while_something_is_owed() -> None:
    walk = Walk(listing(OPAQUE), Place("AQ9", (short("3"),)))
    assert walk.take(keyed(OPAQUE, 9, 9, 8)).entries == (Post(9), Post(8))


def test_lone_surrogates_do_no_harm() -> None:
    walk = own()
    walk.take(ListReply((Post(5),), {"next_max_id": "\ud800"}, ServerQuota()))
    assert dict(walk.ask())["max_id"] == "\ud800"
    walk.take(reply(4, following="4"))
    assert short("\ud800")


@pytest.mark.parametrize("nothing", [False, 0, [], {}])
def test_what_is_nothing_is_no_cursor(nothing: object) -> None:
    walk = own()
    walk.take(ListReply((Post(5),), {"next_max_id": nothing}, ServerQuota()))
    assert walk.ended


def test_a_page_that_was_left_keeps_the_place_behind_it() -> None:
    for items in ((9, 8, 7), (9, 5, 7), (9, BAD, 7), (9, 8, BAD), (BAD, BAD)):
        for rule in (OWN_ID, OPAQUE):
            walk = Walk(listing(rule))
            taken = reply(*items)._replace(pagination={rule.keys[0]: "5"}, flawed=BAD in items)
            behind = walk.place(len(walk.take(taken).entries))
            walk.leave()
            walk.leave()
            assert walk.place(0) == behind
            assert walk.ask()[0] == (rule.parameter, "5")


def test_complete_is_what_stands_at_the_end() -> None:
    walk = own()
    assert not walk.is_complete(0)
    walk.take(reply(9, 8, following="8"))
    assert not walk.is_complete(2)
    walk.leave()
    assert not walk.is_complete(0)
    walk.take(reply(7, 6))
    assert [walk.is_complete(given) for given in range(3)] == [False, False, True]
    walk.leave()
    assert walk.is_complete(0)
    assert walk.place(0) == END
    assert Walk(listing(OWN_ID), END).is_complete(0)
