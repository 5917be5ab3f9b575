"""What a job could not have: failures, pauses, faults of the program and of the sink."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from instagram_async import (
    AuthenticationError,
    ClientClosedError,
    InstagramError,
    NotFoundError,
    Pager,
    QuotaStoreError,
    RateLimitError,
    ResponseError,
    ServerError,
    ServerQuota,
    TransportError,
    Unreadable,
)
from instagram_async.paging import ListReply
from tests.support.hall import due
from tests.support.jobs import (
    Disk,
    FullDiskError,
    TableSink,
    asked,
    hall_of,
    in_table,
    job,
    once,
    shown,
)
from tests.support.lists import OPAQUE, Post, listing


async def test_a_failure_is_kept_stops_nobody_and_is_asked_again_on_demand(tmp_path: Path) -> None:
    error = NotFoundError("no such thing", "GET things/{id}", 404)
    hall, disk = hall_of(shown("a", 23, mishaps=[None, None, error]), shown("b", 7)), Disk()
    async with job(tmp_path, disk) as one:
        report = await one.run(hall.pagers())
        assert (report.over, report.failed, report.items) == (1, 1, 17)
        (failure,) = one.failures()
        assert failure[:3] == ("a", "NotFoundError", "GET things/{id}: no such thing (HTTP 404)")
        assert failure[4:] == (None, None)
        rest = await hall.pager("a").resume(failure.checkpoint).collect()
        assert [post.pk for post in rest] == due(hall.shown["a"])[10:]
    before = asked(hall)
    again = await once(tmp_path, disk, hall.pagers())
    assert (again.over, again.failed, again.requests, asked(hall)) == (1, 1, 0, before)
    async with job(tmp_path, disk) as one:
        retried = await one.run(hall.pagers(), retry_failed=True)
        assert (retried.over, retried.failed, retried.items) == (2, 0, 13)
        assert list(one.failures()) == []
    assert disk.pks("a") == due(hall.shown["a"])


@pytest.mark.parametrize(
    "error",
    [
        ServerError("HTTP 502", "GET it", 502),
        TransportError("gone", "GET it"),
        ResponseError("not JSON", "GET it"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_may_have_passed_is_asked_again_by_the_next_run(
    tmp_path: Path, error: InstagramError
) -> None:
    hall, disk = hall_of(shown("a", 23, mishaps=[None, None, error]), shown("b", 7)), Disk()
    async with job(tmp_path, disk) as one:
        report = await one.run(hall.pagers())
        assert (report.over, report.failed, report.items) == (1, 1, 17)
        (failure,) = one.failures()
        assert failure[:2] == ("a", type(error).__name__)
    again = await once(tmp_path, disk, hall.pagers())
    assert (again.over, again.failed, again.items) == (2, 0, 13)
    async with job(tmp_path, disk) as one:
        assert list(one.failures()) == []
    assert disk.pks("a") == due(hall.shown["a"])


async def test_what_fails_again_is_told_once(tmp_path: Path) -> None:
    first, second = (NotFoundError(f"gone {n}", "GET it", 404) for n in range(2))
    hall, disk = hall_of(shown("a", 23, mishaps=[first, second])), Disk()
    async with job(tmp_path, disk) as one:
        await one.run(hall.pagers())
        report = await one.run(hall.pagers(), retry_failed=True)
        assert (report.failed, report.requests) == (1, 1)
        assert [failure.message for failure in one.failures()] == ["GET it: gone 1 (HTTP 404)"]


async def test_an_unreadable_item_is_kept_as_a_failure_and_its_listing_goes_on(
    tmp_path: Path,
) -> None:
    hall, disk = hall_of(shown("a", 23, mishaps=[None, "unreadable"])), Disk()
    async with job(tmp_path, disk) as one:
        report = await one.run(hall.pagers())
        assert (report.over, report.failed, report.items, report.unreadable) == (1, 0, 22, 1)
        (failure,) = one.failures()
    assert failure[:3] == ("a", "ResponseError", "no id")
    assert failure[4:] == ("data[0]", '{"pk": 18}')
    assert disk.pks("a") == [pk for pk in due(hall.shown["a"]) if pk != 18]


async def test_what_is_kept_of_an_unreadable_item_is_bounded_and_can_be_written(
    tmp_path: Path,
) -> None:
    huge = Unreadable("data[0].\ud800", "no \udfff", {"text": "x" * 10**6, "odd": {1, 2}})

    async def send(listing: Any, params: Any, tally: Any) -> ListReply[Any]:
        return ListReply((huge,), {}, ServerQuota(), flawed=True)

    async with job(tmp_path, Disk()) as one:
        await one.run({"a": Pager(listing(OPAQUE), send)})
        (failure,) = one.failures()
    assert failure.raw is not None
    assert len(failure.raw) == 10_000
    assert (failure.path, failure.message) == ("data[0].\\ud800", "no \\udfff")


@pytest.mark.parametrize(
    "pause",
    [
        AuthenticationError("no such token", "GET it", 400),
        RateLimitError("later", "GET it", None, None, None),
        ClientClosedError("closed", "GET it"),
        QuotaStoreError("no store", "GET it"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_is_no_fault_of_a_listing_ends_the_run_and_the_next_goes_on(
    tmp_path: Path, pause: InstagramError
) -> None:
    hall, disk = hall_of(shown("a", 23, mishaps=[None, None, pause]), shown("b", 60)), Disk()
    async with job(tmp_path, disk) as one:
        with pytest.raises(type(pause)) as caught:
            await one.run(hall.pagers())
        assert caught.value is pause
        assert list(one.failures()) == []
        kept = len(disk.rows)
        assert kept >= 10
        report = await one.run(hall.pagers())
        assert (report.over, report.failed, report.items) == (2, 0, 83 - kept)
    assert disk.pks("a") == due(hall.shown["a"])
    assert disk.pks("b") == due(hall.shown["b"])


async def test_a_fault_of_the_program_is_raised_when_what_came_is_kept(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 9, mishaps=[None, KeyError("oh")]), shown("b", 9)), Disk()
    async with job(tmp_path, disk) as one:
        with pytest.raises(KeyError, match="oh"):
            await one.run(hall.pagers())
        assert len(disk.rows) >= 5
        await one.run(hall.pagers())
    assert (disk.pks("a"), disk.pks("b")) == (due(hall.shown["a"]), due(hall.shown["b"]))


async def test_what_the_source_raises_comes_when_all_before_it_is_kept(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 9), shown("b", 9)), Disk()

    def source() -> Iterator[tuple[str, Pager[Post]]]:
        yield from hall.pagers().items()
        raise LookupError("no more")

    async with job(tmp_path, disk) as one:
        with pytest.raises(LookupError, match="no more"):
            await one.run(source())
        assert len(disk.rows) == 18


@pytest.mark.parametrize("step", ["write", "flush", "last", "close"])
async def test_what_the_sink_raises_ends_the_job_and_the_next_goes_on(
    tmp_path: Path, step: str
) -> None:
    hall = hall_of(shown("a", 23), shown("b", 7))
    disk = Disk(fail={step: 2 if step in ("write", "flush") else 0})
    with pytest.raises(FullDiskError, match=step):
        async with job(tmp_path, disk) as one:
            try:
                await one.run(hall.pagers(), concurrency=1)
            except FullDiskError:
                before = asked(hall)
                with pytest.raises(RuntimeError, match="keeping rows has failed: leave the block"):
                    await one.run(hall.pagers())
                assert asked(hall) == before
                raise
    assert disk.steps[-1] == "close"
    if step in ("write", "flush"):
        assert "last" not in disk.steps
    await once(tmp_path, disk, hall.pagers())
    assert (disk.pks("a"), disk.pks("b")) == (due(hall.shown["a"]), due(hall.shown["b"]))


async def test_what_a_sink_put_into_the_ledger_is_taken_back_with_it(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk(fail={"write": 2})
    for _ in range(2):
        with suppress(FullDiskError):
            async with job(tmp_path, disk, TableSink) as one:
                await one.run(hall.pagers())
    assert in_table(tmp_path, "a") == due(hall.shown["a"])
