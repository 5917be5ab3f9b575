"""A listing that is cancelled, or whose client is closed, at each step of the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from attrs import define

from instagram_async import (
    Client,
    ClientClosedError,
    Hooks,
    Media,
    MemoryStore,
    Pager,
    Quota,
    Retry,
    SQLiteStore,
)
from instagram_async.paging.items import Items
from instagram_async.quota import Store
from instagram_async.server import Fault, LocalInstagram, World
from tests.support.leftovers import nothing_left
from tests.support.until import until

QUOTA = Quota(10_000)


@define
class Reader:
    """A server of three pages, and clients that read them one after the other."""

    server: LocalInstagram
    store: Store
    expected: list[str]
    sent: int = 0

    def client(self) -> Client:
        return Client(
            self.server.access_token(),
            base_url=self.server.base_url,
            concurrency=1,
            quota=QUOTA,
            quota_store=self.store,
            retry=Retry(base=1e-9),
            hooks=Hooks(on_request=self._count),
        )

    def next_step(self, steps: int) -> int:
        # With a file there are hundreds, most of them waiting for its thread.
        return steps + 1 + (steps // 6 if self.store.shared else 0)

    def _count(self, event: object) -> None:
        self.sent += 1

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """See that each request that arrived gets a place, and none that did not leave."""
        async with self.client() as client:
            await client.quota.refresh()
            used, sent, arrived = client.quota.used, self.sent, len(self.server.requests)
            yield
            async with asyncio.timeout(5):
                while client.quota.used - used > self.sent - sent:  # a file is told a bit later
                    await asyncio.sleep(0.0005)
                    await client.quota.refresh()
            assert client.quota.used - used >= len(self.server.requests) - arrived


@pytest.fixture(params=["memory", "file"])
async def reader(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Reader]:
    world = World.seeded(1, media=7)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(LocalInstagram(world, limit=100_000))
        store: Store = MemoryStore()
        if request.param == "file":
            store = await stack.enter_async_context(SQLiteStore(tmp_path / "quota.db"))
        media, _ = world.recent(world.self_id, count=7)
        made = Reader(server, store, [one.id for one in media])
        async with made.client() as client:  # what is made once is made now
            assert await ids(client.user_recent(count=3)) == made.expected
        yield made


async def take(items: Items[Media], got: list[str]) -> None:
    async for media in items:
        got.append(media.id)  # noqa: PERF401 - what was got has to stay when it is cancelled


async def ids(pager: Pager[Media]) -> list[str]:
    return [media.id async for media in pager]


async def begun(items: Items[Media], got: list[str], steps: int) -> asyncio.Task[None]:
    """A task that reads, some steps of the loop later."""
    task = asyncio.create_task(take(items, got))
    for _ in range(steps):
        await asyncio.sleep(0)
    return task


def stumbles(reader: Reader) -> None:
    """The second page breaks once, so that there is a retry to be cancelled in."""
    reader.server.faults.clear()
    reader.server.faults.add(Fault("status", status=503, after=1))


async def test_cancelled_at_each_step_a_listing_loses_nothing(reader: Reader) -> None:
    steps, lengths, has_ended = 0, set(), False
    while not has_ended:
        stumbles(reader)
        async with nothing_left(), reader.watched(), reader.client() as client:
            got: list[str] = []
            items = aiter(client.user_recent(count=3))
            task = await begun(items, got, steps)
            has_ended = task.done()
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled() is not has_ended
            assert got == reader.expected[: len(got)]
            resumed = client.user_recent(count=3).resume(items.checkpoint)
            assert got + await ids(resumed) == reader.expected
            lengths.add(len(got))
            async with asyncio.timeout(5):
                await take(items, got)
            assert got == reader.expected
            assert items.report.complete
        steps = reader.next_step(steps)
    assert {0, 7} <= lengths <= {0, 3, 6, 7}
    assert len(lengths) == 4 or reader.store.shared
    assert steps > 10


async def test_closed_at_each_step_a_listing_goes_on_elsewhere(reader: Reader) -> None:
    steps, lengths, has_ended = 0, set(), False
    while not has_ended:
        stumbles(reader)
        async with nothing_left(), reader.watched():
            client = reader.client()
            got: list[str] = []
            items = aiter(client.user_recent(count=3))
            task = await begun(items, got, steps)
            has_ended = task.done()
            await client.close()
            # At once, with no round of the loop for the call to die in.
            assert task.done() or client._session.lifecycle._scopes == set()
            await asyncio.wait([task])
            assert got == reader.expected[: len(got)]
            error = task.exception()
            checkpoint = items.checkpoint
            if error is not None:
                assert isinstance(error, ClientClosedError)
                assert error.checkpoint == checkpoint
            async with reader.client() as other:
                rest = await ids(other.user_recent(count=3).resume(checkpoint))
            assert got + rest == reader.expected
            lengths.add(len(got))
        steps = reader.next_step(steps)
    assert {0, 7} <= lengths <= {0, 3, 6, 7}
    assert len(lengths) == 4 or reader.store.shared
    assert steps > 10


async def test_a_close_that_is_cancelled_at_any_step_has_closed(reader: Reader) -> None:
    for steps in range(1, 8):
        reader.server.faults.add(Fault("stall"))
        async with nothing_left(), reader.watched():
            client = reader.client()
            before = reader.sent
            calls = [asyncio.create_task(client.user()) for _ in range(3)]
            await until(lambda before=before: reader.sent > before)  # type: ignore[misc]
            closing = asyncio.create_task(client.close())
            for _ in range(steps):
                await asyncio.sleep(0)
            closing.cancel()
            await asyncio.wait([closing, *calls], timeout=2)
            assert [type(call.exception()) for call in calls] == [ClientClosedError] * 3
            with pytest.raises(ClientClosedError):
                await client.user()
        reader.server.faults.clear()
