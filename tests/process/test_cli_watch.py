"""`instagram-async watch`, interrupted, and gone on with."""

from __future__ import annotations

import asyncio
import json
import shlex
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from instagram_async import Media, UserSummary
from instagram_async.server import LocalInstagram, World
from tests.process.serving import COMMAND, ENVIRONMENT


@asynccontextmanager
async def watching(server: LocalInstagram, *words: str) -> AsyncIterator[Process]:
    """A command that runs, and no longer than its test."""
    own = {"INSTAGRAM_BASE_URL": server.base_url, "INSTAGRAM_ACCESS_TOKEN": server.access_token()}
    process = await asyncio.create_subprocess_exec(
        COMMAND, *words, stdout=PIPE, stderr=PIPE, env={**ENVIRONMENT, **own}
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def stopped(process: Process) -> tuple[str, list[str]]:
    process.terminate()
    out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 143
    return out.decode(), err.decode().splitlines()


async def next_id(process: Process) -> str:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 30)
    found = json.loads(line)["id"]
    assert isinstance(found, str)
    return found


async def test_what_is_new_is_shown_and_what_came_meanwhile_as_well() -> None:
    async with LocalInstagram(World.seeded(1, media=3)) as server:
        world = server.world

        def post() -> str:
            now = datetime.now(UTC)
            owner = UserSummary(id=world.self_id, username="somebody")
            made = Media(id=world.free_id(owner.id, now), created_time=now, user=owner)
            world.post(made)
            return made.id

        async with watching(server, "watch", "user-recent", "self", "--every", "0.05") as first:
            async with asyncio.timeout(30):
                while not (server.requests and server.requests[0].status):  # it has looked
                    await asyncio.sleep(0.01)
            posted = [post()]
            assert await next_id(first) == posted[0]
            out, told = await stopped(first)
        assert (out, told[0]) == ("", "stopped; this goes on:")

        posted += [post(), post()]
        async with watching(server, *shlex.split(told[1])[1:]) as again:
            assert [await next_id(again), await next_id(again)] == posted[1:]
            assert (await stopped(again))[0] == ""
