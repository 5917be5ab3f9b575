"""Paging by time: what lies in the span is given once, whatever the pages look like."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instagram_async import Media, Pager, PagingError, ResponseError, Unreadable
from instagram_async.paging import ListReply
from instagram_async.paging.cursor import Limit, Step
from instagram_async.quota import ServerQuota
from instagram_async.v1.timespans import TimeSpans, seconds
from tests.support.square import WEEK, Square, taken

DAY = 86_400
RULE = TimeSpans()


def found(*items: Media | Unreadable) -> ListReply[Media]:
    return ListReply(items, {}, ServerQuota())


def step(cursor: str | None, *items: Media | Unreadable, size: int | None = None) -> Step:
    return RULE.following((), size, cursor, found(*items))


def asked(cursor: str | None) -> tuple[int, int]:
    params = dict(RULE.request((("lat", "1"),), cursor))
    return int(params["min_timestamp"]), int(params["max_timestamp"])


def begun(oldest: int, newest: int) -> str:
    cursor = RULE.begin((("min_timestamp", str(oldest)), ("max_timestamp", str(newest))), 0, None)
    assert cursor is not None
    return cursor


def test_the_span_is_fixed_when_it_is_begun() -> None:
    assert asked(RULE.begin((), 1000 * DAY + 0.9, None)) == (995 * DAY, 1000 * DAY)
    assert asked(RULE.begin((("max_timestamp", str(9 * DAY)),), 0, None)) == (4 * DAY, 9 * DAY)
    assert asked(RULE.begin((("min_timestamp", str(8 * DAY)),), 9 * DAY, None)) == (
        8 * DAY,
        9 * DAY,
    )
    assert RULE.begin((("min_timestamp", "9"),), 8.0, None) is None


def test_a_span_without_bounds_goes_back_to_what_is_known() -> None:
    assert asked(RULE.begin((), 3 * DAY, DAY)) == (DAY, 3 * DAY)
    assert asked(RULE.begin((("min_timestamp", "5"),), 3 * DAY, DAY)) == (5, 3 * DAY)


def test_a_request_spans_a_week_at_most_and_keeps_the_other_parameters() -> None:
    cursor = begun(0, 30 * DAY)
    params = (("lat", "1"), ("min_timestamp", "0"), ("max_timestamp", "5"))
    assert RULE.request(params, cursor) == (
        ("lat", "1"),
        ("min_timestamp", str(23 * DAY)),
        ("max_timestamp", str(30 * DAY)),
    )
    assert RULE.request(params, None) == params


def test_the_oldest_second_is_asked_for_again() -> None:
    following, anomaly = step(begun(0, 100), taken(3, 90), taken(2, 80), taken(1, 80))
    assert (asked(following), anomaly) == ((0, 80), None)
    assert following is not None
    assert [RULE.is_behind(following, name) for name in ("1_9@80", "2_9@80", "3_9@90")] == [
        True,
        True,
        False,
    ]


def test_a_second_longer_than_a_page_is_read_as_far_as_it_goes() -> None:
    cursor = begun(0, 100)
    first, _ = step(cursor, taken(3, 100), taken(2, 100), size=2)
    assert asked(first) == (0, 100)
    again, _ = step(first, taken(3, 100), taken(1, 100), size=2)
    assert again is not None
    assert RULE.is_behind(again, "1_9@100")
    assert RULE.is_behind(again, "2_9@100")
    below, anomaly = step(again, taken(3, 100), taken(1, 100), size=2)
    assert (asked(below), anomaly) == ((0, 99), "second_overflow")
    quiet, anomaly = step(again, taken(3, 100), size=2)
    assert (asked(quiet), anomaly) == ((0, 99), None)


@pytest.mark.parametrize(("size", "full"), [(None, 20), (33, 33), (500, 100)])
def test_what_a_full_page_is(size: int | None, full: int) -> None:
    media = [taken(pk, 100) for pk in range(full)]
    cursor, _ = step(begun(0, 100), *media, size=size)
    assert step(cursor, *media, size=size).anomaly == "second_overflow"
    assert step(cursor, *media[1:], size=size).anomaly is None


def test_an_empty_page_ends_the_span_and_not_the_walk() -> None:
    following, anomaly = step(begun(0, 8 * DAY))
    assert (asked(following), anomaly) == ((0, DAY - 1), None)
    assert step(following) == Step(None)


def test_a_server_that_looks_elsewhere_is_asked_once_more() -> None:
    cursor = begun(0, 100)
    again, anomaly = step(cursor, taken(9, 500))
    assert (asked(again), anomaly) == ((0, 100), "bounds_ignored")
    assert again != cursor
    assert step(again, taken(9, 500), size=1) == Step(again, "bounds_ignored")
    assert step(again, taken(9, 500)) == Step(None, "bounds_ignored")
    following, anomaly = step(again, taken(1, 50))
    assert (asked(following), anomaly) == ((0, 50), None)


def test_the_bounds_of_a_page() -> None:
    assert RULE.limits((), begun(5, 100)) == (Limit(seconds, 5, True), Limit(seconds, 100, False))
    assert RULE.limits((), None) == ()


def test_a_walk_without_a_span_is_one_request() -> None:
    assert step(None, taken(1, 5)) == Step(None)


def test_a_place_behind_an_item_is_its_second_and_what_was_given_of_it() -> None:
    cursor = begun(0, 100)
    names = ("4_9@90", "3_9@80", "2_9@80", "1_9@70")
    behind = RULE.behind(cursor, names, 2)
    assert asked(behind) == (0, 80)
    assert behind is not None
    assert [RULE.is_behind(behind, name) for name in names] == [False, True, False, False]
    further = RULE.behind(behind, ("2_9@80", "1_9@70"), 1)
    assert further is not None
    assert [RULE.is_behind(further, name) for name in names] == [False, True, True, False]


def test_a_page_out_of_order_names_no_place() -> None:
    assert RULE.behind(begun(0, 100), ("1_9@70", "4_9@90"), 1) is None
    assert RULE.behind(None, ("1_9@70",), 1) is None


def test_what_is_no_cursor() -> None:
    with pytest.raises(ValueError, match="not a cursor of a span"):
        RULE.request((), "64_9")


def bad(raw: object) -> Unreadable:
    return Unreadable("data[0].user", "expected an object", raw)


@pytest.mark.parametrize("created", ["80", 80])
def test_what_can_not_be_read_may_still_say_when(created: object) -> None:
    broken = bad({"id": "1_9", "created_time": created})
    following, _ = step(begun(0, 100), taken(2, 90), broken)
    assert asked(following) == (0, 80)
    assert asked(step(following, broken).cursor) == (0, 79)


def test_what_says_nothing_is_met_once() -> None:
    broken = bad({"id": "1_9", "created_time": "yesterday"})
    square = Square([taken(3, 100), taken(2, 90)], now=100, broken=(broken,))
    items = aiter(square.pager())

    async def walk() -> tuple[list[str], int]:
        given: list[str] = []
        errors = 0
        while True:
            try:
                media = await anext(items, None)
            except ResponseError:
                errors += 1
                continue
            if media is None:
                return given, errors
            given.append(media.id)

    assert asyncio.run(walk()) == (["3_9", "2_9"], 1)


def test_a_full_page_without_a_date_is_asked_for_again() -> None:
    broken = bad({"created_time": "yesterday"})
    again, anomaly = step(begun(0, 100), broken, size=1)
    assert (asked(again), anomaly) == ((0, 100), "undated_page")


async def test_a_server_deaf_to_bounds_ends_in_an_error_and_not_in_a_loop() -> None:
    square = Square([taken(pk, 1000 + pk) for pk in range(40)], now=2000, deaf=True)
    given: list[str] = []
    items = aiter(square.pager())
    with pytest.raises(PagingError) as caught:
        while True:
            given.append((await anext(items)).id)
    assert caught.value.kind == "cycle"
    assert len(given) == len(set(given)) == 20
    assert len(square.asked) <= 4
    assert items.report.anomalies["bounds_ignored"] >= 1


async def test_a_server_deaf_to_bounds_that_has_shown_all_it_has() -> None:
    square = Square([taken(pk, 1000 + pk) for pk in range(5)], now=2000, deaf=True)
    items = aiter(square.pager())
    assert len([media async for media in items]) == 5
    assert items.report.anomalies["bounds_ignored"] == 2
    assert len(square.asked) == 3


moments = st.lists(st.integers(0, 60 * DAY), max_size=60).flatmap(
    lambda picked: st.lists(st.sampled_from(picked or [5]), max_size=80)
)


@settings(max_examples=150)
@given(moments, st.integers(8, 40), st.sets(st.integers(0, 80), max_size=10))
def test_everything_in_the_span_once(times: list[int], count: int, unseen: set[int]) -> None:
    crowd = Counter(times)
    media = [taken(pk, second) for pk, second in enumerate(times) if crowd[second] <= count]
    hidden = {f"{pk}_9" for pk in unseen}
    square = Square(media, now=60 * DAY, hidden=hidden)

    async def walk() -> tuple[list[Media], bool]:
        items = aiter(square.pager(count, min_timestamp=0, max_timestamp=60 * DAY))
        return [one async for one in items], items.report.complete

    given, complete = asyncio.run(walk())
    assert complete
    ids = [one.id for one in given]
    assert len(ids) == len(set(ids))
    if not hidden:
        assert set(ids) == {one.id for one in media}
        assert [one.created_time for one in given] == sorted(
            (one.created_time for one in media), reverse=True
        )
    spans = [(int(each["min_timestamp"]), int(each["max_timestamp"])) for each in square.asked]
    assert all(newest - oldest <= WEEK for oldest, newest in spans)


@settings(max_examples=150)
@given(
    st.lists(st.integers(0, 20 * DAY), max_size=50, unique=True),
    st.lists(st.tuples(st.integers(2, 25), st.integers(0, 20)), max_size=4),
    st.data(),
)
def test_resuming(times: list[int], parts: list[tuple[int, int]], data: st.DataObject) -> None:
    """Stop anywhere, post and delete, resume with another page size, several times."""
    square = Square([taken(pk, second) for pk, second in enumerate(times)], now=20 * DAY)
    always = {one.id for one in square.media}
    seen: list[str] = []
    saved: str | None = None

    async def part(pages: Pager[Media], stop: int) -> str:
        items = aiter(pages)
        left = stop
        while left and (one := await anext(items, None)) is not None:
            seen.append(one.id)
            left -= 1
        return items.checkpoint

    for run, (count, stop) in enumerate([*parts, (7, 1000)]):
        pages = square.pager(count, min_timestamp=0, max_timestamp=20 * DAY)
        saved = asyncio.run(part(pages if saved is None else pages.resume(saved), stop))
        gone = data.draw(st.sets(st.sampled_from(sorted(always)), max_size=5)) if always else set()
        always -= gone
        square.media = [one for one in square.media if one.id not in gone]
        late = data.draw(st.integers(0, 20 * DAY))
        square.media.append(taken(1000 + run, late))
    assert len(seen) == len(set(seen))
    assert always <= set(seen)
