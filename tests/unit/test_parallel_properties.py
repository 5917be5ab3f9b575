"""Whatever the timeline and the server: `parallel` gives what the plain walk gives."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from instagram_async import ServerError
from instagram_async.paging import WindowedPager
from tests.support.lists import OWN_ID, Post, listing
from tests.support.timelines import DATED, NOW, Heeds, Timeline
from tests.support.virtual import run

_GAPS = (0, 0, 0, 1, 1, 2, 60, 86_400, 30_000_000)  # seconds between two posts


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Ties in a second, gaps of a year, and servers that heed bounds as they like."""
    gaps = draw(
        st.lists(st.sampled_from(_GAPS), min_size=draw(st.sampled_from((0, 40))), max_size=90)
    )
    step = draw(st.integers(1, 9))
    second, pk, posts = NOW, 1_000_000, []
    for gap in gaps:
        second, pk = second - gap, pk - step
        posts.append(Post(pk, second))
    heeds: st.SearchStrategy[Heeds] = st.sampled_from(("inclusive", "exclusive", "no"))
    dice = Random(draw(st.integers(0, 999)))
    return Timeline(posts[::-1], times=draw(heeds), ids=draw(heeds), trip=1.0, dice=dice)


def pager(
    timeline: Timeline, count: int, *, is_counted: bool, **bounds: int
) -> WindowedPager[Post]:
    rule = DATED if timeline.dice.random() < 0.5 else OWN_ID
    number = timeline.count if is_counted else None
    return WindowedPager(listing(rule, count, **bounds), timeline.send, count=number)


async def read(made: Any) -> tuple[list[Post], Any]:
    async with made as items:
        return [item async for item in items], items.report


@given(
    timelines(), st.integers(1, 4), st.integers(1, 8), st.integers(1, 60), st.booleans(),
    st.one_of(st.none(), st.integers(0, 100)),
)  # fmt: skip
def test_an_ordered_read_is_the_plain_walk(
    timeline: Timeline, count: int, n: int, buffer: int, is_counted: bool, limit: int | None
) -> None:
    made = pager(timeline, count, is_counted=is_counted)
    made = made if limit is None else made.limit(limit)
    got, report = run(read(made.parallel(n, buffer=buffer)))
    wanted = timeline.posts[::-1][:limit]
    assert got == wanted
    assert timeline.most <= n + is_counted
    assert report.items == len(wanted)
    assert len(timeline.asked) <= report.requests <= len(timeline.asked) + is_counted
    if limit is None:
        assert report.complete


@given(
    timelines(), st.integers(1, 4), st.integers(1, 8), st.booleans(),
    st.one_of(st.none(), st.integers(0, 100)),
)  # fmt: skip
def test_an_unordered_read_gives_each_once(
    timeline: Timeline, count: int, n: int, is_counted: bool, limit: int | None
) -> None:
    made = pager(timeline, count, is_counted=is_counted)
    made = made if limit is None else made.limit(limit)
    got, report = run(read(made.parallel(n, ordered=False)))
    assert len(set(got)) == len(got)
    if limit is None:
        assert sorted(got, key=lambda post: -post.pk) == timeline.posts[::-1]
        assert report.complete
    else:
        assert len(got) == min(limit, len(timeline.posts))
        assert set(got) <= set(timeline.posts)


@given(
    timelines(), st.integers(1, 4), st.integers(1, 8), st.integers(1, 60), st.booleans(),
    st.lists(st.integers(0, 40), min_size=1, max_size=4), st.data(),
)  # fmt: skip
def test_reads_go_on_from_each_others_checkpoints(
    timeline: Timeline, count: int, n: int, buffer: int, ordered: bool, steps: list[int],
    data: st.DataObject,
) -> None:  # fmt: skip
    """What was there all along is given once, whoever reads, whatever is posted or deleted."""

    async def scenario() -> tuple[list[Post], set[Post]]:
        made = pager(timeline, count, is_counted=False)
        stays, place = set(timeline.posts), None
        got: list[Post] = []
        for number, step in enumerate([*steps, 1000]):
            at = made if place is None else made.resume(place)
            plain = ordered and data.draw(st.booleans())
            if plain:
                items = aiter(at)
                place = await some(items, step, got)
            else:
                async with at.parallel(n, ordered, buffer) as items:
                    place = await some(items, step, got)
            if number < len(steps) and timeline.posts:
                gone = data.draw(st.sampled_from(timeline.posts))
                stays.discard(gone)
                newest = max(timeline.posts, key=lambda post: post.pk)
                new = Post(newest.pk + 1, newest.second)
                timeline.replace({*timeline.posts, new} - {gone})
        return got, stays

    async def some(items: Any, step: int, got: list[Post]) -> str:
        for _ in range(step):
            post = await anext(items, None)
            if post is None:
                break
            got.append(post)
        place: str = items.checkpoint
        return place

    got, stays = run(scenario())
    assert len(set(got)) == len(got)
    assert stays <= set(got)


@given(
    timelines(), st.integers(1, 4), st.integers(1, 8), st.booleans(),
    st.lists(st.integers(0, 60), max_size=6, unique=True), st.booleans(),
)  # fmt: skip
def test_errors_and_cancelled_waits_lose_nothing(
    timeline: Timeline, count: int, n: int, ordered: bool, failing: list[int], impatient: bool
) -> None:
    def meddle(asked: dict[str, str]) -> None:
        if len(timeline.asked) in failing:
            raise ServerError("HTTP 502", "GET things/{id}", 502)

    timeline.meddle = meddle

    async def scenario() -> list[Post]:
        got: list[Post] = []
        async with pager(timeline, count, is_counted=True).parallel(n, ordered) as items:
            while True:
                try:
                    if impatient:
                        got.append(await asyncio.wait_for(anext(items), 0.3))
                    else:
                        got.append(await anext(items))
                except StopAsyncIteration:
                    return got
                except TimeoutError:
                    continue
                except ServerError as error:
                    assert error.checkpoint == items.checkpoint

    got = run(scenario())
    if ordered:
        assert got == timeline.posts[::-1]
    assert sorted(got, key=lambda post: -post.pk) == timeline.posts[::-1]
