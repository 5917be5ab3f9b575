"""Other loops and other threads than those in which something began."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from instagram_async import Client, MemoryStore, Quota, RateLimitError, SQLiteStore
from instagram_async.quota import Store
from instagram_async.quota.window import Window
from instagram_async.server import LocalInstagram, World
from instagram_async.testing import ScriptedTransport


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


async def test_an_iterator_that_was_tried_in_another_loop_has_lost_nothing() -> None:
    world = World.seeded(1, media=7)
    expected = [media.id for media in world.recent(world.self_id, count=7)[0]]
    async with (
        LocalInstagram(world) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
    ):
        items = aiter(client.user_recent(count=3))
        got = [(await anext(items)).id for _ in range(3)]

        async def elsewhere() -> None:
            with pytest.raises(RuntimeError, match="belongs to one event loop"):
                await anext(items)

        await asyncio.to_thread(asyncio.run, elsewhere())
        assert len(server.requests) == 1
        got += [media.id async for media in items]
        assert got == expected


def test_a_client_whose_loop_has_ended_is_of_no_use_and_says_so() -> None:
    client = Client("t", transport=ScriptedTransport([ScriptedTransport.reply(1)]))
    assert asyncio.run(read(client)) == 1
    with pytest.raises(RuntimeError, match="belongs to one event loop"):
        asyncio.run(read(client))
    with pytest.raises(RuntimeError, match="closed in the event loop that it belongs to"):
        asyncio.run(client.close())


async def as_many_as_it_lets(store: Store, tries: int, sent: list[object]) -> None:
    replies = [ScriptedTransport.reply(1) for _ in range(tries)]
    transport = ScriptedTransport(replies)
    client = Client(
        "t", transport=transport, quota=Quota(100, per=1000), quota_store=store, max_wait=0
    )
    for _ in range(tries):
        try:
            await read(client)
        except RateLimitError:
            break
        sent.append(client)


def in_threads(store: Store) -> int:
    """Four clients in four loops of four threads: how many requests they send together."""
    sent: list[object] = []
    threads = [
        threading.Thread(target=lambda: asyncio.run(as_many_as_it_lets(store, 90, sent)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, sent))) > 1
    return len(sent)


def test_clients_in_several_threads_share_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    take = Window.take

    def slowly(window: Window, now: float) -> int:
        time.sleep(0.0001)  # another thread has its turn just when the place was seen to be free
        return take(window, now)

    monkeypatch.setattr(Window, "take", slowly)
    assert in_threads(MemoryStore()) == 100


def test_clients_in_several_threads_share_a_file(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "quota.db")
    assert in_threads(store) == 100
    asyncio.run(store.close())
