"""Whatever the timing, failures, cancellations and early exits: what bulk reading promises."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from instagram_async import InstagramError, ResponseError, ServerError, bulk
from tests.support.hall import Hall, Shown, due, slowly
from tests.support.lists import NEXT_ID, OPAQUE, OWN_ID, Post
from tests.support.virtual import run

_SECONDS = st.sampled_from((0.0, 0.1, 1.0, 1.0, 1.2, 7.0))
_MISHAPS = st.sampled_from((None, None, None, "fail", "fault", "unreadable", "empty"))


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    shown: dict[str, Shown] = {}
    for number in range(draw(st.integers(0, 8))):
        key = f"{number}"
        pks = draw(st.sets(st.integers(1, 60), max_size=30))
        mishaps: list[Any] = draw(st.lists(_MISHAPS, max_size=6))
        for at, mishap in enumerate(mishaps):
            if mishap == "fail":
                mishaps[at] = ServerError("HTTP 502", f"{key} {at}", 502)
            if mishap == "fault":
                mishaps[at] = RuntimeError(f"{key} {at}")
        seconds = draw(st.lists(_SECONDS, max_size=6))
        posts = [Post(pk) for pk in pks]
        shown[key] = Shown(key, posts, draw(st.integers(1, 9)), seconds, mishaps)
    return Hall(shown)


def _told(shown: Shown) -> Iterator[Any]:
    """What a listing has to say: pks, pks in brackets that can't be read, and its last error."""
    pks = due(shown)
    at = 0
    while True:
        mishap = shown.mishaps[at] if at < len(shown.mishaps) else None
        if isinstance(mishap, Exception):
            yield mishap
            return
        here = pks[at * shown.count : (at + 1) * shown.count]
        if mishap == "unreadable" and here:
            yield [here.pop(0)]
        if mishap != "empty":
            yield from here
        at += 1
        if at * shown.count >= len(pks):
            return


def _as_told(item: Any) -> Any:
    if isinstance(item, ResponseError):
        return [item.raw["pk"]]
    return item if isinstance(item, InstagramError) else item.pk


async def _next(results: Any, patience: float | None) -> Any:
    """The next one, by somebody who tries again when his patience is over."""
    while True:
        try:
            async with asyncio.timeout(patience):
                return await anext(results)
        except TimeoutError:
            patience = None if patience is None else 2 * patience


@given(
    halls(),
    st.sampled_from((OWN_ID, NEXT_ID, OPAQUE)),
    st.integers(1, 6),
    st.sampled_from(("mapping", "pairs", "stream")),
    st.sampled_from((None, 0.05, 0.9)),
    st.lists(st.sampled_from((0.0, 0.0, 0.3, 3.0)), min_size=1, max_size=5),
    st.one_of(st.none(), st.integers(0, 60)),
)
def test_listings_come_in_order_each_item_once_each_failure_once(
    hall: Hall,
    rule: Any,
    concurrency: int,
    source: str,
    patience: float | None,
    work: list[float],
    leave: int | None,
) -> None:
    pagers = {key: hall.pager(key, rule) for key in hall.shown}
    listings: Any = {
        "mapping": pagers,
        "pairs": iter(pagers.items()),
        "stream": slowly(pagers.items(), 0.4),
    }[source]
    got: dict[str, list[Any]] = {key: [] for key in pagers}
    steps = 0
    is_all = False

    async def scenario() -> None:
        nonlocal steps, is_all
        async with bulk.merge(listings, concurrency=concurrency) as results:
            while steps != leave:
                try:
                    key, item = await _next(results, patience)
                except StopAsyncIteration:
                    is_all = True
                    break
                except RuntimeError as error:
                    got[str(error).partition(" ")[0]].append(error)
                else:
                    got[key].append(_as_told(item))
                    if not isinstance(item, InstagramError) or isinstance(item, ResponseError):
                        hall.gave(key)
                        assert results.report.items + results.report.unreadable == sum(
                            not isinstance(one, Exception) for told in got.values() for one in told
                        )
                    if isinstance(item, InstagramError):
                        assert item.checkpoint == results.checkpoint(key)
                steps += 1
                await asyncio.sleep(work[steps % len(work)])
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert hall.most <= concurrency
        for key, shown in hall.shown.items():
            told = list(_told(shown))
            assert got[key] == (told if is_all else told[: len(got[key])])
        if is_all:
            assert results.report.listings == len(pagers)
            assert results.report.over + results.report.failed == len(pagers)
        await _rest(results, hall, rule, got)

    run(scenario())


