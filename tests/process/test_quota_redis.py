"""A quota in a real Redis."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings

from instagram_async import Quota, RedisStore
from tests.support.days import Days
from tests.support.redis_server import RedisServer, needs_redis
from tests.support.stores import Pair, quotas, steps

pytestmark = needs_redis


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(Path(folder))
        server.start()
        yield server
        server.stop()


@settings(max_examples=60, deadline=None)
@given(quotas, steps)
def test_says_what_memory_says(
    redis: RedisServer, quota: Quota, asked: list[tuple[Any, ...]]
) -> None:
    async def scenario() -> None:
        prefix = f"{uuid4()}:"
        async with RedisStore(redis.url, prefix=prefix, clock=lambda: pair.present) as store:
            pair.other = store
            await pair.run(asked)

    pair = Pair(quota, None)  # type: ignore[arg-type]
    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("jumps", "most"), [(((0.7, -600.0), (1.2, -5000.0)), 30), (((1.5, 1800.0), (2.1, -0.5)), 60)]
)
async def test_a_clock_that_jumps(
    redis: RedisServer, jumps: tuple[tuple[float, float], ...], most: int
) -> None:
    """Back never makes it too much; ahead admits a window early, once."""
    days = Days(30, 3600.0, seed=1, cancelled=0.05, killed=0.05, looks=10)
    for hours, jump in jumps:
        days.at(days.now + hours * 3600.0, days.jump(jump))
    async with RedisStore(redis.url, prefix=f"{uuid4()}:", clock=days.clock) as store:
        await days.run(store, 3.5 * 3600.0)
    assert 30 <= days.worst <= most
    assert (days.refused > 0) == (most > 30)
