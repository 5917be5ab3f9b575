"""A Redis that goes away, comes back, freezes, or forgets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest
from redis.asyncio import Redis

from instagram_async import Client, Hooks, Quota, QuotaStoreError, RedisStore
from instagram_async.quota.store import Grant, Outcome
from instagram_async.server import LocalInstagram
from tests.support.redis_server import RedisServer, needs_redis
from tests.support.stores import settle_and_cancel, take_and_cancel

pytestmark = needs_redis

WINDOWS = Quota(3, per=60.0, families={"likes": 1}).windows("somebody", "likes")
GENERAL = WINDOWS[:1]


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def store(redis: RedisServer) -> AsyncIterator[RedisStore]:
    async with RedisStore(redis.url) as made:
        yield made


async def used(store: RedisStore) -> list[int]:
    await store.forecast(WINDOWS, (0, 0), 0.0)
    return [store.level(spec, 0.0).used for spec in WINDOWS]


async def test_gone_and_back(redis: RedisServer) -> None:
    """A typed error for everybody, soon; and then it goes on by itself."""
    async with (
        LocalInstagram() as server,
        RedisStore(redis.url, timeout=0.5) as store,
        Client(server.access_token(), base_url=server.base_url, quota_store=store) as client,
    ):
        await client.user()
        redis.stop()
        started = time.monotonic()
        calls = [client.user() for _ in range(100)]
        failed = await asyncio.gather(*calls, return_exceptions=True)
        assert time.monotonic() - started < 5.0
        assert {type(error) for error in failed} == {QuotaStoreError}
        assert str(failed[0]).startswith("GET users/{id}: ")
        assert len(server.requests) == 1
        redis.start()
        await client.user()
        assert client.quota.used == 1  # this one keeps nothing over a restart


async def test_frozen(redis: RedisServer) -> None:
    async with RedisStore(redis.url, timeout=0.5) as store:
        assert isinstance(await store.take(GENERAL, 0.0), Grant)
        redis.freeze(SIGSTOP)
        try:
            with pytest.raises(QuotaStoreError, match=r"no answer from Redis within 0\.5 s"):
                await store.take(GENERAL, 0.0)
        finally:
            redis.freeze(SIGCONT)
        assert isinstance(await store.take(GENERAL, 0.0), Grant)


async def test_a_reply_that_redis_is_not_told_of_is_not_lost(
    redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        LocalInstagram() as server,
        RedisStore(redis.url, timeout=0.2) as store,
        Client(
            server.access_token(),
            base_url=server.base_url,
            quota_store=store,
            hooks=Hooks(on_response=lambda _: redis.stop()),
        ) as client,
    ):
        assert (await client.user()).id
    (record,) = caplog.records
    assert "a place stays taken for as long as it was booked" in record.getMessage()


async def test_scripts_and_data_may_be_flushed(redis: RedisServer, store: RedisStore) -> None:
    grant = await store.take(WINDOWS, 0.0)
    assert isinstance(grant, Grant)
    async with Redis.from_url(redis.url) as other:
        await other.script_flush()
        assert await used(store) == [1, 1]
        await other.flushall()
    assert await used(store) == [0, 0]
    again = await store.take(WINDOWS, 0.0)
    assert isinstance(again, Grant)
    assert not set(again.numbers) & set(grant.numbers)  # none is mistaken for an older one
    await store.settle(grant, Outcome(60.0), 0.0)
    assert await used(store) == [2, 2]


async def test_keys_expire_and_hold_no_more_than_a_name(
    redis: RedisServer, store: RedisStore
) -> None:
    await store.take(WINDOWS, 0.0, reach=10.0)
    async with Redis.from_url(redis.url, decode_responses=True) as other:
        keys = sorted([key async for key in other.scan_iter()])
        assert keys == [
            "instagram_async:{somebody}:all",
            "instagram_async:{somebody}:all:flying",
            "instagram_async:{somebody}:likes",
            "instagram_async:{somebody}:likes:flying",
        ]
        for key in keys:
            assert 60 < await other.ttl(key) <= 131


@pytest.mark.parametrize("turns", range(6))
async def test_whoever_is_cancelled_while_he_asks_has_taken_nothing(
    store: RedisStore, turns: int
) -> None:
    await take_and_cancel(store, WINDOWS, turns, 0.002 if turns == 5 else None)
    while store._under_way:
        await asyncio.wait(store._under_way)
    assert await used(store) == [0, 0]


async def test_what_is_settled_by_somebody_cancelled_is_settled(store: RedisStore) -> None:
    await settle_and_cancel(store, GENERAL)
    await asyncio.wait(store._under_way)
    assert await used(store) == [0, 0]


async def test_a_store_that_is_closed_belongs_to_nobody(store: RedisStore) -> None:
    await store.take(GENERAL, 0.0)
    await store.close()
    await store.close()
    with pytest.raises(QuotaStoreError, match="closed"):
        await store.take(GENERAL, 0.0)


async def test_a_borrowed_redis_stays_open(redis: RedisServer) -> None:
    async with Redis.from_url(redis.url, decode_responses=True) as borrowed:
        async with RedisStore(borrowed, prefix="mine:") as store:
            assert isinstance(await store.take(GENERAL, 0.0), Grant)
        assert await borrowed.exists("mine:{somebody}:all") == 1


def test_another_loop_is_refused(redis: RedisServer) -> None:
    made: list[RedisStore] = []

    async def first() -> None:
        made.append(RedisStore(redis.url))
        await made[0].take(GENERAL, 0.0)
        await made[0]._redis.aclose()

    async def second() -> None:
        with pytest.raises(RuntimeError, match="one loop of one process"):
            await made[0].take(GENERAL, 0.0)

    asyncio.run(first())
    asyncio.run(second())
