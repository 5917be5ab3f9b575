"""A fifth of all requests goes wrong, in every way there is, and nothing is lost or doubled."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from benchmarks.faults import EVERYWHERE, ORDERLY, made
from instagram_async import (
    Client,
    InstagramError,
    NotFoundError,
    Pager,
    PagingError,
    Quota,
    Retry,
    Timeout,
    UncertainWriteError,
)
from instagram_async.server import LocalInstagram, World
from instagram_async.server.faults.kinds import KINDS
from tests.support.listings import ALL_SCOPES, listings, world

PAGED = ("user_feed", "user_followed_by", "user_follows", "user_liked", "user_recent", "tag_recent")


@asynccontextmanager
async def soaking(
    seed: int, kinds: AbstractSet[str]
) -> AsyncIterator[tuple[LocalInstagram, Client]]:
    async with LocalInstagram(world(), family_limit=100_000) as server:
        server.faults.sometimes(0.2, seed=seed, kinds=made(kinds))
        async with Client(
            server.access_token(scope=ALL_SCOPES),
            base_url=server.base_url,
            quota=Quota.unlimited(),
            retry=Retry(base=0),
            timeout=Timeout(read=0.25, total=2),
            max_bytes=2**20 - 1,
        ) as client:
            yield server, client


def key(item: Any) -> str:
    return str(getattr(item, "id", None) or item.name)


async def read(pager: Pager[Any]) -> list[str]:
    """All of a listing, by one who goes on after whatever error, as the rules allow."""
    items = aiter(pager)
    given: list[str] = []
    while True:
        try:
            item = await anext(items, None)
        except PagingError as error:  # the place of a cycle is lost to this walk
            assert error.kind == "cycle"
            assert error.checkpoint is not None
            items = aiter(pager.resume(error.checkpoint))
            continue
        except InstagramError:
            continue
        if item is None:
            return given
        given.append(key(item))


async def expected(made: World) -> dict[str, list[str]]:
    """All listings as a server without faults gives them."""
    async with (
        LocalInstagram(made) as server,
        Client(
            server.access_token(scope=ALL_SCOPES), base_url=server.base_url, quota=Quota.unlimited()
        ) as client,
    ):
        return {name: await read(listings(client, made)[name]()) for name in PAGED}


async def surely(write: Callable[[], Awaitable[object]]) -> None:
    """Ask for a state until it is said to be there."""
    for _ in range(50):
        try:
            await write()
        except NotFoundError:  # an attempt that was told to have failed had not
            return
        except InstagramError:
            continue
        return
    raise AssertionError("fifty failures in a row")


@pytest.mark.parametrize("seed", [1, 2])
async def test_items_come_once_and_in_order(seed: int) -> None:
    plain = await expected(world())
    async with soaking(seed, ORDERLY) as (server, client):
        pagers = listings(client, server.world)
        for name in (*PAGED, *PAGED):
            assert await asyncio.wait_for(read(pagers[name]()), 30) == plain[name]
        assert len(server.faults.happened) > 8


async def test_all_at_once_each_item_comes_once() -> None:
    plain = await expected(world())
    async with soaking(3, ORDERLY | {"out_of_order"}) as (server, client):
        pagers = listings(client, server.world)
        names = PAGED * 3
        got = await asyncio.wait_for(asyncio.gather(*(read(pagers[one]()) for one in names)), 60)
        for name, given in zip(names, got, strict=True):
            assert len(given) == len(set(given))
            assert set(given) == set(plain[name])
        assert len(server.faults.happened) > 15


async def test_whatever_happens_nothing_comes_twice_or_out_of_nowhere() -> None:
    """Where replies say that the list has ended or an item can't be read, some are lost."""
    plain = await expected(world())
    async with soaking(4, KINDS.keys()) as (server, client):
        pagers = listings(client, server.world)
        for name in PAGED:
            given = await asyncio.wait_for(read(pagers[name]()), 30)
            assert len(given) == len(set(given))
            known = set(plain[name])
            posted = [one for one in given if one not in known]
            assert all(server.world.media(one) for one in posted)


async def test_writes_end_in_the_state_that_was_asked_for() -> None:
    async with soaking(5, EVERYWHERE) as (server, client):
        made, me = server.world, server.world.self_id
        media = [one.id for one in made.recent(me, count=20)[0]]
        when = datetime(2015, 9, 1, tzinfo=UTC)
        comments = {one: made.comment(one, me, "before", when).id for one in media}
        people = [user.id for user in made.users[1:21]]
        for one in media:
            await surely(partial(client.unlike, one))
            await surely(partial(client.delete_comment, one, comments[one]))
        for who in people:
            await surely(partial(client.unfollow, who))
        for one in media[10:]:
            await surely(partial(client.like, one))
        for who in people[10:]:
            await surely(partial(client.block, who))
        liked = [one.user_has_liked for one in made.recent(me, count=20, viewer=me)[0]]
        assert liked == [False] * 10 + [True] * 10
        assert not any(made.find_comment(one, comments[one]) for one in media)
        ties = [made.relationship(me, who) for who in people]
        assert {tie.outgoing_status for tie in ties} == {"none"}
        assert [tie.incoming_status == "blocked_by_you" for tie in ties] == [False] * 10 + [
            True
        ] * 10
        assert len(server.faults.happened) > 10


async def test_comments_are_made_once_at_most() -> None:
    async with soaking(6, EVERYWHERE) as (server, client):
        made = server.world
        media = made.recent(made.self_id, count=1)[0][0].id
        before = len(made.comments(media, count=999))
        said = dict[str, int]()
        for text in map("comment {}".format, range(80)):
            try:
                await client.create_comment(media, text)
                said[text] = 1
            except UncertainWriteError as error:
                said[text] = await settled(client, error)
            except InstagramError:  # a refusal: nothing was written
                said[text] = 0
        there = Counter(one.text for one in made.comments(media, count=999)[before:])
        assert there == Counter(said)
        assert {0, 1} == set(said.values())


async def settled(client: Client, error: UncertainWriteError) -> bool:
    for _ in range(50):
        try:
            return await client.settle(error)
        except InstagramError:
            continue
    raise AssertionError("fifty failures in a row")
