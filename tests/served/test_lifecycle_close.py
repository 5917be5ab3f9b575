"""Closing with requests in flight, and using a client that is closed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from instagram_async import (
    Client,
    ClientClosedError,
    ConnectError,
    Hooks,
    InstagramError,
    MemoryStore,
    OAuth,
    Quota,
    Request,
    Response,
    Retry,
    Timeout,
    UncertainWriteError,
)
from instagram_async.server import Fault, LocalInstagram, World
from tests.support.leftovers import nothing_left
from tests.support.raw import Answer, http, raw_server, refused_port
from tests.support.until import until

OK = Answer(http(b'{"meta":{"code":200},"data":1}'))
STALL = Answer(then="stall")


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


async def test_when_close_returns_nothing_is_under_way() -> None:
    async with raw_server(OK, STALL) as server, nothing_left():
        client = Client("t", base_url=server.base_url, concurrency=3)
        await read(client)
        ended: list[object] = []

        async def told() -> None:
            try:
                await read(client)
            except ClientClosedError as error:
                ended.append(error)
                raise

        tasks = [asyncio.create_task(told()) for _ in range(5)]
        await until(lambda: len(server.arrived) == 4)
        await client.close()
        assert client._session.lifecycle._scopes == set()
        await asyncio.sleep(0)  # for the tasks to hear of it
        await asyncio.sleep(0)
        assert len(ended) == 5
        await asyncio.gather(*tasks, return_exceptions=True)
        await until(lambda: not server.open)


class Dying:
    """A transport that needs a moment to end a request."""

    def __init__(self) -> None:
        self.ended = 0

    async def send(self, request: Request, timeout: Timeout) -> Response:
        try:
            await asyncio.sleep(3600)
        finally:
            await asyncio.sleep(0.01)
            self.ended += 1
        raise AssertionError

    async def close(self) -> None:
        raise AssertionError


async def test_every_close_waits_for_the_last_call() -> None:
    transport = Dying()
    client = Client("t", transport=transport)
    tasks = [asyncio.create_task(read(client)) for _ in range(3)]
    await until(lambda: client.quota.used == 3)
    closing = asyncio.create_task(client.close())
    await asyncio.sleep(0)
    await client.close()  # the second
    assert transport.ended == 3
    await closing
    await asyncio.wait(tasks)
    assert {type(task.exception()) for task in tasks} == {ClientClosedError}


async def test_a_view_closes_the_client_and_all_its_views() -> None:
    async with raw_server(OK, STALL) as server:
        client = Client("t", base_url=server.base_url)
        one, other = client.with_options(max_wait=1), client.with_options(access_token="u")
        assert await read(client) == 1
        task = asyncio.create_task(read(other))
        await until(lambda: len(server.arrived) == 2)
        await one.close()
        await asyncio.wait([task])
        assert isinstance(task.exception(), ClientClosedError)
        for view in (client, one, other):
            with pytest.raises(ClientClosedError):
                await read(view)


async def test_a_listing_that_is_closed_goes_on_with_another_client() -> None:
    world = World.seeded(1, media=7)
    expected = [media.id for media in world.recent(world.self_id, count=7)[0]]
    async with LocalInstagram(world) as server:
        token, got = server.access_token(), list[str]()
        server.faults.add(Fault("stall", after=1))
        client = Client(token, base_url=server.base_url)
        items = aiter(client.user_recent(count=3))

        async def take() -> None:
            async for media in items:
                got.append(media.id)

        task = asyncio.create_task(take())
        await until(lambda: client.quota.used == 2)  # the second page is asked for
        await client.close()
        with pytest.raises(ClientClosedError) as caught:
            await task
        assert caught.value.checkpoint is not None
        assert got == expected[:3]
        async with Client(token, base_url=server.base_url) as other:
            rest = other.user_recent(count=5).resume(caught.value.checkpoint)
            assert got + [media.id async for media in rest] == expected


async def test_a_write_that_left_is_uncertain_and_one_that_waits_is_not() -> None:
    async with raw_server(STALL) as server:
        client = Client("t", base_url=server.base_url, concurrency=1)
        left, waits = (
            asyncio.create_task(client.create_comment("1_1", text)) for text in ("one", "two")
        )
        await until(lambda: server.arrived)
        await client.close()
        await asyncio.wait([left, waits])
        assert isinstance(left.exception(), UncertainWriteError)
        assert isinstance(waits.exception(), ClientClosedError)


async def test_what_was_in_flight_keeps_its_place() -> None:
    store = MemoryStore()
    async with raw_server(STALL) as server:
        client = Client("t", base_url=server.base_url, concurrency=2, quota_store=store)
        tasks = [asyncio.create_task(read(client)) for _ in range(6)]
        await until(lambda: len(server.arrived) == 2)
        await client.close()
        assert client.quota.used == 2
        async with Client("t", base_url=server.base_url, quota_store=store) as other:
            assert other.quota.used == 2
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(end) for end in ends} == {ClientClosedError}


async def test_a_retry_that_waits_has_no_place() -> None:
    planned = asyncio.Event()
    client = Client(
        "t",
        base_url=f"http://127.0.0.1:{refused_port()}/v1",
        retry=Retry(base=9e9, cap=9e9),
        hooks=Hooks(on_retry=lambda _: planned.set()),
    )
    task = asyncio.create_task(read(client))
    await planned.wait()
    await client.close()
    assert client.quota.used == 0
    with pytest.raises(ClientClosedError):
        await task


class Closer:
    """A transport that closes the client by which it is used."""

    client: Client

    async def send(self, request: Request, timeout: Timeout) -> Response:
        await self.client.close()
        raise ConnectError("not reached")

    async def close(self) -> None:
        raise AssertionError


async def test_a_call_may_close_its_own_client() -> None:
    transport = Closer()
    client = transport.client = Client("t", transport=transport)
    async with asyncio.timeout(1):
        ends = await asyncio.gather(*[read(client) for _ in range(3)], return_exceptions=True)
        assert [type(end) for end in ends] == [ClientClosedError] * 3
        await client.close()


async def test_a_hook_may_close_its_client() -> None:
    closing: list[asyncio.Task[None]] = []
    async with raw_server(STALL) as server, asyncio.timeout(1):
        client = Client(
            "t",
            base_url=server.base_url,
            hooks=Hooks(on_request=lambda _: closing.append(asyncio.create_task(client.close()))),
        )
        with pytest.raises(ClientClosedError):
            await read(client)
        await asyncio.gather(*closing)


LOST = UncertainWriteError(
    "lost",
    "POST media/{id}/comments",
    "media/1_1/comments",
    (("text", "what a light"),),
    datetime(2015, 9, 12, tzinfo=UTC),
)
CALLS = {
    "call": lambda client: client.call("GET", "users/self"),
    "user": lambda client: client.user(),
    "find_user": lambda client: client.find_user("ann"),
    "like": lambda client: client.like("1_1"),
    "create_comment": lambda client: client.create_comment("1_1", "what a light"),
    "settle": lambda client: client.settle(LOST),
    "an item": lambda client: anext(aiter(client.user_recent())),
    "a page": lambda client: anext(client.user_recent().pages()),
    "collect": lambda client: client.user_recent().collect(),
    "first": lambda client: client.media_search(1, 2).first(),
    "a view": lambda client: client.with_options(max_wait=0, access_token="u").user(),
    "a pager made again": lambda client: client.pager(client.user_recent().listing).first(),
}


@pytest.mark.parametrize("name", CALLS)
async def test_whatever_sends_is_refused_at_once(name: str) -> None:
    async with raw_server(OK) as server:
        client = Client("t", base_url=server.base_url)
        await client.close()
        with pytest.raises(ClientClosedError, match=r": the client is closed$"):
            await CALLS[name](client)
        assert server.connections == 0
        assert client.quota.used == 0


async def test_what_sends_nothing_goes_on_working() -> None:
    async with LocalInstagram() as server:
        client = Client(server.access_token(), base_url=server.base_url, quota=Quota(9))
        items = aiter(client.user_recent(count=3))
        await anext(items)
        await client.close()
        async with client as again:  # it is not opened again, but may say so later
            assert again is client
        view = client.with_options(max_wait=1)
        assert view.pager(view.user_recent().limit(3).listing).listing == view.user_recent().listing
        assert (client.quota.used, client.quota.remaining) == (1, 8)
        assert (await client.quota.plan(8)).tzinfo is not None
        await client.quota.refresh()
        resumed = aiter(view.user_recent().resume(items.checkpoint))
        assert resumed.checkpoint == items.checkpoint
        assert items.report.items == 1
        assert repr(client)


async def test_an_iterator_gives_what_it_has_and_then_says_so() -> None:
    async with LocalInstagram() as server:
        async with Client(server.access_token(), base_url=server.base_url) as client:
            items = aiter(client.user_recent(count=3))
            first = await anext(items)
        others = [await anext(items), await anext(items)]
        for _ in range(2):
            with pytest.raises(ClientClosedError) as caught:
                await anext(items)
            assert caught.value.checkpoint == items.checkpoint
        assert len({first.id, *[media.id for media in others]}) == 3
        assert len(server.requests) == 1


async def test_oauth_belongs_to_no_client() -> None:
    async with LocalInstagram() as server:
        oauth = OAuth(
            server.client_id,
            server.client_secret,
            redirect_uri="https://app.example/",
            base_url=server.base_url,
        )
        client = Client("t", base_url=server.base_url)
        await client.close()
        code = server.authorization_code(redirect_uri="https://app.example/")
        assert oauth.authorize().url.startswith("http://127.0.0.1")
        assert (await oauth.exchange(code)).access_token
        with pytest.raises(InstagramError):
            await client.user()
