"""A forked child that closes the client leaves its parent's connections alone."""

from __future__ import annotations

import asyncio
import os
import warnings

import pytest

from instagram_async import Client, ClientClosedError
from instagram_async.server import LocalInstagram


async def test_a_child_that_closes_harms_nobody() -> None:
    async with (
        LocalInstagram() as server,
        Client(server.access_token(), base_url=server.base_url) as client,
    ):
        name = (await client.user()).username
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # newer Pythons warn of forks beside threads
            pid = os.fork()
        if pid == 0:
            _close_and_exit(client)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0  # noqa: ASYNC222 - at once
        assert (await client.user()).username == name


def _close_and_exit(client: Client) -> None:
    try:
        client.close().send(None)  # no loop of its own is needed to let go
    except StopIteration:
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the child tells by its exit code alone
        os._exit(1)
    os._exit(2)


def test_another_loop_may_not_close() -> None:
    async def main() -> Client:
        async with LocalInstagram() as server:
            client = Client(server.access_token(), base_url=server.base_url)
            await client.user()
            with pytest.raises(RuntimeError, match="event loop"):
                await asyncio.to_thread(asyncio.run, client.close())
            await client.close()
            with pytest.raises(ClientClosedError):
                await client.user()
            return client

    client = asyncio.run(main())
    asyncio.run(client.close())  # closed is closed, in any loop
