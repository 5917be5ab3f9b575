"""Watching the local server, that fails, refuses and changes meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise

import pytest
from attrs import evolve

from instagram_async import (
    AuthenticationError,
    Client,
    ClientClosedError,
    Media,
    Quota,
    Retry,
    Watch,
    watch,
)
from instagram_async.server import Fault, LocalInstagram, World
from tests.support.leftovers import nothing_left
from tests.support.swift import SwiftClock
from tests.support.until import until

PER = 60.0  # seconds of a clock that is a hundred times as fast
HASTY = Retry(attempts=2, base=1)


class Author:
    """Posts to `self`'s timeline, a minute later each time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.posted: list[str] = []

    def post(self) -> None:
        newest = self.world.recent(self.world.self_id, count=1)[0][0]
        when = newest.created_time + timedelta(minutes=1)
        made = evolve(newest, id=self.world.free_id(newest.user.id, when), created_time=when)
        self.world.post(made)
        self.posted.append(made.id)


@asynccontextmanager
async def served() -> AsyncIterator[tuple[LocalInstagram, Author, Client]]:
    world, clock = World.seeded(3, media=10), SwiftClock(100)
    async with (
        LocalInstagram(world, limit=20, per=PER, now=clock.now) as server,
        Client(
            server.access_token(),
            base_url=server.base_url,
            quota=Quota(20, per=PER),
            retry=HASTY,
            clock=clock,
        ) as client,
    ):
        yield server, Author(world), client


async def first_look(items: Watch[Media]) -> asyncio.Future[Media]:
    """The first item that will come, as soon as what is there is known."""
    first = asyncio.ensure_future(anext(items))
    await until(lambda: items.watermark is not None)
    return first


async def test_faults_are_survived_and_nothing_is_lost_or_given_twice() -> None:
    async with served() as (server, author, client):
        items = watch(client.user_recent(count=3), every=1)
        pending = await first_look(items)
        got: list[str] = []
        for kind in ("reset_after", "status", "truncated", "rate_limit", "reset_before"):
            for _ in range(4):
                author.post()
            # More often than the client tries by itself.
            server.faults.add(Fault(kind, times=2, after=1))
            for _ in range(4):
                got.append((await pending).id)
                pending = asyncio.ensure_future(anext(items))
        pending.cancel()
        assert got == author.posted
        assert sum(server.faults.happened.values()) >= 8
        refused = sum(request.status == 429 for request in server.requests)
        assert refused == server.faults.happened["rate_limit"]


async def test_a_hasty_watch_uses_the_quota_evenly_and_no_more() -> None:
    async with served() as (server, _, client):
        items = watch(client.user_recent(), every=0.01)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2 * PER / 100):
                await anext(items)
        assert {request.status for request in server.requests} == {200}
        came = [request.at for request in server.requests]
        gaps = [later - sooner for sooner, later in pairwise(came)]
        assert 10 < len(gaps) <= 40  # 20 in each of the two windows
        assert sorted(gaps)[len(gaps) // 2] >= 0.9 * PER / 20


async def test_a_restart_goes_on_behind_the_watermark() -> None:
    async with served() as (server, author, client):
        items = watch(client.user_feed(), every=1)
        pending = await first_look(items)
        for _ in range(3):
            author.post()
        assert (await pending).id == author.posted[0]
        saved = items.watermark
        author.post()
        async with Client(server.access_token(), base_url=server.base_url) as other:
            again = watch(other.user_feed().since(saved), every=1)
            assert [(await anext(again)).id for _ in range(3)] == author.posted[1:]


async def test_what_does_not_pass_is_raised_and_after_it_one_goes_on() -> None:
    async with served() as (server, author, client):
        items = watch(client.user_recent(), every=1)
        pending = await first_look(items)
        server.faults.add(Fault("error", error_type="OAuthAccessTokenException"))
        with pytest.raises(AuthenticationError):
            await pending
        author.post()
        assert (await anext(items)).id == author.posted[0]


async def test_who_closes_the_client_ends_the_wait_for_the_next_round() -> None:
    async with served() as (_, _, client), nothing_left():
        pending = await first_look(watch(client.user_recent(), every=360_000))
        await asyncio.sleep(0.01)
        async with asyncio.timeout(10):
            await client.close()
            with pytest.raises(ClientClosedError, match="the client was closed"):
                await pending


async def test_who_leaves_a_watch_leaves_nothing_behind() -> None:
    async with served() as (server, author, client):
        await client.user()
        async with nothing_left():
            items = watch(client.user_recent(), every=1)
            pending = await first_look(items)
            author.post()
            await pending
            author.post()
            async for media in items:
                assert media.id == author.posted[1]
                break
            waiting = asyncio.ensure_future(anext(items))
            await asyncio.sleep(0.05)
            waiting.cancel()
            await client.user()  # the connection may have been the one that was cancelled
            sent = len(server.requests)
            await asyncio.sleep(0.05)
            assert len(server.requests) == sent
