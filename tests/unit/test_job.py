"""A job keeps every item once, goes on where it stood, and asks for nothing twice."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from instagram_async import (
    Pager,
    bulk,
)
from instagram_async.testing import ManualClock
from tests.support.hall import due, slowly
from tests.support.jobs import (
    Disk,
    FullDiskError,
    ListSink,
    asked,
    hall_of,
    job,
    once,
    shown,
)
from tests.support.lists import OPAQUE, Post, listing
from tests.support.until import until


async def test_every_item_is_kept_in_the_order_of_its_listing(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23), shown("b", 7), shown("c", 0)), Disk()
    report = await once(tmp_path, disk, hall.pagers())
    for key, one in hall.shown.items():
        assert disk.pks(key) == due(one)
    assert report == bulk.JobReport(3, 3, 0, 30, 8, 8, 0)
    assert disk.rows[0].identity == disk.rows[0].item.id
    assert disk.steps[:3] == ["open", "flush", "write"]
    assert disk.steps[-2:] == ["last", "close"]


async def test_a_second_start_with_nothing_to_do_asks_nothing(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23), shown("b", 7)), Disk()
    await once(tmp_path, disk, hall.pagers())
    before, rows = asked(hall), list(disk.rows)
    report = await once(tmp_path, disk, hall.pagers())
    assert (asked(hall), disk.rows) == (before, rows)
    assert report == bulk.JobReport(2, 2, 0, 0, 0, 0, 0)
    async with job(tmp_path, disk) as one:
        assert await one.run(hall.pagers()) == await one.run(hall.pagers()) == report


async def test_the_sources_that_merge_takes(tmp_path: Path) -> None:
    sources: tuple[Any, ...] = (dict, iter, slowly)
    for number, source in enumerate(sources):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        hall, disk = hall_of(*[shown(f"{key}", 8) for key in range(9)]), Disk()
        pairs: Any = hall.pagers().items()
        report = await once(folder, disk, source(pairs), concurrency=2)
        assert (report.listings, report.over, report.items) == (9, 9, 72)


async def test_no_more_than_the_concurrency_is_asked_for_or_held(tmp_path: Path) -> None:
    hall, disk = hall_of(*[shown(f"{key}", 20) for key in range(9)]), Disk()
    held = threading.Event()
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    class Slow(ListSink):
        def flush(self, *, last: bool) -> str:
            if not last and disk.rows:
                loop.call_soon_threadsafe(begun.set)
                assert held.wait(10)
            return super().flush(last=last)

    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Slow(disk)) as one:
        running = asyncio.create_task(one.run(hall.pagers(), concurrency=4))
        await begun.wait()
        for _ in range(50):
            await asyncio.sleep(0)
        assert asked(hall) == 4  # those that are being kept, and those that came meanwhile
        held.set()
        assert (await running).items == 180


async def test_what_is_kept_is_held_no_longer(tmp_path: Path) -> None:
    hall, most = hall_of(*[shown(f"{key}", 20) for key in range(30)]), list[int]()

    class Forgetful:
        def open(self, ledger: Any, position: str | None) -> None: ...

        def write(self, rows: Any) -> None: ...

        def flush(self, *, last: bool) -> str:
            most.append(hall.alive())
            return ""

        def close(self) -> None: ...

    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Forgetful()) as one:
        assert (await one.run(hall.pagers(), concurrency=3)).items == 600
    assert 0 < max(most) <= 2 * 3 * 5  # a page is let go of when the next one was built
    assert hall.alive() == 0


async def test_pages_that_are_at_hand_are_kept_by_one_commit(tmp_path: Path) -> None:
    hall, disk = hall_of(*[shown(f"{key}", 20) for key in range(10)]), Disk()
    await once(tmp_path, disk, hall.pagers(), concurrency=10)
    assert disk.steps.count("write") == 40
    assert disk.steps.count("flush") < 20


async def test_a_source_without_end_is_drawn_as_there_is_room(tmp_path: Path) -> None:
    drawn = 0
    hall, disk = hall_of(), Disk()

    def source() -> Iterator[tuple[str, Pager[Post]]]:
        nonlocal drawn
        for number in range(10_000):  # without a bound of ours all would be drawn at once
            drawn += 1
            hall.shown[f"{number}"] = shown(f"{number}", 7)
            yield f"{number}", hall.pager(f"{number}")

    async with job(tmp_path, disk) as one:
        running = asyncio.create_task(one.run(source(), concurrency=3))
        await until(lambda: len(disk.rows) > 100)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert drawn <= len({row.listing for row in disk.rows}) + 4


async def test_what_is_no_listing_is_told_by_its_key(tmp_path: Path) -> None:
    wrong: dict[str, Any] = {"x": 5}
    async with job(tmp_path, Disk()) as one:
        with pytest.raises(TypeError, match="the listing 'x' is no pager but int"):
            await one.run(wrong)
        with pytest.raises(TypeError, match="listings are pairs of key and pager, not Pager"):
            await one.run(cast("Any", [Pager(listing(OPAQUE), cast("Any", None))]))
    async with bulk.merge(wrong) as results:
        with pytest.raises(TypeError, match="the listing 'x' is no pager but int"):
            await anext(results)


async def test_a_large_mapping_holds_nobody_up(tmp_path: Path) -> None:
    hall, turns = hall_of(*[shown(f"{key}", 1) for key in range(2_000)]), 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    pagers = hall.pagers()
    async with bulk.merge(pagers) as results:
        beside = asyncio.create_task(other())
        while results.report.listings < len(pagers):
            await anext(results)
        beside.cancel()
    assert turns >= len(pagers) // 256


async def test_a_lock_that_somebody_took_away_is_no_error(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 7)), Disk()
    async with job(tmp_path, disk) as one:
        assert (await one.run(hall.pagers())).items == 7
        (tmp_path / "ledger.db-lock").unlink()
    async with job(tmp_path, disk) as one:
        assert (await one.run(hall.pagers())).items == 0


@pytest.mark.parametrize("killed_at", [1, 3])
async def test_a_limit_counts_over_all_runs(tmp_path: Path, killed_at: int) -> None:
    hall, disk = hall_of(shown("a", 40)), Disk(fail={"write": killed_at})
    with pytest.raises(FullDiskError):
        await once(tmp_path, disk, {"a": hall.pager("a").limit(23)})
    report = await once(tmp_path, disk, {"a": hall.pager("a").limit(23)})
    assert disk.pks("a") == due(hall.shown["a"])[:23]
    assert (report.over, report.items) == (1, 23 - 5 * killed_at)
    before = asked(hall)
    assert (await once(tmp_path, disk, {"a": hall.pager("a").limit(23)})).over == 1
    assert (await once(tmp_path, disk, {"a": hall.pager("a").limit(10)})).over == 1
    assert asked(hall) == before


async def test_a_higher_limit_goes_on(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 40)), Disk()
    for limit in (0, 12, 13):
        report = await once(tmp_path, disk, {"a": hall.pager("a").limit(limit)})
        assert (report.over, disk.pks("a")) == (1, due(hall.shown["a"])[:limit])
    report = await once(tmp_path, disk, {"a": hall.pager("a")})
    assert (report.over, disk.pks("a")) == (1, due(hall.shown["a"]))


async def test_a_pager_that_begins_elsewhere_begins_there_once(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk(fail={"write": 2})
    pages = hall.pager("a").pages()
    await anext(pages)
    pager = hall.pager("a").resume(pages.checkpoint)
    with pytest.raises(FullDiskError):
        await once(tmp_path, disk, {"a": pager})
    await once(tmp_path, disk, {"a": pager})
    assert disk.pks("a") == due(hall.shown["a"])[5:]


async def test_a_key_stands_for_one_listing(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 9), shown("b", 9)), Disk()
    await once(tmp_path, disk, {"a": hall.pager("a")})
    with pytest.raises(ValueError) as caught:
        await once(tmp_path, disk, {"a": hall.pager("b")})
    assert str(caught.value) == (
        f"the key 'a' is GET things/a in the ledger {tmp_path / 'ledger.db'}, not GET things/b"
    )
    bigger = hall.pager("a")
    hall.shown["a"].count = 9
    assert (await once(tmp_path, disk, {"a": bigger})).over == 1  # the size of a page is no part


async def test_bad_listings_are_told(tmp_path: Path) -> None:
    hall = hall_of(shown("a", 9))
    async with job(tmp_path, Disk()) as one:
        with pytest.raises(TypeError, match="the key of a listing must be text, not 7"):
            await one.run({7: hall.pager("a")})  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="two listings at once have the key 'a'"):
            await one.run([("a", hall.pager("a")), ("a", hall.pager("a"))])
        for wrong in (0, True, 1.5):
            with pytest.raises(ValueError, match="concurrency must be a whole number from 1 on"):
                await one.run({}, concurrency=wrong)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="progress_every must not be negative: -1"):
            await one.run({}, progress_every=-1)

        async def tell(_: object) -> None: ...

        for no_function in (tell, 7):
            with pytest.raises(TypeError, match="on_progress must be a plain function, not"):
                await one.run({}, on_progress=no_function)  # type: ignore[arg-type]
        report = await one.run([("b", hall.pager("a"))] * 2, concurrency=1)
        assert (report.listings, report.over, report.items) == (2, 2, 9)


async def test_progress_is_told_after_commits_and_at_the_end(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23), shown("b", 7)), Disk()
    told = list[bulk.Progress]()
    async with job(tmp_path, disk) as one:
        await one.run(hall.pagers(), on_progress=told.append, progress_every=0)
        assert len(told) > 3
        assert [one.items for one in told] == sorted(one.items for one in told)
        assert told[-1]._replace(rate=0) == bulk.Progress(2, 2, 0, 0, 30, 7, eta=0.0)
        rarely = list[bulk.Progress]()
        await one.run(iter(hall.pagers().items()), on_progress=rarely.append, progress_every=1e9)
        assert rarely == [bulk.Progress(None, 2, 0, 0, 0, 0)]


async def test_progress_is_told_no_more_often_than_asked_for(tmp_path: Path) -> None:
    hall, disk, clock = hall_of(shown("a", 35)), Disk(), ManualClock(1000)

    class Slow(ListSink):
        """Takes a second for five items."""

        def flush(self, *, last: bool) -> str:
            if disk.rows:
                clock.advance(1)
            return super().flush(last=last)

    told = list[bulk.Progress]()
    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Slow(disk), clock=clock) as one:
        await one.run(hall.pagers(), on_progress=told.append, progress_every=3)
    assert [(one.items, one.rate) for one in told] == [(15, 5), (30, 5), (35, 5)]


async def test_what_earlier_runs_kept_says_how_long_listings_are(tmp_path: Path) -> None:
    hall, disk, clock = hall_of(shown("a", 23), shown("b", 35)), Disk(), ManualClock(1000)

    class Slow(ListSink):
        def flush(self, *, last: bool) -> str:
            clock.advance(1)
            return super().flush(last=last)

    told = list[bulk.Progress]()
    for listings in ({"a": hall.pager("a")}, hall.pagers()):
        told.clear()
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=Slow(disk), clock=clock) as one:
            await one.run(listings, on_progress=told.append, progress_every=0)
    assert next(one.eta for one in told if one.items == 5) == (23 + 5) / 5


async def test_what_the_callback_raises_ends_the_run_and_no_more(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()

    def tell(progress: bulk.Progress) -> None:
        raise LookupError("no screen")

    async with job(tmp_path, disk) as one:
        with pytest.raises(LookupError, match="no screen"):
            await one.run(hall.pagers(), on_progress=tell, progress_every=0)
        assert len(disk.rows) == 5
        assert (await one.run(hall.pagers())).items == 18


async def test_two_halls_of_one_hall(tmp_path: Path) -> None:
    """Items of two listings may be the same; each listing has its own."""
    hall, disk = hall_of(shown("a", 9), shown("b", 9)), Disk()
    await once(tmp_path, disk, hall.pagers())
    assert disk.pks("a") == disk.pks("b")
