"""From construction to the end, over real sockets."""

from __future__ import annotations

import asyncio
import gc
import random
import threading
from collections.abc import Coroutine
from typing import Any

import pytest

from instagram_async import (
    Client,
    ClientClosedError,
    Hooks,
    Quota,
    RateLimitError,
    Retry,
    Timeout,
)
from instagram_async.server import LocalInstagram, World
from instagram_async.server.faults import Fault
from tests.support.canary import TOKEN
from tests.support.raw import Answer, http, raw_server, refused_port
from tests.support.until import until

OK = Answer(http(b'{"meta":{"code":200},"data":1}'))
STALL = Answer(then="stall")


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


async def closes_promptly(client: Client, *tasks: asyncio.Task[Any]) -> None:
    """Close, and see that each task ends with the error that says so."""
    await client.close()
    async with asyncio.timeout(1):
        ends = await asyncio.gather(*tasks, return_exceptions=True)
    for end in ends:
        assert isinstance(end, ClientClosedError)
        assert str(end) == "GET users/{id}: the client was closed meanwhile"


def started(*calls: Coroutine[Any, Any, Any]) -> list[asyncio.Task[Any]]:
    return [asyncio.create_task(call) for call in calls]


def test_construction_needs_no_loop_and_does_no_io() -> None:
    threads = threading.active_count()
    client = Client(TOKEN, base_url="http://192.0.2.1/v1")
    view = client.with_options(timeout=Timeout(total=1))
    pager = view.user_recent("self").limit(3)
    assert client._owned is not None
    assert client._owned._session is None
    assert threading.active_count() == threads
    del client, view, pager
    gc.collect()


def test_a_client_that_was_never_used_is_closed_in_any_loop() -> None:
    client = Client(TOKEN)
    asyncio.run(client.close())
    asyncio.run(client.close())


async def test_it_is_open_inside_async_with() -> None:
    async with raw_server(OK) as server:
        async with Client(TOKEN, base_url=server.base_url) as client:
            assert await read(client) == 1
        with pytest.raises(ClientClosedError, match=r"^GET users/\{id\}: the client is closed$"):
            await read(client)
        with pytest.raises(ClientClosedError, match="media/recent: the client is closed") as caught:
            await client.user_recent().first()
        assert caught.value.checkpoint is not None
        await until(lambda: not server.open)
    assert len(server.arrived) == 1


async def test_an_error_inside_async_with_closes_it_too() -> None:
    with pytest.raises(LookupError):
        async with Client(TOKEN) as client:
            raise LookupError
    with pytest.raises(ClientClosedError):
        await read(client)


async def test_requests_in_flight_are_ended_and_the_server_sees_it() -> None:
    async with raw_server(STALL) as server:
        client = Client(TOKEN, base_url=server.base_url)
        tasks = started(*[read(client) for _ in range(5)])
        await until(lambda: len(server.arrived) == 5)
        await closes_promptly(client, *tasks)
        await until(lambda: not server.open)
        await client.close()
    assert len(server.arrived) == 5


async def test_those_who_wait_for_a_slot_or_for_quota_are_ended() -> None:
    async with raw_server(OK, STALL) as server:
        client = Client(TOKEN, base_url=server.base_url, concurrency=1, quota=Quota(2))
        await read(client)
        tasks = started(*[read(client) for _ in range(4)])
        await until(lambda: len(server.arrived) == 2)
        tasks += started(*[read(client.with_options(max_wait=1e6)) for _ in range(2)])
        await asyncio.sleep(0)
        await closes_promptly(client, *tasks)
    assert len(server.arrived) == 2


async def test_a_retry_that_sleeps_is_ended() -> None:
    planned = asyncio.Event()
    client = Client(
        TOKEN,
        base_url=f"http://127.0.0.1:{refused_port()}/v1",
        retry=Retry(base=9e9, cap=9e9),
        hooks=Hooks(on_retry=lambda _: planned.set()),
    )
    tasks = started(read(client))
    await planned.wait()
    await closes_promptly(client, *tasks)


async def test_a_second_close_while_the_first_is_heard() -> None:
    async with raw_server(STALL) as server:
        client = Client(TOKEN, base_url=server.base_url)
        tasks = started(*[read(client) for _ in range(3)])
        await until(lambda: len(server.arrived) == 3)
        closing = started(*[client.close() for _ in range(3)])
        await closes_promptly(client, *tasks)
        await asyncio.gather(*closing)


