"""What can't be the ledger of a job is told, and left as it is."""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from instagram_async import bulk
from instagram_async.bulk import tables
from instagram_async.bulk.ledger import Ledger
from instagram_async.disk import FileLock
from tests.support.jobs import Disk, ListSink, hall_of, job, shown, syncs


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def alias(path: Path) -> Path:
    made = path.parent / "alias.db"
    made.symlink_to(path)
    return made


async def told(path: Path, sink: bulk.Sink | None = None) -> str:
    one = bulk.Job(ledger=path, sink=ListSink(Disk()) if sink is None else sink)
    with pytest.raises(bulk.LedgerError) as caught:
        await one.__aenter__()
    assert str(caught.value).startswith(f"{path} ")
    return str(caught.value).removeprefix(f"{path} ")


def refused(path: Path) -> str:
    """What is said of a file, which is left as it is."""
    before = path.read_bytes() if path.is_file() else None
    said = asyncio.run(told(path))
    assert (path.read_bytes() if path.is_file() else None) == before
    return said


def begun(path: Path) -> None:
    async def begin() -> None:
        async with job(path.parent, Disk()) as one:
            assert list(one.failures()) == []

    asyncio.run(begin())


def test_a_file_that_is_no_ledger(path: Path) -> None:
    path.write_text("media,likes\n" * 1000)
    assert refused(path) == "is no ledger: file is not a database"
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE ledger_job (sink)")
    assert refused(path) == "is no ledger"
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(bulk.LedgerError, match="is no ledger"):
        list(job(path.parent, Disk()).failures())


@pytest.mark.parametrize("version", [1, 3])
def test_a_ledger_of_another_version(path: Path, version: int) -> None:
    begun(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {version}")
    assert refused(path) == f"is a ledger of version {version}; known is 2"


def test_a_folder_and_a_place_that_is_not_there(path: Path) -> None:
    assert refused(path.parent) == "is a folder"
    nowhere = path / "of" / "ledger.db"
    assert "can't be opened: [Errno 2] No such file or directory" in refused(nowhere)
    path.symlink_to(nowhere)
    assert "can't be opened: " in refused(path)


def test_a_file_in_which_somebody_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_BUSY_TIMEOUT", 0.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE anything (it)")
        other.execute("BEGIN EXCLUSIVE")
        assert refused(path) == "can't be opened: database is locked"


def test_an_empty_file_is_a_new_ledger(path: Path) -> None:
    path.touch()
    begun(path)


def test_a_ledger_that_was_begun_and_has_no_table_yet(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    assert list(job(path.parent, Disk()).failures()) == []
    begun(path)


async def test_another_job_has_it_open(path: Path, alias: Path) -> None:
    async with job(path.parent, Disk()) as one:
        assert await told(path) == "is the ledger of a job that is open"
        assert await told(alias) == "is the ledger of a job that is open"
        await one.run({})
    async with job(path.parent, Disk()):
        pass
    assert {one.name for one in alias.parent.iterdir()} == {"alias.db", "ledger.db"}


def test_a_lock_whose_file_was_just_taken_away_is_taken_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who had it lets go between our opening the file and our locking it."""
    first, second = FileLock(str(path)), FileLock(str(path))
    assert first.take()
    flock, slow = fcntl.flock, iter([True])

    def later(file: int, operation: int) -> None:
        if next(slow, False):
            first.release()
        flock(file, operation)

    monkeypatch.setattr(fcntl, "flock", later)
    assert second.take()
    assert not FileLock(str(path)).take()
    second.release()
    assert not path.exists()
    second.release()


def test_a_lock_may_be_taken_by_a_third_meanwhile(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (FileLock(str(path)) for _ in range(3))
    assert first.take()
    flock, slow = fcntl.flock, iter([True])

    def later(file: int, operation: int) -> None:
        if next(slow, False):
            first.release()
            assert third.take()
        flock(file, operation)

    monkeypatch.setattr(fcntl, "flock", later)
    assert not second.take()
    third.release()


def test_a_ledger_that_is_not_open_says_so(path: Path) -> None:
    with pytest.raises(RuntimeError, match="the ledger is not open"):
        Ledger(path).known("a", "GET things/a")


async def test_another_kind_of_sink(path: Path) -> None:
    async with job(path.parent, Disk()):
        pass
    lines = path.parent / "media.jsonl"
    said = await told(path, bulk.JSONLinesSink(lines))
    assert said == "belongs to a ListSink, not to a JSONLinesSink"
    assert not lines.exists()


async def test_failures_can_be_read_before_beside_and_after_a_job(path: Path) -> None:
    hall, disk = hall_of(shown("a", 9, mishaps=["unreadable"])), Disk()
    one = job(path.parent, disk)
    with pytest.raises(FileNotFoundError, match="there is no ledger"):
        next(one.failures())
    async with one:
        await one.run(hall.pagers())
        beside = list(one.failures())
    assert len(beside) == 1
    assert list(one.failures()) == list(job(path.parent, disk).failures()) == beside


async def test_a_ledger_can_be_looked_at_while_its_job_runs(path: Path) -> None:
    async with job(path.parent, Disk()) as one:
        await one.run(hall_of(shown("a", 9)).pagers())
        with closing(sqlite3.connect(path)) as other:
            (found,) = other.execute("SELECT key, items, state FROM ledger_listings").fetchall()
            assert found == ("a", 9, "over")
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_a_commit_outlasts_a_power_cut(path: Path) -> None:
    """What SQLite was told to do for it can be asked of the job's own connection alone."""
    asked = list[tuple[int]]()

    class Asking(ListSink):
        def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
            asked.extend(ledger.execute("PRAGMA synchronous").fetchall())
            super().open(ledger, position)

    async with bulk.Job(ledger=path, sink=Asking(Disk())):
        assert asked == [(2,)]


async def test_the_name_of_a_new_ledger_outlasts_a_power_cut(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = syncs(monkeypatch)
    for _ in range(2):
        async with job(path.parent, Disk()):
            assert synced == [path.parent]
