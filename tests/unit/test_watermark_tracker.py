"""What tells new items from old ones, one question at a time."""

from __future__ import annotations

from attrs import evolve

from instagram_async import Unreadable
from instagram_async.paging.checkpoint import Mark, Marks, short
from instagram_async.paging.watermark import WatermarkTracker
from tests.support.lists import NEXT_ID, OWN_ID, Post, second

BY_SECOND = evolve(OWN_ID, newest_first=True, axis=second)
BY_IDS = evolve(NEXT_ID, newest_first=True)
BAD = Unreadable("data[0].id", "expected str")


def at(moment: int, pk: int) -> Post:
    """A post of a time, whose number is no object that another post has, too."""
    return Post(pk, int(f"1442{moment:06}"))


def mark(moment: int, *pks: int) -> Mark:
    return Mark(at(moment, 0).second, tuple(short(str(pk)) for pk in pks))


def test_of_one_second_the_known_are_old() -> None:
    tracker = WatermarkTracker(BY_SECOND, Marks(mark(5, 1, 2)))
    assert tracker.is_old(at(5, 1), "1")
    assert not tracker.is_old(at(5, 3), "3")
    assert tracker.is_old(at(4, 3), "3")
    assert not tracker.is_old(at(6, 3), "3")


def test_what_has_no_number_is_told_by_its_name() -> None:
    undated = evolve(BY_SECOND, axis=lambda post: None)
    dated = WatermarkTracker(undated, Marks(Mark(5, (short("1"),))))
    assert [dated.is_old(Post(pk), str(pk)) for pk in (1, 2)] == [True, False]
    unnumbered = WatermarkTracker(BY_SECOND, Marks(Mark(None, (short("1"),))))
    assert [unnumbered.is_old(Post(pk, 3), str(pk)) for pk in (1, 2)] == [True, False]


def test_without_numbers_two_old_ones_end_a_walk() -> None:
    tracker = WatermarkTracker(BY_IDS, Marks(Mark(None, (short("2"), short("1")))))
    assert tracker.is_reached((Post(3), Post(2), Post(1)))
    assert not tracker.is_reached((Post(2), Post(3), Post(1)))


def test_all_of_the_newest_second_are_known_wherever_they_stand() -> None:
    tracker = WatermarkTracker(BY_SECOND, Marks())
    tracker.note((BAD, at(5, 1), at(5, 2)), ("bad", "1", "2"))
    tracker.note((at(5, 3), at(4, 4)), ("3", "4"))
    assert tracker.newest() == mark(5, 1, 2, 3)


def test_the_newest_is_the_newer_of_old_and_seen_or_both() -> None:
    def newest(old: Mark, seen: Mark) -> Mark | None:
        return WatermarkTracker(BY_SECOND, Marks(old, seen)).newest()

    assert newest(mark(5, 1), mark(6, 2)) == mark(6, 2)
    assert newest(mark(6, 1), mark(5, 2)) == mark(6, 1)
    assert newest(mark(5, 1), mark(5, 2)) == mark(5, 2, 1)
    assert newest(Mark(None, ("a",)), Mark(None, ("b",))) == Mark(None, ("b", "a"))