async def _rest(results: Any, hall: Hall, rule: Any, got: dict[str, list[Any]]) -> None:
    """From its checkpoint on, each listing has what it did not give."""
    for key, shown in hall.shown.items():
        seen = [one for one in got[key] if not isinstance(one, Exception)]
        empty = {
            pk
            for at, mishap in enumerate(shown.mishaps[: shown.requests])
            if mishap == "empty"
            for pk in due(shown)[at * shown.count : (at + 1) * shown.count]
        }
        if not seen:
            continue
        shown.mishaps.clear()
        rest = await hall.pager(key, rule).resume(results.checkpoint(key)).collect()
        pks = [one[0] if isinstance(one, list) else one for one in seen]
        again = [post.pk for post in rest]
        missed = set(due(shown)) - set(pks) - set(again)
        assert missed <= empty
        assert not set(pks) & set(again) - _blind(seen)


def _blind(seen: list[Any]) -> set[int]:
    """What could not be read is not known again."""
    return {one[0] for one in seen if isinstance(one, list)}


@given(halls(), st.integers(1, 5), st.lists(st.sampled_from((0.0, 0.3, 3.0)), min_size=1))
def test_of_those_that_have_a_page_at_hand_who_got_least_goes_first(
    hall: Hall, concurrency: int, work: list[float]
) -> None:
    for shown in hall.shown.values():
        shown.mishaps.clear()
    # After how many items of a listing another page of it begins, and who had which then.
    begun = dict.fromkeys(hall.shown, 0)

    async def scenario() -> None:
        async with bulk.merge(hall.pagers(), concurrency=concurrency) as results:
            steps = 0
            async for key, _ in results:
                shown = hall.shown[key]
                if shown.given == begun[key]:  # the first of a page
                    for other in hall.shown.values():
                        if other.held and other.key != key:
                            assert other.given >= shown.given
                    begun[key] = next(end for end in shown.ends if end > shown.given)
                hall.gave(key)
                steps += 1
                await asyncio.sleep(work[steps % len(work)])

    run(scenario())


@given(
    st.lists(st.tuples(_SECONDS, st.sampled_from(("fine", "fine", "fail", "fault"))), max_size=30),
    st.integers(1, 6),
    st.booleans(),
    st.sampled_from((None, 0.05, 0.9)),
    st.lists(st.sampled_from((0.0, 0.3, 3.0)), min_size=1, max_size=5),
    st.one_of(st.none(), st.integers(0, 30)),
)
def test_objects_come_once_each_failure_once(
    calls: list[tuple[float, str]],
    concurrency: int,
    is_async: bool,
    patience: float | None,
    work: list[float],
    leave: int | None,
) -> None:
    started = 0
    got: dict[int, str] = {}
    is_all = False

    async def call(one: int) -> int:
        nonlocal started
        started += 1
        assert started - len(got) <= concurrency
        seconds, fate = calls[one]
        await asyncio.sleep(seconds)
        if fate == "fail":
            raise ServerError("HTTP 502", f"{one}", 502)
        if fate == "fault":
            raise RuntimeError(f"{one}")
        return one

    async def scenario() -> None:
        nonlocal is_all
        ids: Any = slowly(range(len(calls)), 0.4) if is_async else range(len(calls))
        async with bulk.fetch(call, ids, concurrency=concurrency) as results:
            while len(got) != leave:
                try:
                    one, outcome = await _next(results, patience)
                except StopAsyncIteration:
                    is_all = True
                    break
                except RuntimeError as error:
                    one, fate = int(str(error)), "fault"
                else:
                    fate = "fail" if isinstance(outcome, ServerError) else "fine"
                    assert fate == "fail" or outcome == one
                assert one not in got
                got[one] = fate
                await asyncio.sleep(work[len(got) % len(work)])
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert got.items() <= {one: fate for one, (_, fate) in enumerate(calls)}.items()
        assert len(got) == len(calls) if is_all else len(got) == leave
        assert sum(results.report) == len(got)

    run(scenario())
