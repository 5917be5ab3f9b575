"""A forked child that closes or forgets what its parent uses leaves it alone."""

from __future__ import annotations

import asyncio
import gc
import os
import warnings
import weakref
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from instagram_async import AiohttpTransport, Client, Quota, Retry, SQLiteStore, Timeout
from instagram_async.server import LocalInstagram
from instagram_async.testing import ScriptedTransport
from tests.support.hall import due
from tests.support.jobs import Disk, hall_of, job, shown

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


def in_a_child(act: Callable[[], object]) -> int:
    """What a forked child exits with: 0 if it had nothing to complain of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of threads
        pid = os.fork()
    if pid == 0:
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                act()
            os._exit(2 if caught else 0)
        except BaseException:  # noqa: BLE001 - the child tells by its exit code alone
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def step(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run what never waits, without a loop: a child must not touch its parent's."""
    with pytest.raises(StopIteration):
        coroutine.send(None)


@pytest.mark.parametrize("ways", ["close", "forget", "close and forget"])
async def test_the_parent_goes_on_with_the_connection_that_it_has(ways: str) -> None:
    async with LocalInstagram() as server:
        held = [
            Client(
                server.access_token(),
                base_url=server.base_url,
                timeout=Timeout(read=1, total=1),
                retry=Retry(attempts=1),
            )
        ]
        await held[0].user()
        seen = weakref.ref(held[0])

        def act() -> None:
            if "close" in ways:
                step(held[0].close())
            if "forget" in ways:
                held.clear()
                gc.collect()
                assert seen() is None

        # One that is not closed is told of, in the child as anywhere else.
        assert in_a_child(act) == (2 if ways == "forget" else 0)
        assert (await held[0].user()).username
        await held[0].close()


async def test_a_transport_that_is_lent_is_closed_in_the_child_alone() -> None:
    async with LocalInstagram() as server:
        transport = AiohttpTransport()
        async with Client(
            server.access_token(), base_url=server.base_url, transport=transport
        ) as client:
            await client.user()
            assert in_a_child(lambda: step(transport.close())) == 0
            assert (await client.user()).username
        await transport.close()


async def test_a_store_is_the_parents(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "quota.db")
    replies = [ScriptedTransport.reply(1) for _ in range(3)]
    async with Client(
        "t", transport=ScriptedTransport(replies), quota=Quota(9), quota_store=store
    ) as client:
        await client.call("GET", "users/self")

        def act() -> None:
            with pytest.raises(RuntimeError, match="store can't be used after a fork"):
                client.quota.plan(1).send(None)
            step(store.close())
            step(store.close())

        assert in_a_child(act) == 0
        await client.call("GET", "users/self")
        assert client.quota.used == 2
    await store.close()


def test_a_store_that_was_not_used_yet_is_the_childs(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "quota.db")

    async def use() -> None:
        transport = ScriptedTransport([ScriptedTransport.reply(1)])
        async with store, Client("t", transport=transport, quota_store=store) as client:
            await client.call("GET", "users/self")
            assert client.quota.used == 1

    assert in_a_child(lambda: asyncio.run(use())) == 0
    asyncio.run(store.close())


async def test_a_job_of_the_parent_is_of_no_use_in_a_child(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()
    async with job(tmp_path, disk) as one:

        def act() -> None:
            with pytest.raises(RuntimeError, match="can't be used after a fork"):
                asyncio.run(one.run(hall.pagers()))
            step(one.__aexit__(None, None, None))

        assert in_a_child(act) == 0
        assert (await one.run(hall.pagers())).items == 23
    fresh = job(tmp_path, disk)

    async def use() -> None:
        async with fresh:
            await fresh.run(hall.pagers())

    assert in_a_child(lambda: asyncio.run(use())) == 0
    assert disk.pks("a") == due(hall.shown["a"])
