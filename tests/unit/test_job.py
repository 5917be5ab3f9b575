"""A job keeps every item once, goes on where it stood, and asks for nothing twice."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from instagram_async import (
    Pager,
    bulk,
)
from tests.support.hall import due, slowly
from tests.support.jobs import (
    Disk,
    ListSink,
    asked,
    hall_of,
    job,
    once,
    shown,
)
from tests.support.lists import Post
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


async def test_two_halls_of_one_hall(tmp_path: Path) -> None:
    """Items of two listings may be the same; each listing has its own."""
    hall, disk = hall_of(shown("a", 9), shown("b", 9)), Disk()
    await once(tmp_path, disk, hall.pagers())
    assert disk.pks("a") == disk.pks("b")
