"""What a watch without a client waits for: nothing but the clock."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from instagram_async.paging.pacing import Pacing
from tests.support.virtual import VirtualClock, run


def test_only_what_is_to_come_is_waited_for() -> None:
    waited: list[str] = []

    @asynccontextmanager
    async def scope(operation: str) -> AsyncGenerator[None]:
        waited.append(operation)
        yield

    async def scenario() -> None:
        clock = VirtualClock()
        pacing = Pacing(clock, scope=scope)
        began = clock.now()
        for when in (began - 9, began - 0.5, began):
            await pacing.until(when, "GET things/{id}")
        assert waited == []
        await pacing.until(began + 0.5, "GET things/{id}")
        assert waited == ["GET things/{id}"]
        assert clock.now() == began + 0.5

    run(scenario())


def test_without_a_quota_requests_cost_no_time() -> None:
    assert Pacing().seconds_for(100) == 0.0
