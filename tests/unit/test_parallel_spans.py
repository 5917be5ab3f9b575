"""`media_search` in parallel: spans of seven days at once, by seconds."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async import Media
from instagram_async.paging import Listing, WindowedPager
from instagram_async.v1.cursors import TIME_SPANS
from tests.support.square import WEEK, Square, taken
from tests.support.virtual import run

NOW = 1_442_000_000


def windowed(square: Square, count: int | None, **bounds: int) -> WindowedPager[Media]:
    given = tuple((name, str(value)) for name, value in bounds.items())
    size = () if count is None else (("count", str(count)),)
    listing = Listing("GET media/search", "media/search", given, size, Media, TIME_SPANS, True)
    return WindowedPager(listing, square.send, lambda: float(square.now))


async def read(parallel: Any) -> tuple[list[Media], Any]:
    async with parallel as items:
        return [item async for item in items], items.report


@given(
    st.lists(st.sampled_from((0, 0, 1, 60, 86_400, WEEK, 10 * WEEK)), max_size=60),
    st.integers(6, 12), st.integers(1, 8), st.booleans(), st.booleans(),
    st.lists(st.integers(0, 30), max_size=3),
)  # fmt: skip
def test_it_gives_what_the_plain_walk_gives(
    gaps: list[int], count: int, n: int, ordered: bool, bounded: bool, steps: list[int]
) -> None:
    second, media = NOW, list[Media]()
    for pk, gap in enumerate(gaps):
        second -= gap
        if [one.created_time.timestamp() for one in media].count(second) < count - 2:
            media.append(taken(1000 - pk, second))
    square = Square(media, NOW)
    bounds = {"min_timestamp": second + 1, "max_timestamp": NOW - 1} if bounded else {}

    async def scenario() -> tuple[list[Media], list[Media]]:
        made = windowed(square, count, **bounds)
        low, high = (second + 1, NOW - 1) if bounded else (NOW - 5 * 86_400, NOW)
        plain = [one for one in media if low <= one.created_time.timestamp() <= high]
        got: list[Media] = []
        place = None
        for step in [*steps, 100]:
            at = made if place is None else made.resume(place)
            async with at.parallel(n, ordered) as items:
                for _ in range(step):
                    one = await anext(items, None)
                    if one is None:
                        break
                    got.append(one)
                place = items.checkpoint
        return got, sorted(plain, key=lambda one: (one.created_time, one.id), reverse=True)

    got, plain = run(scenario())
    if ordered:
        assert got == plain
    assert sorted(one.id for one in got) == sorted(one.id for one in plain)


def test_weeks_are_read_at_once() -> None:
    dice = Random(1)
    media = [taken(pk, NOW - dice.randrange(52 * WEEK)) for pk in range(300)]
    square = Square(media, NOW)
    made = windowed(square, 20, min_timestamp=NOW - 52 * WEEK, max_timestamp=NOW)
    got, report = run(read(made.parallel(16)))
    assert report.complete
    square.asked.clear()
    assert got == run(made.collect())
    assert report.requests <= 1.2 * len(square.asked)


@pytest.mark.parametrize("ordered", [True, False])
def test_a_span_that_the_present_fixes_is_the_same_after_a_resume(ordered: bool) -> None:
    media = [taken(pk, NOW - pk * 3600) for pk in range(1, 200)]
    square = Square(media, NOW)

    async def scenario() -> list[str]:
        async with windowed(square, 10).parallel(4, ordered) as items:
            first = [await anext(items) for _ in range(25)]
            place = items.checkpoint
        square.now += WEEK
        rest, _ = await read(windowed(square, 10).resume(place).parallel(4, ordered))
        return [one.id for one in [*first, *rest]]

    wanted = [one.id for one in media if one.created_time.timestamp() >= NOW - 5 * 86_400]
    assert sorted(run(scenario())) == sorted(wanted)


@pytest.mark.parametrize("step", range(1, 6))
def test_what_was_given_of_a_range_is_in_none_that_is_cut_off_it_later(step: int) -> None:
    media = [taken(pk, NOW - pk * 10 * WEEK) for pk in range(1, 6)]
    made = windowed(Square(media, NOW), 10, min_timestamp=NOW - 60 * WEEK, max_timestamp=NOW)

    async def scenario() -> list[str]:
        async with made.parallel(2, ordered=False) as items:
            first = [await anext(items) for _ in range(step)]
            place = items.checkpoint
        rest, _ = await read(made.resume(place).parallel(8, ordered=False))
        return [one.id for one in [*first, *rest]]

    assert sorted(run(scenario())) == sorted(one.id for one in media)