class SlowToDie:
    """A transport that takes a while to notice that it was cancelled."""

    def __init__(self) -> None:
        self.dying = asyncio.Event()

    async def send(self, request: object, timeout: object) -> Any:
        try:
            await asyncio.sleep(3600)
        finally:
            self.dying.set()
            await asyncio.sleep(0.01)

    async def close(self) -> None:
        raise AssertionError("a transport that was handed in is its owner's to close")


async def test_a_second_close_while_a_call_is_dying() -> None:
    transport = SlowToDie()
    client = Client(TOKEN, transport=transport)
    tasks = started(read(client))
    await asyncio.sleep(0)
    await client.close()
    await transport.dying.wait()
    await closes_promptly(client, *tasks)


@pytest.mark.parametrize("attempts", [1, 2])
async def test_a_call_that_is_just_let_through_leaves_no_session_behind(attempts: int) -> None:
    async with raw_server(OK) as server:
        retry = Retry(attempts=attempts)
        client = Client(TOKEN, base_url=server.base_url, concurrency=1, retry=retry)
        gate = client._session.gate
        flight = gate.flight(client._session.wire.windows(None))
        await flight.__aenter__()
        tasks = started(read(client))
        await asyncio.sleep(0)
        await flight.__aexit__(None, None, None)  # his turn: he runs in this very round
        await closes_promptly(client, *tasks)
        assert client._owned is not None
        assert client._owned._session is None
    assert server.arrived == []


async def test_another_loop_is_told_so() -> None:
    async with raw_server(OK) as server, Client(TOKEN, base_url=server.base_url) as client:
        await read(client)

        def elsewhere() -> None:
            with pytest.raises(RuntimeError, match="belongs to one event loop"):
                asyncio.run(read(client))

        await asyncio.to_thread(elsewhere)
        assert await read(client) == 1


async def test_a_timeout_of_the_callers_is_a_timeout() -> None:
    async with (
        raw_server(STALL, OK) as server,
        Client(TOKEN, base_url=server.base_url, quota=Quota(2)) as client,
    ):
        with pytest.raises(TimeoutError) as caught:
            async with asyncio.timeout(0.02):
                await read(client)
        assert type(caught.value) is TimeoutError
        assert await read(client) == 1
        with pytest.raises(TimeoutError):  # waiting for quota
            async with asyncio.timeout(0.02):
                await read(client)
        await until(lambda: len(server.open) == 1)


@pytest.mark.parametrize("cancel_first", [True, False])
async def test_a_cancellation_wins_over_a_close(cancel_first: bool) -> None:
    async with raw_server(STALL) as server:
        client = Client(TOKEN, base_url=server.base_url)
        [task] = started(read(client))
        await until(lambda: server.arrived)
        if cancel_first:
            task.cancel()
        [closing] = started(client.close())
        await asyncio.sleep(0)  # in the same round, before the task can run
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await closing


async def test_a_close_that_is_cancelled_has_closed() -> None:
    async with raw_server(STALL) as server:
        client = Client(TOKEN, base_url=server.base_url)
        tasks = started(*[read(client) for _ in range(3)])
        await until(lambda: len(server.arrived) == 3)
        [closing] = started(client.close())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.wait([closing])
        await closes_promptly(client, *tasks)
        await until(lambda: not server.open)


@pytest.mark.parametrize("seed", range(6))
async def test_cancelled_calls_lose_nothing(seed: int) -> None:
    rng = random.Random(seed)
    left: list[object] = []
    async with (
        LocalInstagram(World.seeded(1, media=1)) as server,
        Client(
            server.access_token(),
            base_url=server.base_url,
            quota=Quota(30),
            concurrency=3,
            hooks=Hooks(on_request=left.append),
            retry=Retry(attempts=1),
        ) as client,
    ):
        server.faults.add(*[Fault("stall", after=2) for _ in range(3)])
        tasks = started(*[read(client) for _ in range(20)])
        for task in rng.sample(tasks, 10):
            await asyncio.sleep(rng.choice((0, 0.001)))
            task.cancel()
        server.faults.clear()
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()  # those who met a stall
        await asyncio.wait(tasks)
        rest = 30 - len(left)
        assert rest > 0
        greedy = client.with_options(max_wait=0)
        calls = [read(greedy) for _ in range(rest + 2)]
        ends = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(end) for end in ends].count(RateLimitError) == 2
        assert len(left) == 30
        assert not any(isinstance(end, asyncio.CancelledError) for end in ends)
