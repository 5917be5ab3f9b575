"""Counting a listing's items before it is read in parallel: when, and beside what."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from random import Random
from typing import Any

import pytest

from instagram_async import Listing, ServerError
from instagram_async.paging import ListReply, WindowedPager
from instagram_async.paging.checkpoint import START
from instagram_async.paging.page import Report
from instagram_async.paging.reading import Reading
from instagram_async.paging.windows import Windows
from instagram_async.paging.workers import Workers
from instagram_async.quota import ServerQuota
from instagram_async.transport import Pairs, Tally
from tests.support.lists import OWN_ID, Post, listing
from tests.support.timelines import DATED, Timeline
from tests.support.virtual import run
from tests.support.windowed import PAGE, pager, read, timeline

UNSIZED: Listing[Post] = Listing("GET things/{id}", "things/7", (), (), Post, OWN_ID)


async def empty(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
    return ListReply((), {}, ServerQuota())


def counts(
    read: Listing[Post], limit: int | None = None, place: str | None = None, *, ordered: bool = True
) -> bool:
    """Whether the items of a listing are counted."""
    asked: list[str] = []

    async def count(listing: Listing[Any], tally: Tally) -> int | None:
        asked.append(listing.operation)
        return None

    async def scenario() -> None:
        made = WindowedPager(read, empty, count=count)
        made = made if limit is None else made.limit(limit)
        made = made if place is None else made.resume(place)
        async with made.parallel(4, ordered) as items:
            assert await anext(items, None) is None

    run(scenario())
    return bool(asked)


@pytest.mark.parametrize("ordered", [True, False])
def test_all_of_a_listing_is_counted_and_no_part_of_it(ordered: bool) -> None:
    whole = listing(OWN_ID, PAGE)
    assert counts(whole, ordered=ordered)
    assert not counts(listing(OWN_ID, PAGE, min_timestamp=5), ordered=ordered)
    start = aiter(WindowedPager(whole, empty)).checkpoint
    assert counts(whole, place=start, ordered=ordered)
    behind = start.replace("null", '"7"')
    assert not counts(whole, place=behind, ordered=ordered)


@pytest.mark.parametrize(
    ("read", "most"), [(listing(OWN_ID, PAGE), 5 * PAGE), (UNSIZED, 100)], ids=["sized", "unsized"]
)
def test_five_pages_are_not_worth_counting(read: Listing[Post], most: int) -> None:
    assert [counts(read, limit) for limit in (1, most // 2, most, most + 1)] == [
        False, False, False, True,
    ]  # fmt: skip


def slow_to_count(made: Timeline, number: int | None) -> WindowedPager[Post]:
    """A pager whose items are counted in five times as long as a page takes."""

    async def count(listing: Listing[Any], tally: Tally) -> int | None:
        tally.requests += 1
        await asyncio.sleep(5)
        return number

    return WindowedPager(listing(DATED, PAGE), made.send, count=count)


@pytest.mark.parametrize("n", [1, 2, 4])
@pytest.mark.parametrize("ordered", [True, False])
def test_counting_is_one_request_beside_all_others(n: int, ordered: bool) -> None:
    made = timeline(600)

    async def scenario() -> None:
        clock = asyncio.get_running_loop().time
        began = clock()
        async with slow_to_count(made, 600).parallel(n, ordered) as items:
            await anext(items)
            assert clock() - began < 2
            await asyncio.sleep(2)
            assert made.most == 1  # nothing is cut before
            assert len([item async for item in items]) == 599

    run(scenario())
    assert made.most == n


def test_a_count_that_says_nothing_was_one_request_to_waste() -> None:
    for number in range(0, 5 * PAGE, 5):
        made = timeline(number)

        async def count(listing: Listing[Any], tally: Tally) -> int | None:
            tally.requests += 1
            return None

        counted = WindowedPager(listing(DATED, PAGE), made.send, count=count)
        _, report, _ = run(read(counted.parallel(16)))
        _, walked, _ = run(read(pager(timeline(number)).ahead()))
        assert report.requests <= walked.requests + 2


def test_as_soon_as_the_count_is_there_all_readers_are_sent() -> None:
    made, known = timeline(2_000), asyncio.Event()

    async def count(listing: Listing[Any], tally: Tally) -> int | None:
        await known.wait()
        return 2_000

    async def scenario() -> None:
        counted = WindowedPager(listing(DATED, PAGE), made.send, count=count)
        async with counted.parallel(8) as items:
            await anext(items)
            known.set()
            for _ in range(5):
                await asyncio.sleep(0)
            assert made.under_way == 8

    run(scenario())


@pytest.mark.parametrize("ordered", [True, False])
def test_requests_whose_window_was_given_up_are_under_way_all_the_same(ordered: bool) -> None:
    made = timeline(1_000, times="no")
    made.dice = Random(2)
    got, _, _ = run(read(pager(made).parallel(8, ordered)))
    assert len(got) == 1_000
    assert made.most == 8


def test_who_counts_in_vain_says_so_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    made = timeline(10)

    async def count(listing: Listing[Any], tally: Tally) -> int | None:
        raise ServerError("HTTP 502", "GET things/{id}", 502)

    counted = WindowedPager(listing(DATED, PAGE), made.send, count=count)
    with caplog.at_level(logging.DEBUG, "instagram_async.paging"):
        run(read(counted.parallel(2)))
    told = [record.getMessage() for record in caplog.records]
    assert told[0].startswith("nobody says how many items there are: GET things/{id}: HTTP 502")


def test_oddities_of_the_pages_and_of_what_is_made_of_them_are_told_together() -> None:
    read = listing(OWN_ID, PAGE)
    reading = Reading(read, START, Windows(4), 0.0)
    reading.readers.anomalies = Counter(cycle=1, disorder=2)
    workers: Workers[Post] = Workers(reading, empty, None, Tally())
    told = workers.account(Report(anomalies={"cycle": 1, "empty_page": 1}))
    assert told.anomalies == {"cycle": 2, "disorder": 2, "empty_page": 1}
