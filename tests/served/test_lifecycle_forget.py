"""What is let go of without a close: who says so, and what stays behind."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from pathlib import Path

import pytest

from instagram_async import Client, MemoryStore, SQLiteStore
from instagram_async.server import LocalInstagram
from instagram_async.testing import ScriptedTransport
from tests.support.until import until


async def test_a_client_that_was_never_closed_is_told_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with LocalInstagram() as server:
        token = server.access_token()
        client = Client(token, base_url=server.base_url)
        await client.user()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            del client
            said: list[str] = []
            for _ in range(3):  # a warning keeps what it is about
                gc.collect()
                said += [str(one.message) for one in caught]
                caught.clear()
        assert any(line.startswith("Unclosed client session") for line in said)
        assert "Unclosed client session" in caplog.text
        assert token not in caplog.text + "".join(said)


async def test_a_client_that_sent_nothing_may_be_forgotten() -> None:
    client = Client("t", quota_store=MemoryStore())
    pager = client.with_options(max_wait=1).user_recent()
    items = aiter(pager)
    del client, pager, items
    gc.collect()  # a warning is an error here


async def test_a_store_that_was_never_closed_ends_its_thread_and_keeps_its_places(
    tmp_path: Path,
) -> None:
    def threads() -> list[str]:
        return [one.name for one in threading.enumerate() if "quota" in one.name]

    async def read(store: SQLiteStore) -> int:
        transport = ScriptedTransport([ScriptedTransport.reply(1)])
        async with Client("t", transport=transport, quota_store=store) as client:
            await client.call("GET", "users/self")
            return client.quota.used

    store = SQLiteStore(tmp_path / "quota.db")
    assert await read(store) == 1
    assert threads()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # from Python 3.13 on, of the file
        del store
        await asyncio.sleep(0)
        gc.collect()
        await until(lambda: not threads())
    async with SQLiteStore(tmp_path / "quota.db") as again:
        assert await read(again) == 2
