"""What an application sees of its quota, and when a job would be done."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from instagram_async import Client, MemoryStore, Quota, QuotaStoreError, RateLimitError, ServerQuota
from instagram_async.quota import RateLimitSemaphore
from instagram_async.quota.store import Grant, Windows
from tests.support.offline import offline, reply
from tests.support.virtual import VirtualClock, run

PER = 100.0


def server_says(limit: int, remaining: int) -> dict[str, str]:
    return {"X-Ratelimit-Limit": str(limit), "X-Ratelimit-Remaining": str(remaining)}


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


def after(client: Client, when: datetime) -> float:
    """Seconds from now."""
    now = client._session.gate.clock.now()
    return (when - datetime.fromtimestamp(now, when.tzinfo)) / timedelta(seconds=1)


def test_a_view_is_live() -> None:
    client, _ = offline(*[reply(n) for n in range(3)], quota=Quota(3, per=PER))

    async def main() -> None:
        view = client.quota
        seen = []
        for _ in range(3):
            seen.append((view.used, view.remaining, after(client, view.free_at)))
            await read(client)
        assert seen == [(0, 3, 0), (1, 2, 0), (2, 1, 0)]
        assert (view.limit, view.per, view.used, view.remaining) == (3, PER, 3, 0)
        assert after(client, view.free_at) == pytest.approx(PER)
        assert repr(view).startswith("<3 of 3 used in 100 s, next at ")

    run(main())


def test_the_server_s_view_stands_beside_ours_less_what_left_since() -> None:
    client, _ = offline(
        reply("x", headers=server_says(50, 7)), reply("y"), quota=Quota(100, per=PER)
    )

    async def main() -> None:
        assert client.quota.server == ServerQuota()
        await read(client)
        assert client.quota.server == ServerQuota(50, 7)
        await read(client)
        assert client.quota.server == ServerQuota(50, 6)
        assert client.quota.remaining == 98
        assert "6 left by the server, next" in repr(client.quota)
        await asyncio.sleep(PER)
        assert client.quota.server == ServerQuota()

    run(main())


def test_each_family_has_a_view() -> None:
    client, _ = offline(reply(None), quota=Quota(10, per=PER, families={"likes": 2, "comments": 3}))

    async def main() -> None:
        await client.like("1_1")
        families = client.quota.families
        assert {name: view.remaining for name, view in families.items()} == {
            "likes": 1,
            "comments": 3,
        }
        assert client.quota.remaining == 9
        assert families["likes"].server == ServerQuota()
        with pytest.raises(KeyError):
            families["relationships"]

    run(main())


def test_without_a_limit_there_is_nothing_to_use_up() -> None:
    client, _ = offline(reply("x"), quota=Quota.unlimited())

    async def main() -> None:
        await read(client)
        assert (client.quota.limit, client.quota.remaining) == (None, None)
        assert after(client, await client.quota.plan(1_000_000)) == pytest.approx(0)

    run(main())


def test_views_with_another_token_see_another_quota() -> None:
    client, _ = offline(reply("x"), quota=Quota(3, per=PER))

    async def main() -> None:
        await read(client)
        assert client.quota.used == 1
        assert client.with_options(access_token="another").quota.used == 0
        assert client.with_options(max_wait=1).quota.used == 1

    run(main())


@pytest.mark.parametrize(
    ("requests", "seconds"), [(1, 0), (3, 0), (4, PER), (6, PER), (7, 2 * PER), (31, 10 * PER)]
)
def test_a_plan_says_when_the_last_request_may_leave(requests: int, seconds: float) -> None:
    """And that is when it leaves, where replies take no time."""
    client, line = offline(*[reply(n) for n in range(requests)], quota=Quota(3, per=PER))

    async def main() -> None:
        planned = after(client, await client.quota.plan(requests))
        assert planned == pytest.approx(seconds)
        start = client._session.gate.clock.now()
        await asyncio.gather(*[read(client) for _ in range(requests)])
        assert client._session.gate.clock.now() - start == pytest.approx(planned)

    run(main())
    assert len(line.requests) == requests


def test_a_plan_stands_behind_those_who_wait() -> None:
    client, _ = offline(*[reply(n) for n in range(6)], quota=Quota(3, per=PER))

    async def main() -> None:
        waiting = [asyncio.ensure_future(read(client)) for _ in range(6)]
        await asyncio.sleep(1)
        assert after(client, await client.quota.plan(1)) == pytest.approx(2 * PER - 1)
        await asyncio.gather(*waiting)

    run(main())


def test_a_plan_of_writes_counts_their_family() -> None:
    client, _ = offline(quota=Quota(10, per=PER, families={"likes": 2}))

    async def main() -> None:
        assert after(client, await client.quota.plan(3)) == pytest.approx(0)
        assert after(client, await client.quota.plan(3, "likes")) == pytest.approx(PER)
        with pytest.raises(ValueError, match="at least one request, not 0"):
            await client.quota.plan(0)

    run(main())


def test_paced_requests_leave_evenly() -> None:
    client, line = offline(
        *[reply(n) for n in range(8)], quota=Quota(4, per=PER, paced=True), max_wait=None
    )

    async def main() -> None:
        assert after(client, await client.quota.plan(8)) == pytest.approx(0, abs=PER * 2)
        await asyncio.gather(*[read(client) for _ in range(8)])
        assert client.quota.used == 4

    run(main())
    assert line.left_at == pytest.approx([25 * n for n in range(8)])


def test_a_pace_refuses_who_is_in_a_hurry() -> None:
    client, _ = offline(reply(1), quota=Quota(4, per=PER, paced=True), max_wait=10)

    async def main() -> None:
        await read(client)
        with pytest.raises(RateLimitError) as caught:
            await read(client)
        assert caught.value.retry_at is not None
        assert after(client, caught.value.retry_at) == pytest.approx(25)

    run(main())


class Broken(MemoryStore):
    """A store that can be out of reach."""

    shared = True
    fails = False

    async def take(self, windows: Windows, now: float, reach: float = 0.0) -> Grant | float:
        await self._reach()
        return await super().take(windows, now, reach)

    async def settle(self, *given: Any) -> bool:
        await self._reach()
        return await super().settle(*given)

    async def _reach(self) -> None:
        if self.fails:
            await asyncio.sleep(2.0)
            raise QuotaStoreError("out of reach")


class Asked(MemoryStore):
    """A store that notes for which families a forecast was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.families: list[str | None] = []

    async def forecast(self, windows: Windows, ahead: Sequence[int], now: float) -> float:
        self.families.append(windows[-1].family)
        return await super().forecast(windows, ahead, now)


