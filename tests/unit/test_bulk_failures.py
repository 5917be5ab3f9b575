"""Many listings at once: what fails is told once, and where each of them stands."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from instagram_async import InstagramError, Pager, ResponseError, ServerError, bulk
from tests.support.hall import (
    SOURCES,
    Source,
    as_mapping,
    as_pairs,
    due,
    hall,
    read,
    slowly,
)
from tests.support.lists import OPAQUE, OWN_ID, Post
from tests.support.virtual import run

FAILURE = ServerError("HTTP 502", "GET things/{id}", 502)


@SOURCES
def test_a_failure_is_told_once_and_stops_no_other(source: Source) -> None:
    shown = hall(5, 3)
    shown.shown["2"].mishaps = [None, FAILURE]

    async def scenario() -> None:
        async with bulk.merge(source(shown), concurrency=3) as results:
            got = await read(results, shown)
        failed = got.pop("2")
        assert failed == [*due(shown.shown["2"])[:20], FAILURE]
        assert got == {key: due(one) for key, one in shown.shown.items() if key != "2"}
        assert FAILURE.checkpoint == results.checkpoint("2")
        rest = await shown.pager("2").resume(results.checkpoint("2")).collect()
        assert [post.pk for post in rest] == due(shown.shown["2"])[20:]
        assert results.report == bulk.MergeReport(
            listings=5, over=4, failed=1, items=4 * 60 + 20, pages=13, requests=14
        )

    run(scenario())


def test_an_unreadable_item_is_told_at_its_place_and_ends_nothing() -> None:
    shown = hall(2, 2)
    shown.shown["1"].mishaps = [None, "unreadable"]

    async def scenario() -> None:
        async with bulk.merge(shown.pagers()) as results:
            got = await read(results, shown)
        blind = got["1"][20]
        assert isinstance(blind, ResponseError)
        assert (blind.path, blind.raw) == ("data[0]", {"pk": 20})
        assert blind.checkpoint is not None
        assert got["1"][:20] + got["1"][21:] == [*range(40, 20, -1), *range(19, 0, -1)]
        assert (results.report.unreadable, results.report.over) == (1, 2)

    run(scenario())


def test_the_report_adds_up_what_was_odd() -> None:
    shown = hall(3, 3)
    shown.shown["0"].mishaps = shown.shown["2"].mishaps = ["empty"]
    posts = shown.shown["1"].posts
    posts[:] = [Post(pk) for pk in range(1, 60)]

    async def scenario() -> None:
        pagers = {**shown.pagers(), "1": shown.pager("1").limit(30)}
        async with bulk.merge(pagers, concurrency=2) as results:
            async for key, _ in results:
                shown.gave(key)
        assert results.report == bulk.MergeReport(
            listings=3, over=3, items=110, pages=8, requests=8, anomalies={"empty_page": 2}
        )

    run(scenario())


def test_what_is_no_error_of_ours_is_raised_and_the_others_go_on() -> None:
    shown = hall(3, 2)
    shown.shown["1"].mishaps = [None, RuntimeError("a fault of the program")]

    async def scenario() -> None:
        got = Counter[str]()
        async with bulk.merge(shown.pagers()) as results:
            with pytest.raises(RuntimeError, match="a fault of the program"):
                async for key, _ in results:
                    got[key] += 1
            async for key, _ in results:
                got[key] += 1
        assert got == {"0": 40, "1": 20, "2": 40}
        assert results.report.failed == 1

    run(scenario())


@pytest.mark.parametrize("is_async", [False, True])
def test_what_the_source_raises_comes_behind_what_it_gave(is_async: bool) -> None:
    shown = hall(3, 2)

    def broken() -> Iterator[tuple[str, Pager[Post]]]:
        yield from shown.pagers().items()
        raise OSError("the database went away")

    async def scenario() -> None:
        source: Any = slowly(broken()) if is_async else broken()
        got = Counter[str]()
        async with bulk.merge(source) as results:
            with pytest.raises(OSError, match="the database went away"):
                async for key, _ in results:
                    got[key] += 1
            with pytest.raises(StopAsyncIteration):
                await anext(results)
        assert got == {"0": 40, "1": 40, "2": 40}

    run(scenario())


async def test_two_at_once_can_t_have_the_same_key() -> None:
    shown = hall(1, 2, seconds=0)
    async with bulk.merge([("0", shown.pager("0")), ("0", shown.pager("0"))]) as results:
        with pytest.raises(ValueError, match="two listings at once have the key '0'"):
            _ = [item async for item in results]
    assert results.report.items == 40


def test_a_listing_that_failed_may_come_again_by_the_source() -> None:
    shown = hall(2, 3)
    shown.shown["1"].mishaps = [None, FAILURE, None]

    async def scenario() -> None:
        jobs: asyncio.Queue[tuple[str, Pager[Post]] | None] = asyncio.Queue()
        for pair in shown.pagers().items():
            jobs.put_nowait(pair)

        async def source() -> AsyncIterator[tuple[str, Pager[Post]]]:
            while (pair := await jobs.get()) is not None:
                yield pair

        got: dict[str, list[int]] = {"0": [], "1": []}
        async with bulk.merge(source()) as results:
            async for key, item in results:
                if isinstance(item, InstagramError):
                    jobs.put_nowait((key, shown.pager(key).resume(item.checkpoint or "")))
                    jobs.put_nowait(None)
                else:
                    got[key].append(item.pk)
        assert got == {key: due(one) for key, one in shown.shown.items()}
        assert (results.report.listings, results.report.failed) == (3, 1)

    run(scenario())


@pytest.mark.parametrize("rule", [OWN_ID, OPAQUE])
def test_each_listing_has_its_checkpoint_at_each_item(rule: Any) -> None:
    shown = hall(3, 2)

    async def scenario() -> None:
        got: dict[str, list[int]] = {key: [] for key in shown.shown}
        pagers = {key: shown.pager(key, rule) for key in shown.shown}
        async with bulk.merge(pagers, concurrency=2) as results:
            with pytest.raises(KeyError):
                results.checkpoint("0")
            for _ in range(90):
                key, item = await anext(results)
                assert isinstance(item, Post)
                got[key].append(item.pk)
                for at, seen in got.items():
                    if seen:
                        rest = await pagers[at].resume(results.checkpoint(at)).collect()
                        assert seen + [post.pk for post in rest] == due(shown.shown[at])
        for at, seen in got.items():  # the block is over, and they are still known
            rest = await pagers[at].resume(results.checkpoint(at)).collect()
            assert seen + [post.pk for post in rest] == due(shown.shown[at])

    run(scenario())


async def test_the_end_is_a_checkpoint_also_of_what_gave_nothing() -> None:
    shown = hall(2, 0, seconds=0)
    async with bulk.merge(shown.pagers()) as results:
        assert [item async for item in results] == []
    for key in shown.shown:
        assert await shown.pager(key).resume(results.checkpoint(key)).collect() == []
        assert shown.shown[key].requests == 1


async def test_of_a_source_the_latest_places_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("instagram_async.bulk.merged._KEPT", 3)
    shown = hall(5, 1, seconds=0)
    for source, known in ((as_mapping(shown), "01234"), (as_pairs(shown), "234")):
        async with bulk.merge(source, concurrency=1) as results:
            _ = [item async for item in results]
        for key in known:
            assert results.checkpoint(key)
        for key in set("01234") - set(known):
            with pytest.raises(KeyError):
                results.checkpoint(key)
