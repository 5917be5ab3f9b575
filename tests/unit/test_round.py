"""One round of a watch, one question at a time."""

from __future__ import annotations

from attrs import evolve

from instagram_async import Unreadable
from instagram_async.paging.checkpoint import Mark, short
from instagram_async.paging.round import Round, Told
from instagram_async.paging.walk import Batch
from instagram_async.paging.watermark import after
from instagram_async.quota import ServerQuota
from tests.support.lists import Post
from tests.support.watched import BY_IDS, BY_PK, BY_SECOND


def batch(*entries: Post | Unreadable) -> Batch[Post]:
    names = tuple(e.path if isinstance(e, Unreadable) else e.id for e in entries)
    blind = frozenset(e.path for e in entries if isinstance(e, Unreadable))
    return Batch(entries, names, blind, None, None, ServerQuota(), {})


def given(made: Round[Post]) -> list[str]:
    return [held.name for held in reversed(made.newest_first())]


def test_the_oldest_is_given_first_over_all_pages() -> None:
    made: Round[Post] = Round(BY_PK, 9, Told())
    made.add(batch(Post(5), Post(4)))
    made.add(batch(Post(3)))
    assert given(made) == ["3", "4", "5"]
    assert not made.is_cut


def test_of_too_many_the_oldest_are_kept_whatever_their_order() -> None:
    for rule, kept in ((BY_PK, ["1", "2", "3"]), (BY_IDS, ["4", "2", "5"])):
        made: Round[Post] = Round(rule, 3, Told())
        made.add(batch(Post(1), Post(3), Post(5), Post(2), Post(4)))
        assert given(made) == kept
        assert made.is_cut


def test_so_are_they_of_more_than_a_page() -> None:
    made: Round[Post] = Round(BY_PK, 1_000, Told())
    made.add(batch(*map(Post, range(1_200, 0, -1))))
    assert given(made) == [str(number) for number in range(1, 1_001)]


def test_of_one_second_the_first_in_the_listing_is_given_last() -> None:
    made: Round[Post] = Round(BY_SECOND, 9, Told())
    made.add(batch(Post(7, 2), Post(9, 2), Post(8, 1)))
    assert given(made) == ["8", "9", "7"]


def test_what_has_no_number_stays_beside_the_one_before_it() -> None:
    bad = Unreadable("bad", "")
    made: Round[Post] = Round(BY_PK, 9, Told())
    made.add(batch(Post(1), bad, Post(3)))
    assert given(made) == ["bad", "1", "3"]
    first: Round[Post] = Round(BY_PK, 9, Told())
    first.add(batch(bad, Post(3)))
    assert given(first) == ["3", "bad"]


def test_what_was_told_is_told_no_more_until_very_many_were() -> None:
    told = Told()
    told.add("bad")
    made: Round[Post] = Round(BY_PK, 9, told)
    made.add(batch(Unreadable("bad", ""), Unreadable("worse", "")))
    assert given(made) == ["worse"]
    for number in range(999):
        told.add(str(number))
    assert "bad" in told
    told.add("999")
    assert "bad" not in told
    assert "0" in told


def test_a_told_name_hides_no_item() -> None:
    told = Told()
    told.add("5")
    made: Round[Post] = Round(BY_PK, 9, told)
    made.add(batch(Post(5)))
    assert given(made) == ["5"]


def test_the_mark_moves_with_each_item() -> None:
    assert after(BY_PK, Mark(4, ("x",)), Post(5)) == Mark(5, (short("5"),))
    assert after(BY_PK, Mark(), Post(5)) == Mark(5, (short("5"),))
    assert after(BY_SECOND, Mark(4, ("x",)), Post(5, 4)) == Mark(4, (short("5"), "x"))
    assert after(BY_IDS, Mark(None, ("x",)), Post(5)) == Mark(None, (short("5"), "x"))
    undated = evolve(BY_SECOND, axis=lambda post: None)
    assert after(undated, Mark(4, ("x",)), Post(5)) == Mark(4, (short("5"), "x"))


def test_of_a_number_all_are_remembered_and_without_numbers_the_last_hundred() -> None:
    dated, unnumbered = Mark(4), Mark()
    for number in range(150):
        dated = after(BY_SECOND, dated, Post(number, 4))
        unnumbered = after(BY_IDS, unnumbered, Post(number))
    assert len(dated.known) == 150
    assert unnumbered.known == tuple(short(str(number)) for number in range(149, 49, -1))