def test_a_refresh_asks_for_every_window() -> None:
    store = Asked()
    quota = Quota(10, per=PER, families={"likes": 2, "comments": 3})
    client, _ = offline(quota=quota, quota_store=store)
    run(client.quota.refresh())
    assert store.families == [None, "likes", "comments"]


def test_less_than_nothing_never_remains() -> None:
    """Somebody with a higher limit may share the window."""
    store = MemoryStore()
    many, _ = offline(*[reply(n) for n in range(3)], quota=Quota(3, per=PER), quota_store=store)
    few, _ = offline(quota=Quota(2, per=PER), quota_store=store)

    async def main() -> None:
        for _ in range(3):
            await read(many)
        assert (few.quota.used, few.quota.remaining) == (3, 0)

    run(main())


def test_everybody_who_waits_hears_at_once_that_the_store_is_gone() -> None:
    store = Broken()
    client, _ = offline(*[reply(n) for n in range(3)], quota=Quota(3, per=PER), quota_store=store)

    async def main() -> None:
        for _ in range(3):
            await read(client)
        waiting = [asyncio.ensure_future(read(client)) for _ in range(1000)]
        await asyncio.sleep(0.5)
        store.fails = True
        start = client._session.gate.clock.now()
        failed = await asyncio.gather(*waiting, return_exceptions=True)
        assert client._session.gate.clock.now() - start < 4.0
        assert {str(error) for error in failed} == {"GET users/{id}: out of reach"}
        assert {type(error) for error in failed} == {QuotaStoreError}

    run(main())


def test_a_reply_is_not_lost_with_the_store(caplog: pytest.LogCaptureFixture) -> None:
    store = Broken()

    async def main() -> None:
        gate = RateLimitSemaphore(1, store, clock=VirtualClock())
        windows = Quota(3, per=PER).windows("one", None)
        async with gate.flight(windows) as flight:
            flight.leaves()
            store.fails = True
            flight.answered()
        store.fails = False
        async with gate.flight(windows):  # the slot is free again
            pass

    run(main())
    (record,) = caplog.records
    assert record.name == "instagram_async.quota"
    assert record.getMessage() == "out of reach: a place stays taken for as long as it was booked"


def test_a_shared_store_is_looked_at_again_before_the_window_is_over() -> None:
    """Somebody else may have given places back."""
    store = Broken()

    async def main() -> float:
        gate = RateLimitSemaphore(2, store, clock=VirtualClock())
        windows = Quota(1, per=30.0).windows("one", None)
        theirs = await store.take(windows, VirtualClock().now())
        assert isinstance(theirs, Grant)
        waiting = asyncio.ensure_future(gate.flight(windows).__aenter__())
        await asyncio.sleep(10)
        store._windows["one"].give_back()
        start = VirtualClock().now()
        await waiting
        return VirtualClock().now() - start

    assert run(main()) <= 0.3
