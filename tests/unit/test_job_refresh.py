"""What is new of listings that are over: read once more, into the same ledger and sink."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from instagram_async import NotFoundError, ServerError, bulk
from instagram_async.testing import ManualClock
from tests.support.hall import due
from tests.support.jobs import Disk, FullDiskError, ListSink, asked, hall_of, job, once, shown
from tests.support.lists import OPAQUE
from tests.support.news import BY_PK, RULES, pagers, post

EACH_RULE = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@EACH_RULE
async def test_what_is_new_comes_behind_what_is_kept(tmp_path: Path, rule: Any) -> None:
    hall, disk = hall_of(shown("a", 23), shown("b", 0)), Disk()
    first = await once(tmp_path, disk, pagers(hall, rule), refresh=True)
    assert (first.over, first.items) == (2, 23)
    post(hall, "a", *range(24, 31))
    post(hall, "b", 1, 2)
    del hall.shown["a"].posts[3]
    assert (await once(tmp_path, disk, pagers(hall, rule))).requests == 0
    second = await once(tmp_path, disk, pagers(hall, rule), refresh=True)
    assert second == bulk.JobReport(2, 2, 0, 9, 3, 3, 0)
    assert disk.pks("a") == [*range(23, 0, -1), *range(30, 23, -1)]
    assert disk.pks("b") == [2, 1]


@EACH_RULE
async def test_with_nothing_new_it_costs_one_request_a_listing(tmp_path: Path, rule: Any) -> None:
    hall, disk = hall_of(shown("a", 23), shown("b", 0)), Disk()
    await once(tmp_path, disk, pagers(hall, rule))
    async with job(tmp_path, disk) as one:
        for _ in range(2):
            again = await one.run(pagers(hall, rule), refresh=True)
            assert again == bulk.JobReport(2, 2, 0, 0, 2, 2, 0)
    assert disk.pks("a") == due(hall.shown["a"])


@pytest.mark.parametrize("refresh", [True, False])
@EACH_RULE
async def test_a_refresh_that_was_killed_is_gone_on_with(
    tmp_path: Path, rule: Any, refresh: bool
) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()
    await once(tmp_path, disk, pagers(hall, rule))
    mark = job(tmp_path, disk).watermark("a")
    post(hall, "a", *range(24, 50))
    disk.fail = {"write": 2}
    with pytest.raises(FullDiskError):
        await once(tmp_path, disk, pagers(hall, rule), refresh=True)
    assert disk.pks("a")[23:33] == list(range(49, 39, -1))
    assert job(tmp_path, disk).watermark("a") == mark
    post(hall, "a", 50, 51)
    before = asked(hall)
    rest = await once(tmp_path, disk, pagers(hall, rule), refresh=refresh)
    assert (rest.over, rest.items) == (1, 16)
    assert asked(hall) - before == rest.requests <= 4
    assert job(tmp_path, disk).watermark("a") not in (mark, None)
    assert (await once(tmp_path, disk, pagers(hall, rule), refresh=True)).items == 2
    assert disk.pks("a") == [*range(23, 0, -1), *range(49, 23, -1), 51, 50]


@pytest.mark.parametrize("error", [ServerError("", "", 502), NotFoundError("", "", 404)])
async def test_a_refresh_that_fails_is_as_any_failure(tmp_path: Path, error: Any) -> None:
    hall, disk = hall_of(shown("a", 9)), Disk()
    await once(tmp_path, disk, pagers(hall))
    mark = job(tmp_path, disk).watermark("a")
    post(hall, "a", *range(10, 30))
    hall.shown["a"].mishaps = [None, None, error, None, error]
    passes = isinstance(error, ServerError)
    failed = await once(tmp_path, disk, pagers(hall), refresh=True)
    assert (failed.over, failed.failed, failed.items) == (0, 1, 0)
    assert job(tmp_path, disk).watermark("a") == mark
    again = await once(tmp_path, disk, pagers(hall), refresh=True, retry_failed=not passes)
    assert (again.over, again.failed, again.items) == (0, 1, 5)
    if not passes:
        assert (await once(tmp_path, disk, pagers(hall), refresh=True)).requests == 0
    rest = await once(tmp_path, disk, pagers(hall), retry_failed=not passes)
    assert (rest.over, rest.failed, rest.items) == (1, 0, 15)
    assert disk.pks("a") == [*range(9, 0, -1), *range(29, 9, -1)]


async def test_a_listing_that_was_over_by_its_limit_goes_on_and_is_then_refreshed(
    tmp_path: Path,
) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()
    assert (await once(tmp_path, disk, {"a": hall.pager("a", BY_PK).limit(7)})).over == 1
    assert job(tmp_path, disk).watermark("a") is None
    post(hall, "a", 24)
    assert (await once(tmp_path, disk, pagers(hall), refresh=True)).items == 16
    assert (await once(tmp_path, disk, pagers(hall), refresh=True)).items == 1
    assert disk.pks("a") == [*range(23, 0, -1), 24]
    limited = {"a": hall.pager("a", BY_PK).limit(24)}
    assert (await once(tmp_path, disk, limited)).requests == 0


async def test_a_pager_may_begin_at_a_watermark_or_a_checkpoint(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()
    async for page in hall.pager("a", BY_PK).pages():
        if page.items[-1].pk == 14:
            checkpoint = page.checkpoint
    items = aiter(hall.pager("a", BY_PK))
    assert len([item async for item in items]) == 23
    post(hall, "a", 24, 25)
    listings = {
        "resumed": hall.pager("a", BY_PK).resume(checkpoint),
        "since": hall.pager("a", BY_PK).since(items.watermark),
    }
    await once(tmp_path, disk, listings)
    post(hall, "a", 26)
    report = await once(tmp_path, disk, listings, refresh=True)
    assert report.requests == 2
    assert disk.pks("resumed") == [*range(13, 0, -1), 26, 25, 24]
    assert disk.pks("since") == [25, 24, 26]


async def test_one_that_is_given_twice_in_a_run_is_refreshed_once(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 9)), Disk()
    for expected in (2, 1):  # pages of the first read, and of a refresh
        report = await once(
            tmp_path, disk, [*pagers(hall).items()] * 3, refresh=True, concurrency=1
        )
        assert (report.listings, report.over, report.requests) == (3, 3, expected)


async def test_what_can_not_be_refreshed_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 9), shown("b", 9)), Disk()
    refused: list[tuple[Any, type[Exception], str]] = [
        (hall.pager("b", OPAQUE), TypeError, "does not give the newest first, so it has no"),
        (hall.pager("b", BY_PK).limit(9), ValueError, "with a limit it would leave a gap"),
        (7, TypeError, "the listing 'b' is no pager but int"),
    ]
    async with job(tmp_path, disk) as one:
        for pager, error, words in refused:
            listings = {"a": hall.pager("a", BY_PK), "b": pager}
            with pytest.raises(error, match=words):
                await one.run(listings, refresh=True)
            assert asked(hall) == 0
        for pager, error, words in refused:
            before = len(disk.rows)
            with pytest.raises(error, match=words):
                await one.run(iter([("a", hall.pager("a", BY_PK)), ("b", pager)]), refresh=True)
            assert len(disk.rows) == 9 >= before
        assert hall.shown["b"].requests == 0


async def test_an_unreadable_item_is_a_failure_once_however_often_it_is_met(
    tmp_path: Path,
) -> None:
    hall, disk = hall_of(shown("a", 9, mishaps=["unreadable"] * 9)), Disk()
    await once(tmp_path, disk, pagers(hall))
    kept = list(job(tmp_path, disk).failures())
    assert [failure.raw for failure in kept] == ['{"pk": 9}', '{"pk": 4}']
    for _ in range(2):
        assert (await once(tmp_path, disk, pagers(hall), refresh=True)).unreadable == 1
    assert list(job(tmp_path, disk).failures()) == kept


async def test_what_was_kept_before_says_nothing_of_how_much_is_new(tmp_path: Path) -> None:
    hall, disk, clock = hall_of(shown("a", 50), shown("b", 50)), Disk(), ManualClock(1000)

    class Slow(ListSink):
        """Takes a second for the news of a listing."""

        def flush(self, *, last: bool) -> str:
            clock.advance(1)
            return super().flush(last=last)

    for _ in range(2):
        told = list[bulk.Progress]()
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Slow(disk), clock=clock) as one:
            await one.run(
                pagers(hall),
                refresh=True,
                concurrency=1,
                on_progress=told.append,
                progress_every=0,
            )
        for key in hall.shown:
            post(hall, key, 51, 52)
    assert [(one.over, one.items, one.eta) for one in told[:2]] == [(1, 2, 1.0), (2, 4, 0.0)]
