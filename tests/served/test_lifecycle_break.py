"""`break`, `return` and exceptions out of every kind of iteration."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import pytest
from attrs import define

from instagram_async import Client, Pager, Retry, TransportError
from instagram_async.server import Fault, LocalInstagram, World
from tests.support.leftovers import nothing_left


@define
class Shelf:
    """Seven media on three pages, and who reads them."""

    server: LocalInstagram
    client: Client
    ids: list[str]

    @property
    def pager(self) -> Pager[Any]:
        return self.client.user_recent(count=3)


@pytest.fixture
async def shelf() -> AsyncIterator[Shelf]:
    world = World.seeded(1, media=7)
    ids = [media.id for media in world.recent(world.self_id, count=7)[0]]
    async with (
        LocalInstagram(world) as server,
        Client(
            server.access_token(),
            base_url=server.base_url,
            concurrency=1,  # whoever kept the slot would be seen
            retry=Retry(attempts=1),
        ) as client,
    ):
        await client.user()
        yield Shelf(server, client, ids)


async def two_of(pager: Pager[Any]) -> list[str]:
    got: list[str] = []
    async for media in pager:
        got.append(media.id)
        if len(got) == 2:
            return got
    raise AssertionError


async def break_out(pager: Pager[Any]) -> None:
    async for _ in pager:
        break


async def break_out_of_pages(pager: Pager[Any]) -> None:
    async for _ in pager.pages():
        break


async def return_out(pager: Pager[Any]) -> None:
    await two_of(pager)


async def raise_out(pager: Pager[Any]) -> None:
    with pytest.raises(LookupError):
        async for _ in pager:
            raise LookupError


async def forget(pager: Pager[Any]) -> None:
    await anext(aiter(pager))


async def take_the_first(pager: Pager[Any]) -> None:
    await pager.first()


WAYS = [break_out, break_out_of_pages, return_out, raise_out, forget, take_the_first]


@pytest.mark.parametrize("leave", WAYS)
async def test_whoever_leaves_holds_nothing(shelf: Shelf, leave: Any) -> None:
    used, requests = shelf.client.quota.used, len(shelf.server.requests)
    async with nothing_left():
        await leave(shelf.pager)
        gc.collect()  # what is forgotten has nothing to say
        await asyncio.sleep(0)
        assert len(shelf.server.requests) == requests + 1
        assert shelf.client.quota.used == used + 1
    async with asyncio.timeout(2):
        assert [media.id async for media in shelf.pager] == shelf.ids


async def test_an_iterator_goes_on_where_it_was_left(shelf: Shelf) -> None:
    items, got = aiter(shelf.pager), []
    async for media in items:
        got.append(media.id)
        break
    with pytest.raises(LookupError):
        async for media in items:
            got.append(media.id)
            raise LookupError
    assert got == shelf.ids[:2]
    got += [media.id async for media in items]
    assert got == shelf.ids


async def test_pages_go_on_where_they_were_left(shelf: Shelf) -> None:
    pages, got = shelf.pager.pages(), []
    async for page in pages:
        got += [media.id for media in page.items]
        break
    async for page in pages:
        got += [media.id for media in page.items]
    assert got == shelf.ids


async def test_iterations_of_one_pager_do_not_meet(shelf: Shelf) -> None:
    pager, seen = shelf.pager, []
    async for outer in pager.limit(2):
        async for inner in pager:
            seen.append((outer.id, inner.id))
            if inner.id == shelf.ids[4]:
                break
    assert seen == [(one, two) for one in shelf.ids[:2] for two in shelf.ids[:5]]


async def test_break_inside_the_clients_own_block(shelf: Shelf) -> None:
    async with nothing_left():
        for _ in range(3):
            token = shelf.server.access_token()
            async with Client(token, base_url=shelf.server.base_url) as client:
                async for _ in client.user_recent(count=3):
                    break
                break


async def test_collect_that_is_cancelled_may_be_called_again(shelf: Shelf) -> None:
    shelf.server.faults.add(Fault("stall", after=1))
    pager = shelf.pager
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await pager.collect()
    assert [media.id for media in await pager.collect()] == shelf.ids


async def test_collect_that_failed_may_be_called_again(shelf: Shelf) -> None:
    shelf.server.faults.add(Fault("reset_before", after=1))
    pager = shelf.pager
    with pytest.raises(TransportError) as caught:
        await pager.collect()
    assert caught.value.checkpoint is not None
    again = pager.resume(caught.value.checkpoint)
    assert [media.id for media in await again.collect()] == shelf.ids


async def test_two_at_once_are_refused_and_the_first_is_not_harmed(shelf: Shelf) -> None:
    for iterator in (aiter(shelf.pager), shelf.pager.pages()):
        first = asyncio.create_task(anext(iterator))
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="while another"):
            await anext(iterator)
        item = await first
        assert shelf.ids[0] in (getattr(item, "id", None), getattr(item, "items", [item])[0].id)
