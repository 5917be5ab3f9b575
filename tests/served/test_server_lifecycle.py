from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request
from yarl import URL

from instagram_async.server import LocalInstagram, World
from tests.served.server_helpers import RECENT, get


def open_sockets() -> int:
    links = list(Path("/proc/self/fd").iterdir())
    return sum(link.is_symlink() and str(link.readlink()).startswith("socket:") for link in links)


async def test_it_leaves_no_task_and_no_socket_behind() -> None:
    tasks, sockets = asyncio.all_tasks(), open_sockets()
    async with LocalInstagram() as server:
        port = URL(server.base_url).port
        # A connection that is kept alive, and idle when the server stops.
        async with aiohttp.ClientSession() as session:
            url = f"{server.base_url}/users/self"
            async with session.get(url, params={"access_token": server.access_token()}) as got:
                assert got.status == 200
            assert open_sockets() > sockets
            await server.__aexit__(None, None, None)
    assert asyncio.all_tasks() == tasks
    assert open_sockets() == sockets
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_it_has_an_address_only_while_it_runs_and_may_run_again() -> None:
    server = LocalInstagram(World.seeded(1, media=3))
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.base_url
    assert repr(server) == "LocalInstagram(not running)"
    async with server:
        assert repr(server) == f"LocalInstagram({server.base_url})"
        first = server.access_token()
        assert len((await get(server, RECENT)).ids) == 3
        with pytest.raises(RuntimeError, match="is running"):
            await server.__aenter__()
        assert len((await get(server, RECENT)).ids) == 3
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.base_url
    async with server:
        assert server.access_token() == first
        assert len((await get(server, RECENT)).ids) == 3
    assert len(server.requests) == 3


async def test_a_given_port_and_a_taken_one() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with LocalInstagram(port=port) as server:
        assert server.base_url == f"http://127.0.0.1:{port}/v1"
        second = LocalInstagram(port=port)
        tasks = asyncio.all_tasks()
        with pytest.raises(OSError, match="address"):
            await second.__aenter__()
        assert asyncio.all_tasks() == tasks
        with pytest.raises(RuntimeError, match="not running"):
            _ = second.base_url


async def test_what_arrived_is_logged_without_secrets() -> None:
    async with LocalInstagram() as server:
        await get(server, RECENT, count=2, sig="abc", client_secret="hush")
        await get(server, "users/1?access_token=leak&q=%C3%A4")
        shown = [(one.method, one.path, one.query, one.status) for one in server.requests]
    assert shown == [
        ("GET", "/v1/users/self/media/recent", {"count": "2"}, 200),
        ("GET", "/v1/users/1", {"q": "ä"}, 400),
    ]
    assert server.access_token() not in repr(server.requests)


async def test_the_log_is_bounded() -> None:
    server = LocalInstagram()
    request = make_mocked_request("GET", "/")
    for number in range(10_050):
        server.requests.arrived(request, {"number": str(number)})
    assert len(server.requests) == 10_000
    assert server.requests[0].query == {"number": "50"}


async def test_many_ask_at_once() -> None:
    async with LocalInstagram(World.seeded(media=66)) as server:
        got = await asyncio.gather(*(get(server, RECENT, count=33) for _ in range(30)))
    assert len({one.body for one in got}) == 1
    remaining = sorted(int(one.headers["X-Ratelimit-Remaining"]) for one in got)
    assert remaining == list(range(4970, 5000))
