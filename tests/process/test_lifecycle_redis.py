"""A quota in Redis: who closes it, when, and where."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Iterator

import pytest

from instagram_async import Client, QuotaStoreError, RedisStore
from instagram_async.testing import ScriptedTransport
from tests.support.leftovers import nothing_left
from tests.support.redis_server import RedisServer, needs_redis

pytestmark = needs_redis


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


def client(store: RedisStore, token: str) -> Client:
    replies = [ScriptedTransport.reply(1) for _ in range(3)]
    return Client(token, transport=ScriptedTransport(replies), quota_store=store)


async def read(client: Client) -> object:
    return (await client.call("GET", "users/self")).data


async def test_a_place_that_is_given_back_while_the_store_is_closed(redis: RedisServer) -> None:
    for steps in range(8):
        async with nothing_left():
            store = RedisStore(redis.url)
            reader = client(store, f"t{steps}")
            task = asyncio.create_task(read(reader))
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await store.close()
            sent = reader._session.transport.requests  # type: ignore[attr-defined]
            async with RedisStore(redis.url) as other:
                looker = client(other, f"t{steps}")
                await looker.quota.refresh()
                assert looker.quota.used == len(sent)
    gc.collect()  # a connection that was left open would warn


async def test_a_close_of_redis_that_is_cancelled_has_closed(redis: RedisServer) -> None:
    async with nothing_left():
        store = RedisStore(redis.url)
        reader = client(store, "cancelled")
        task = asyncio.create_task(read(reader))
        for _ in range(4):
            await asyncio.sleep(0)
        closing = asyncio.create_task(store.close())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.gather(closing, task, return_exceptions=True)
        with pytest.raises(QuotaStoreError, match="closed"):
            await read(reader)
        gc.collect()


async def test_another_loop_can_not_close_it(redis: RedisServer) -> None:
    async with RedisStore(redis.url) as store, client(store, "loops") as reader:
        await read(reader)
        with pytest.raises(RuntimeError, match="belongs to one loop of one process"):
            await asyncio.to_thread(asyncio.run, store.close())
        assert await read(reader) == 1


async def test_a_child_that_closes_it_leaves_the_parents_alone(redis: RedisServer) -> None:
    async with RedisStore(redis.url, timeout=0.5) as store, client(store, "forks") as reader:
        await read(reader)
        pid = os.fork()
        if pid == 0:
            try:
                store.close().send(None)
            except StopIteration:
                os._exit(0)
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0  # noqa: ASYNC222
        assert await read(reader) == 1
