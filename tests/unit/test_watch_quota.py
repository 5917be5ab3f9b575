"""A watch of a client's: as seldom as its quota allows, by its clock, and until it ends."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from instagram_async import Client, ClientClosedError, Quota, watch
from instagram_async.quota import MemoryStore, RateLimitSemaphore, ServerQuota
from instagram_async.quota.belief import WindowSpec, share
from tests.support.offline import offline, reply
from tests.support.virtual import run


async def looked_at(client: Client, seconds: float, every: float) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(seconds):
            await anext(watch(client.user_recent(), every=every))


@pytest.mark.parametrize(
    ("quota", "every", "gap"),
    [
        (Quota(10, per=600), 1, 60.0),
        (Quota(10, per=600), 100, 100.0),
        (Quota.unlimited(), 1, 1.0),
        (Quota(10, per=600, families={"likes": 1}), 1, 60.0),
    ],
)
def test_rounds_are_as_seldom_as_the_quota_allows(quota: Quota, every: float, gap: float) -> None:
    client, line = offline(*[reply([]) for _ in range(6)], quota=quota)
    run(looked_at(client, 5 * gap + 0.5, every))
    assert line.left_at == pytest.approx([number * gap for number in range(6)])


def test_a_lower_limit_of_the_servers_counts() -> None:
    told: dict[str, Any] = {"x-ratelimit-limit": "10", "x-ratelimit-remaining": "9"}
    client, line = offline(*[reply([], headers=told) for _ in range(3)], quota=Quota(100, per=600))
    run(looked_at(client, 121, 1))
    assert line.left_at == pytest.approx([0.0, 60.0, 120.0])


def test_the_end_of_the_client_ends_the_wait() -> None:
    client, _ = offline(reply([]))

    async def scenario() -> None:
        items = watch(client.user_recent(), every=3_600)
        pending = asyncio.ensure_future(anext(items))
        await asyncio.sleep(60)
        await client.close()
        with pytest.raises(ClientClosedError):
            await pending
        assert asyncio.get_running_loop().time() == pytest.approx(1_000_060.0)

    run(scenario())


def test_requests_are_worth_their_share_of_the_window() -> None:
    spec = WindowSpec("k", 10, 600.0)
    assert [share(spec, told, 3) for told in (None, 0, 100, 5)] == [180.0, 180.0, 180.0, 360.0]
    assert share(spec, None, 25) == 600.0
    assert share(WindowSpec("k", None, 600.0), 5, 3) == 0.0


async def test_of_several_windows_the_slowest_counts() -> None:
    store = MemoryStore()
    gate = RateLimitSemaphore(1, store)
    windows = Quota(100, per=600, families={"likes": 10}).windows("me", "likes")
    assert gate.seconds_for(windows, 2) == 120.0
    async with gate.flight(windows) as flight:
        flight.leaves()
        flight.answered(ServerQuota(4, 3), None)
    assert gate.seconds_for(windows, 1) == 150.0
