"""Cancelling a call, wherever it is, over real sockets."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
from attrs import define

from instagram_async import Client, Hooks, OAuth, Quota, RateLimitError, Retry
from instagram_async.server import Fault, LocalInstagram
from tests.support.leftovers import nothing_left
from tests.support.raw import Answer, http, raw_server, refused_port
from tests.support.until import until

OK = Answer(http(b'{"meta":{"code":200},"data":1}'))
SILENT = Answer(then="stall")
HALF_A_HEAD = Answer(b"HTTP/1.1 200 OK\r\nContent-Ty", then="stall")
HALF_A_BODY = Answer(http(b'{"meta":', length=1000), then="stall")


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


@define
class Stage:
    """A client, how to get a call of it where it is to be cancelled, and what that costs."""

    client: Client
    reached: Callable[[], object]
    places: int


@asynccontextmanager
async def served(answer: Answer, places: int) -> AsyncIterator[Stage]:
    async with (
        raw_server(answer) as server,
        Client("t", base_url=server.base_url, quota=Quota(2)) as client,
    ):
        yield Stage(client, lambda: server.arrived, places)


@asynccontextmanager
async def at_the_gate(quota: int) -> AsyncIterator[Stage]:
    """Behind another one, who has the only slot, or the only place."""
    async with (
        raw_server(SILENT) as server,
        Client("t", base_url=server.base_url, concurrency=1, quota=Quota(quota)) as client,
    ):
        first = asyncio.create_task(read(client))
        await until(lambda: server.arrived)
        yield Stage(client, lambda: client._session.gate._lanes, 1)
        first.cancel()
        await asyncio.wait([first])


@contextmanager
def full_port() -> Iterator[int]:
    """A port whose queue is full: whoever comes next is not let in."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as door:
        port = door.getsockname()[1]
        guests = [socket.socket() for _ in range(3)]
        for guest in guests:
            guest.setblocking(False)
            guest.connect_ex(("127.0.0.1", port))
        yield port
        for guest in guests:
            guest.close()


@asynccontextmanager
async def connecting() -> AsyncIterator[Stage]:
    sent: list[object] = []
    with full_port() as port:
        async with Client(
            "t", base_url=f"http://127.0.0.1:{port}/v1", hooks=Hooks(on_request=sent.append)
        ) as client:
            yield Stage(client, lambda: sent, 1)


@asynccontextmanager
async def between_retries() -> AsyncIterator[Stage]:
    planned: list[object] = []
    async with Client(
        "t",
        base_url=f"http://127.0.0.1:{refused_port()}/v1",
        retry=Retry(base=9e9, cap=9e9),
        hooks=Hooks(on_retry=planned.append),
    ) as client:
        yield Stage(client, lambda: planned, 0)


STAGES = {
    "waiting for a slot": lambda: at_the_gate(2),
    "waiting for quota": lambda: at_the_gate(1),
    "connecting": connecting,
    "before the reply": lambda: served(SILENT, 1),
    "in its head": lambda: served(HALF_A_HEAD, 1),
    "in its body": lambda: served(HALF_A_BODY, 1),
    "between two retries": between_retries,
}


@pytest.mark.parametrize("name", STAGES)
async def test_cancelled_anywhere(name: str) -> None:
    async with nothing_left(), STAGES[name]() as stage:
        tasks = asyncio.all_tasks()
        task = asyncio.create_task(read(stage.client))
        await until(stage.reached)
        await asyncio.sleep(0.005)
        assert not task.done()
        task.cancel()
        async with asyncio.timeout(1):
            await asyncio.wait([task])
        assert task.cancelled()
        await until(lambda: asyncio.all_tasks() <= tasks)  # the server's see that we are gone
        assert stage.client.quota.used == stage.places


async def test_the_connection_of_a_cancelled_call_is_closed_and_the_next_one_is_fresh() -> None:
    async with (
        raw_server(HALF_A_BODY, OK) as server,
        Client("t", base_url=server.base_url) as client,
    ):
        task = asyncio.create_task(read(client))
        await until(lambda: server.arrived)
        task.cancel()
        await asyncio.wait([task])
        await until(lambda: not server.open)
        assert await read(client) == 1
        assert server.connections == 2


async def test_a_call_that_is_cancelled_before_it_began_sends_nothing() -> None:
    async with raw_server(OK) as server, Client("t", base_url=server.base_url) as client:
        task = asyncio.create_task(read(client))
        task.cancel()
        await asyncio.wait([task])
        assert client.quota.used == 0
        assert server.connections == 0


async def test_places_of_cancelled_waiters_are_had_by_others() -> None:
    async with (
        raw_server(SILENT, OK) as server,
        Client("t", base_url=server.base_url, concurrency=1, quota=Quota(3)) as client,
    ):
        tasks = [asyncio.create_task(read(client)) for _ in range(20)]
        await until(lambda: server.arrived)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        hasty = client.with_options(max_wait=0)
        assert [await read(hasty), await read(hasty)] == [1, 1]
        with pytest.raises(RateLimitError):
            await read(hasty)


async def test_a_sibling_that_fails_cancels_the_others_of_its_group() -> None:
    async def fails() -> None:
        await until(lambda: len(server.arrived) == 3)
        raise LookupError

    async with (
        raw_server(SILENT) as server,
        nothing_left(),
        Client("t", base_url=server.base_url) as client,
    ):
        with pytest.raises(ExceptionGroup) as caught:
            async with asyncio.TaskGroup() as group:
                for _ in range(3):
                    group.create_task(read(client))
                group.create_task(fails())
        assert caught.group_contains(LookupError)
        assert len(caught.value.exceptions) == 1
        await until(lambda: not server.open)


@pytest.mark.parametrize(
    ("fault", "posted"),
    [
        (Fault("stall", operation="POST media/{id}/comments"), 0),
        (Fault("drip", operation="POST media/{id}/comments", size=1, seconds=9), 1),
    ],
)
async def test_a_comment_that_is_cancelled_is_posted_once_at_most(
    fault: Fault, posted: int
) -> None:
    async with LocalInstagram() as server:
        token = server.access_token(scope="comments")
        async with Client(token, base_url=server.base_url) as client:
            media = await client.user_recent().first()
            assert media is not None
            before = len(await client.media_comments(media.id).collect())
            server.faults.add(fault)
            call = asyncio.create_task(client.create_comment(media.id, "what a light"))
            await until(lambda: client.quota.families["comments"].used)
            await asyncio.sleep(0.02)
            call.cancel()
            await asyncio.wait([call])
            assert call.cancelled()  # and no UncertainWriteError, which nobody would get
            assert client.quota.families["comments"].used == 1
            after = len(await client.media_comments(media.id).collect())
            assert after - before == posted


async def test_an_exchange_that_is_cancelled_leaves_nothing() -> None:
    async with raw_server(SILENT) as server, nothing_left():
        oauth = OAuth("app", "s", redirect_uri="https://app.example/", base_url=server.base_url)
        task = asyncio.create_task(oauth.exchange("3f8c0d15"))
        await until(lambda: server.arrived)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        await until(lambda: not server.open)


async def test_cancelled_inside_async_with_it_is_closed() -> None:
    entered = asyncio.Event()
    clients: list[Client] = []

    async def work(base_url: str) -> None:
        async with Client("t", base_url=base_url) as client:
            clients.append(client)
            entered.set()
            await read(client)

    async with raw_server(SILENT) as server, nothing_left():
        task = asyncio.create_task(work(server.base_url))
        await until(lambda: server.arrived)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert clients[0]._session.lifecycle.closed
        await until(lambda: not server.open)
