"""A file asked by somebody who is cancelled: what the thread took meanwhile is given back."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from instagram_async import Quota, QuotaStoreError, SQLiteStore

WINDOWS = Quota(3, per=60.0).windows("somebody", None)


class Clock:
    """Stands still, and can be made to hold whoever asks, and to fail from then on."""

    def __init__(self) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()
        self.holds = False
        self.fails = False

    def __call__(self) -> float:
        if self.holds:
            self.asked.set()
            self.go_on.wait(5)
            if self.fails:
                raise sqlite3.OperationalError("lost")
        return 1000.0


async def used(store: SQLiteStore) -> int:
    await store.forecast(WINDOWS, (0,), 0.0)
    return store.level(WINDOWS[0], 0.0).used


async def cancelled_while_it_is_held(store: SQLiteStore, clock: Clock) -> None:
    await used(store)  # which opens the file
    clock.holds = True
    task = asyncio.ensure_future(store.take(WINDOWS, 0.0))
    await asyncio.to_thread(clock.asked.wait, 5)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()


async def test_before_the_thread_was_done(tmp_path: Path) -> None:
    clock = Clock()
    async with SQLiteStore(tmp_path / "quota.db", clock=clock) as store:
        await cancelled_while_it_is_held(store, clock)
        clock.go_on.set()
        assert await used(store) == 0


async def test_after_the_thread_was_done(tmp_path: Path) -> None:
    async with SQLiteStore(tmp_path / "quota.db", clock=Clock()) as store:
        task = asyncio.ensure_future(store.take(WINDOWS, 0.0))
        await asyncio.sleep(0)
        store._pool.submit(int).result(5)  # behind the other, while the loop stands still
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert await used(store) == 0


async def test_as_the_store_closes(tmp_path: Path) -> None:
    clock = Clock()
    store = SQLiteStore(tmp_path / "quota.db", clock=clock)
    await cancelled_while_it_is_held(store, clock)
    closing = asyncio.ensure_future(store.close())
    await asyncio.sleep(0)
    clock.go_on.set()
    await closing
    async with SQLiteStore(tmp_path / "quota.db", clock=Clock()) as other:
        assert await used(other) == 0


async def test_where_nothing_was_taken(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    clock.fails = True
    async with SQLiteStore(tmp_path / "quota.db", clock=clock) as store:
        await cancelled_while_it_is_held(store, clock)
        clock.go_on.set()
        with pytest.raises(QuotaStoreError, match="lost"):
            await used(store)
    assert caplog.records == []


async def test_where_it_can_not_be_given_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    async with SQLiteStore(tmp_path / "quota.db", clock=clock) as store:
        task = asyncio.ensure_future(store.take(WINDOWS, 0.0))
        await asyncio.sleep(0)
        store._pool.submit(int).result(5)
        clock.holds = clock.fails = True
        clock.go_on.set()
        task.cancel()
        await asyncio.wait([task])
    assert [record.getMessage() for record in caplog.records] == [
        "lost: a place stays taken for as long as it was booked"
    ]
