"""Faults that speak of the quota, and the gate that hears them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from instagram_async import Client, Quota, RateLimitError, Retry
from instagram_async.server import Fault, LocalInstagram


def asking(server: LocalInstagram, **options: Any) -> Client:
    defaults: dict[str, Any] = {"retry": Retry(base=0.001), "max_wait": 0.05}
    return Client(server.access_token(), base_url=server.base_url, **defaults | options)


async def test_headers_that_tell_of_less_are_believed_until_they_tell_of_more() -> None:
    async with LocalInstagram() as server, asking(server, quota=Quota(5000, per=3600)) as client:
        server.faults.add(Fault("low_remaining", remaining=0))
        await client.user()
        with pytest.raises(RateLimitError) as caught:
            await client.user()
        assert caught.value.status is None  # nothing was sent
        assert caught.value.retry_at is not None
        await asyncio.sleep(0.75)  # one may go for each 5000th of the window
        await client.user()
        await asyncio.gather(*(client.user() for _ in range(20)))
    assert len(server.requests) == 22


@pytest.mark.parametrize("remaining", [1, 3])
async def test_what_headers_allow_is_used(remaining: int) -> None:
    async with LocalInstagram() as server, asking(server, quota=Quota(5000, per=3600)) as client:
        server.faults.add(Fault("low_remaining", remaining=remaining, times=9))
        await client.user()
        got = await asyncio.gather(
            *(client.user() for _ in range(remaining + 2)), return_exceptions=True
        )
        assert sum(isinstance(one, RateLimitError) for one in got) == 2


@pytest.mark.parametrize("kind", ["rate_limit", "rate_storm"])
async def test_a_hint_when_to_come_again_is_heard(kind: Any) -> None:
    async with LocalInstagram() as server, asking(server, quota=Quota.live()) as client:
        server.faults.add(Fault(kind, retry_after=40, times=1))
        with pytest.raises(RateLimitError) as caught:
            await client.user()
        assert caught.value.status == 429
        assert caught.value.retry_at is not None
        assert 35 < (caught.value.retry_at - datetime.now(UTC)).total_seconds() <= 40
        assert len(server.requests) == 1


@pytest.mark.parametrize("rate_headers", [False, True])
async def test_a_storm_is_weathered(rate_headers: bool) -> None:
    async with LocalInstagram() as server:
        server.faults.add(Fault("rate_storm", retry_after=0, rate_headers=rate_headers))
        options: dict[str, Any] = {"quota": Quota.unlimited(), "retry": Retry(6, base=0.001)}
        async with asking(server, **options) as client:
            await client.user()
    assert server.faults.happened == {"rate_storm": 5}
    assert len(server.requests) == 6
