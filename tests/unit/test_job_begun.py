"""A ledger that was made for nothing goes, one that was there stays, and its errors name it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from instagram_async import bulk
from instagram_async.bulk import CSVSink, JSONLinesSink, Row, SinkError
from tests.support.hall import due
from tests.support.jobs import Disk, FullDiskError, ListSink, hall_of, job, shown


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows"
    path.write_bytes(b"somebody's\n")
    return path


async def opened(ledger: Path, sink: bulk.Sink) -> None:
    async with bulk.Job(ledger=ledger, sink=sink) as one:
        await one.run({})


async def test_a_sink_that_refuses_leaves_no_ledger(ledger: Path, rows: Path) -> None:
    with pytest.raises(SinkError, match="rows is not empty"):
        await opened(ledger, CSVSink(rows))
    assert list(rows.parent.iterdir()) == [rows]
    await opened(ledger, JSONLinesSink(rows.parent / "others"))


def test_of_a_link_only_what_was_made_goes(ledger: Path, rows: Path) -> None:
    target = ledger.parent / "elsewhere.db"
    ledger.symlink_to(target)
    with pytest.raises(SinkError, match="rows is not empty"):
        asyncio.run(opened(ledger, CSVSink(rows)))
    assert ledger.is_symlink()
    assert not target.exists()


def test_a_ledger_that_was_there_stays_and_is_nobodys(ledger: Path, rows: Path) -> None:
    ledger.touch()
    with pytest.raises(SinkError, match="rows is not empty"):
        asyncio.run(opened(ledger, CSVSink(rows)))
    assert ledger.exists()
    asyncio.run(opened(ledger, JSONLinesSink(rows.parent / "others")))


def test_a_ledger_that_counts_stays_when_its_sink_refuses(ledger: Path) -> None:
    rows = ledger.parent / "rows"
    asyncio.run(opened(ledger, CSVSink(rows)))
    rows.unlink()
    before = ledger.read_bytes()
    with pytest.raises(SinkError, match="0 bytes of it count, and it is not there"):
        asyncio.run(opened(ledger, CSVSink(rows)))
    assert ledger.read_bytes() == before


async def test_a_ledger_that_is_taken_is_not_taken_away(ledger: Path, rows: Path) -> None:
    async with job(ledger.parent, Disk()) as one:
        with pytest.raises(bulk.LedgerError, match="of a job that is open"):
            await opened(ledger, CSVSink(rows))
        await one.run({})
    with pytest.raises(bulk.LedgerError, match="belongs to a ListSink"):
        await opened(ledger, CSVSink(rows))


async def test_the_first_commit_may_fail_as_well(ledger: Path) -> None:
    disk = Disk(fail={"flush": 0})
    with pytest.raises(FullDiskError, match="flush"):
        await opened(ledger, ListSink(disk))
    assert list(ledger.parent.iterdir()) == []
    await opened(ledger, ListSink(disk))


class Denying(ListSink):
    """Has the ledger refuse to begin, commit or take back."""

    denied = frozenset[str]()

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
        super().open(ledger, position)
        self.ledger = ledger

    def write(self, rows: Sequence[Row]) -> None:
        super().write(rows)
        self.ledger.set_authorizer(lambda action, what, *_: int(what in self.denied))


async def test_an_error_of_the_ledger_names_it(ledger: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()
    sink = Denying(disk)
    for denied in ("BEGIN", "COMMIT", "ledger_listings", "ledger_job"):
        with pytest.raises(sqlite3.DatabaseError, match=rf"{ledger}: .*(prohibited|not auth)"):
            async with bulk.Job(ledger=ledger, sink=sink) as one:
                sink.denied = frozenset({denied})
                await one.run(hall.pagers())
        sink.denied = frozenset()
    async with bulk.Job(ledger=ledger, sink=sink) as one:
        await one.run(hall.pagers())
    assert disk.pks("a") == due(hall.shown["a"])


async def test_of_a_commit_and_a_rollback_that_fail_the_commit_is_told(ledger: Path) -> None:
    sink = Denying(Disk())
    with pytest.raises(sqlite3.DatabaseError, match="not authorized") as caught:
        async with bulk.Job(ledger=ledger, sink=sink) as one:
            sink.denied = frozenset({"COMMIT", "ROLLBACK"})
            await one.run(hall_of(shown("a", 23)).pagers())
    assert caught.value.__notes__ == [f"then came DatabaseError: {ledger}: not authorized"]


async def test_a_full_disk_is_told_of_the_ledger(ledger: Path) -> None:
    class Small(ListSink):
        def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
            super().open(ledger, position)
            ledger.execute("PRAGMA max_page_count = 1")

    hall = hall_of(*(shown(f"{n}{'x' * 400}", 3) for n in range(40)))
    with pytest.raises(sqlite3.OperationalError, match=r"ledger\.db: database or disk is full"):
        async with bulk.Job(ledger=ledger, sink=Small(Disk())) as one:
            await one.run(hall.pagers())
