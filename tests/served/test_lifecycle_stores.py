"""A shared quota and its clients: who may go first."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from instagram_async import Client, ClientClosedError, Quota, QuotaStoreError, SQLiteStore
from tests.support.leftovers import nothing_left
from tests.support.raw import Answer, http, raw_server
from tests.support.until import until

BODY = http(b'{"meta":{"code":200},"data":1}')
STALL = Answer(then="stall")


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "quota.db"


@pytest.fixture
def used(path: Path) -> Callable[[], Awaitable[int]]:
    """What somebody else sees to be used."""

    async def look() -> int:
        async with SQLiteStore(path) as store, Client("t", quota_store=store) as client:
            await client.quota.refresh()
            return client.quota.used

    return look


def test_a_store_that_is_made_has_no_file_and_no_thread(path: Path) -> None:
    before = threading.active_count()
    store = SQLiteStore(path)
    assert not path.exists()
    assert threading.active_count() == before
    asyncio.run(store.close())
    assert not path.exists()


@pytest.mark.parametrize("moment", range(8))
async def test_the_client_first_and_then_the_store(
    path: Path, used: Any, moment: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with raw_server(STALL) as server, nothing_left():
        async with (
            SQLiteStore(path) as store,
            Client("t", base_url=server.base_url, quota_store=store) as client,
        ):
            tasks = [asyncio.create_task(read(client)) for _ in range(3)]
            await until(lambda: len(server.arrived) == 3)
            tasks += [asyncio.create_task(read(client)) for _ in range(5)]
            for _ in range(moment):  # in which they ask for their places
                await asyncio.sleep(0)
        assert not [thread for thread in threading.enumerate() if "quota" in thread.name]
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(end) for end in ends} == {ClientClosedError}
        await until(lambda: not server.open)
        assert 3 <= await used() <= 8
        if moment < 3:  # nobody else can have left
            assert await used() == 3
    assert caplog.messages == []


async def test_a_place_that_is_taken_while_the_store_is_closed_is_given_back(
    path: Path, used: Any
) -> None:
    asked, may_answer = threading.Event(), threading.Event()

    def slow() -> float:
        asked.set()
        may_answer.wait(5)
        return time.time()

    store = SQLiteStore(path, clock=slow)
    client = Client("t", base_url="http://127.0.0.1:9/v1", quota_store=store)
    task = asyncio.create_task(read(client))
    await until(asked.is_set)
    await client.close()
    with pytest.raises(ClientClosedError):
        await task
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0)
    may_answer.set()
    await closing
    assert await used() == 0


@pytest.mark.parametrize("name", ["one", "two"])
async def test_a_client_never_closes_its_store(path: Path, name: str) -> None:
    async with raw_server(Answer(BODY)) as server, SQLiteStore(path) as store:
        for _ in range(2):
            async with Client(name, base_url=server.base_url, quota_store=store) as client:
                assert await read(client) == 1
        assert client.quota.used == 2


async def test_the_store_first_and_then_the_client(
    path: Path, used: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async with raw_server(Answer(BODY, pause=0.05)) as server, nothing_left():
        store = SQLiteStore(path)
        async with Client(
            "t", base_url=server.base_url, quota_store=store, concurrency=2, quota=Quota(2, per=5)
        ) as client:
            answered = asyncio.create_task(read(client))
            await until(lambda: server.arrived)
            other = asyncio.create_task(read(client))
            await until(lambda: len(server.arrived) == 2)
            other.cancel()
            waits = [asyncio.create_task(read(client)) for _ in range(3)]
            await asyncio.wait([other])
            await client.quota.refresh()
            await store.close()
            await store.close()
            assert await answered == 1  # a reply is never lost for the store
            for call in (*waits, read(client), client.quota.refresh(), client.quota.plan(1)):
                with pytest.raises(QuotaStoreError, match="the quota store is closed"):
                    await call
            assert client.quota.used == 2
        assert len(server.arrived) == 2
    assert "a place stays taken for as long as it was booked" in caplog.text
    assert await used() == 2


async def test_a_close_of_a_store_that_is_cancelled_has_closed(path: Path) -> None:
    async with raw_server(Answer(BODY)) as server, nothing_left():
        store = SQLiteStore(path)
        async with Client("t", base_url=server.base_url, quota_store=store) as client:
            await read(client)
            closing = asyncio.create_task(store.close())
            await asyncio.sleep(0)
            closing.cancel()
            await asyncio.wait([closing])
            with pytest.raises(QuotaStoreError):
                await read(client)
        await until(
            lambda: not [thread for thread in threading.enumerate() if "quota" in thread.name]
        )
