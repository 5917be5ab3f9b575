"""A client and its forked child."""

from __future__ import annotations

import asyncio
import os
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from instagram_async import Client
from instagram_async.testing import ScriptedTransport
from tests.support.canary import TOKEN

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


def client_of(*data: object) -> Client:
    return Client(TOKEN, transport=ScriptedTransport([ScriptedTransport.reply(d) for d in data]))


def in_a_child(check: Callable[[], None]) -> int:
    """Run a check in a forked child; its exit status is 0 if it held."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of threads
        pid = os.fork()
    if pid == 0:
        try:
            check()
        except BaseException:  # noqa: BLE001 - the child must not go on with the suite
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_a_used_client_is_of_no_use_in_a_child() -> None:
    client = client_of(1, 2)
    assert asyncio.run(read(client)) == 1

    def check() -> None:
        with pytest.raises(RuntimeError, match="can't be used after a fork"):
            asyncio.run(read(client))

    assert in_a_child(check) == 0


def test_it_is_the_process_that_is_told_and_not_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(1, 2)

    async def main() -> None:
        await read(client)
        monkeypatch.setattr(os, "getpid", lambda: -1)  # what a child with our loop would see
        with pytest.raises(RuntimeError, match="can't be used after a fork"):
            await read(client)

    asyncio.run(main())


def test_a_client_that_was_not_used_yet_is_the_childs() -> None:
    client = client_of(1)

    def check() -> None:
        assert asyncio.run(read(client)) == 1

    assert in_a_child(check) == 0


def test_a_check_that_fails_in_the_child_is_seen() -> None:
    assert in_a_child(lambda: pytest.fail("planted")) == 1
