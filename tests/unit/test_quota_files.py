"""A quota in a file: the same rules as in memory, one by one."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from instagram_async import Quota, QuotaStoreError, ServerQuota, SQLiteStore
from instagram_async.quota import RateLimitSemaphore
from instagram_async.quota.store import Grant, Outcome
from instagram_async.testing import ManualClock
from tests.support.stores import PER, Pair, quotas, settle_and_cancel, steps, take_and_cancel


@settings(max_examples=60, deadline=None)
@given(quotas, steps)
def test_says_what_memory_says(quota: Quota, asked: list[tuple[Any, ...]]) -> None:
    async def scenario(path: Path) -> None:
        async with SQLiteStore(path, clock=lambda: pair.present) as store:
            pair.other = store
            await pair.run(asked)

    pair = Pair(quota, None)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(scenario(Path(folder) / "quota.db"))


WINDOWS = Quota(3, per=PER, families={"likes": 1}).windows("somebody", "likes")
GENERAL = WINDOWS[:1]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    async with SQLiteStore(tmp_path / "quota.db", clock=lambda: 1000.0) as made:
        yield made


async def free(store: SQLiteStore) -> float:
    """Seconds until the next place."""
    return await store.forecast(GENERAL, (0,), 0.0)


async def test_a_file_outlives_those_who_use_it(tmp_path: Path) -> None:
    for number in range(2):
        async with SQLiteStore(tmp_path / "quota.db", clock=lambda: 1000.0) as store:
            assert isinstance(await store.take(GENERAL, 0.0), Grant)
            assert store.level(GENERAL[0], 0.0).used == number + 1


async def test_a_place_that_nobody_settles_is_booked_for_the_window_and_the_timeout(
    tmp_path: Path,
) -> None:
    present = 1000.0
    async with SQLiteStore(tmp_path / "quota.db", clock=lambda: present) as store:
        for _ in range(3):
            await store.take(GENERAL, 0.0, reach=7.0)
        assert await store.take(GENERAL, 0.0) == PER  # should a reply come this moment
        present += PER
        assert await store.take(GENERAL, 0.0) == 7.0
        present += 7.0
        assert isinstance(await store.take(GENERAL, 0.0), Grant)


@pytest.mark.parametrize("turns", range(4))
async def test_whoever_is_cancelled_while_he_asks_has_taken_nothing(
    store: SQLiteStore, turns: int
) -> None:
    await take_and_cancel(store, WINDOWS, turns, 0.005 if turns == 3 else None)
    for _ in range(2):  # the last place may be given back behind the first question
        await free(store)
    assert [store.level(spec, 0.0).used for spec in WINDOWS] == [0, 0]


async def test_what_is_settled_by_somebody_cancelled_is_settled(store: SQLiteStore) -> None:
    await settle_and_cancel(store, GENERAL)
    await free(store)
    assert store.level(GENERAL[0], 0.0).used == 0


async def test_who_waits_looks_again_for_what_others_gave_back(store: SQLiteStore) -> None:
    clock = ManualClock(1000)
    made = RateLimitSemaphore(1, store, clock=clock)
    for _ in range(3):
        await store.take(GENERAL, clock.now())
    waiting = asyncio.ensure_future(made.flight(GENERAL).__aenter__())
    async with asyncio.timeout(5):
        while clock.next_timer() is None:
            await asyncio.sleep(0.001)
    assert clock.next_timer() == 1000 + PER / 100
    waiting.cancel()


async def test_a_refusal_holds_for_everybody(tmp_path: Path) -> None:
    path = tmp_path / "quota.db"
    async with (
        SQLiteStore(path, clock=lambda: 1000.0) as one,
        SQLiteStore(path, clock=lambda: 1000.0) as two,
    ):
        grant = await one.take(GENERAL, 0.0)
        assert isinstance(grant, Grant)
        await one.settle(grant, Outcome(PER, ServerQuota(retry_after=20.0), ""), 0.0)
        assert await two.take(GENERAL, 0.0) == 20.0


async def test_a_refused_requests_own_place_says_nothing_of_when_to_come_back(
    store: SQLiteStore,
) -> None:
    hour = Quota(10, per=3600.0).windows("somebody", None)
    grant = await store.take(hour, 0.0)
    assert isinstance(grant, Grant)
    await store.settle(grant, Outcome(3600.0, ServerQuota(), ""), 0.0)
    assert await store.forecast(hour, (0,), 0.0) == 60.0


async def test_time_stands_still_where_the_clock_goes_back(tmp_path: Path) -> None:
    present = 1000.0
    async with SQLiteStore(tmp_path / "quota.db", clock=lambda: present) as store:
        for _ in range(3):
            grant = await store.take(GENERAL, 0.0)
            assert isinstance(grant, Grant)
            await store.settle(grant, Outcome(PER), 0.0)
        present -= 500.0
        assert await free(store) == PER
        present += PER - 1.0
        assert await free(store) == pytest.approx(1.0)


async def test_a_leap_of_the_clock_frees_places_early_once(tmp_path: Path) -> None:
    present = 1000.0
    async with SQLiteStore(tmp_path / "quota.db", clock=lambda: present) as store:
        for _ in range(3):
            await store.take(GENERAL, 0.0)
        present += 500.0
        for _ in range(3):
            assert isinstance(await store.take(GENERAL, 0.0), Grant)
        present -= 500.0  # it was wrong, and is put right
        assert await store.take(GENERAL, 0.0) == PER


async def test_what_is_no_quota_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quota.db"
    path.write_text("a diary, not a database, of some length\n" * 40)
    async with SQLiteStore(path) as store:
        with pytest.raises(QuotaStoreError, match="file is not a database"):
            await store.take(GENERAL, 0.0)


async def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quota.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    async with SQLiteStore(path) as store:
        with pytest.raises(QuotaStoreError, match="a quota of version 99, not 1"):
            await store.take(GENERAL, 0.0)


async def test_a_file_that_somebody_holds_is_an_error_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("instagram_async.quota.tables._BUSY_TIMEOUT", 0.01)
    path = tmp_path / "quota.db"
    async with SQLiteStore(path) as store:
        assert isinstance(await store.take(GENERAL, 0.0), Grant)
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            with pytest.raises(QuotaStoreError, match="database is locked"):
                await store.take(GENERAL, 0.0)
        assert isinstance(await store.take(GENERAL, 0.0), Grant)


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN; SELECT * FROM sqlite_master"])
async def test_a_file_that_somebody_else_is_making_is_waited_for(
    tmp_path: Path, begin: str
) -> None:
    path = tmp_path / "quota.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("CREATE TABLE others (thing)")
        for statement in begin.split("; "):
            database.execute(statement).fetchall()
        async with SQLiteStore(path) as store:
            taking = asyncio.create_task(store.take(GENERAL, 0.0))
            await asyncio.sleep(0.1)
            assert not taking.done()
            database.execute("COMMIT")
            assert isinstance(await taking, Grant)


async def test_a_new_file_that_stays_locked_is_an_error_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("instagram_async.quota.tables._BUSY_TIMEOUT", 0.05)
    path = tmp_path / "quota.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        async with SQLiteStore(path) as store:
            with pytest.raises(QuotaStoreError, match="database is locked"):
                await store.take(GENERAL, 0.0)


def test_a_closed_store_has_put_its_log_away(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with SQLiteStore(tmp_path / "quota.db") as store:
            await store.take(GENERAL, 0.0)

    asyncio.run(scenario())
    assert [file.name for file in tmp_path.iterdir()] == ["quota.db"]


async def test_a_closed_store_is_an_error_and_closes_twice(store: SQLiteStore) -> None:
    await store.take(GENERAL, 0.0)
    await store.close()
    await store.close()
    with pytest.raises(QuotaStoreError, match="closed"):
        await store.take(GENERAL, 0.0)


@pytest.mark.parametrize("step", [-1, 1])
async def test_another_process_is_refused(
    store: SQLiteStore, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.take(GENERAL, 0.0)
    other = os.getpid() + step
    monkeypatch.setattr(os, "getpid", lambda: other)
    with pytest.raises(RuntimeError, match="after a fork"):
        await store.take(GENERAL, 0.0)


async def test_idle_windows_are_forgotten(tmp_path: Path) -> None:
    present = 1000.0
    path = tmp_path / "quota.db"
    async with SQLiteStore(path, clock=lambda: present) as store:
        await store.take(WINDOWS, 0.0)
    present += 10 * PER
    async with SQLiteStore(path, clock=lambda: present) as store:
        await free(store)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM windows").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM places").fetchone() == (0,)


@pytest.mark.parametrize("reach", [0.0, 7.0])
@pytest.mark.parametrize(("early", "rows"), [(0.1, 1), (0.0, 0)])
async def test_a_window_is_forgotten_two_windows_after_its_last_place_was_booked(
    tmp_path: Path, reach: float, early: float, rows: int
) -> None:
    present = 1000.0
    path = tmp_path / "quota.db"
    async with SQLiteStore(path, clock=lambda: present) as store:
        await store.take(GENERAL, 0.0, reach)
    present += reach + 2 * PER - early
    async with SQLiteStore(path, clock=lambda: present) as store:
        await free(store)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM windows").fetchone() == (rows,)
