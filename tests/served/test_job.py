"""Jobs against the local server: what is kept is what it has, and no secret is in any file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from instagram_async import (
    Client,
    ClientClosedError,
    Comment,
    Media,
    Pager,
    Quota,
    RateLimitError,
    Retry,
    bulk,
)
from instagram_async.server import Fault, LocalInstagram, World
from tests.support.until import until


def job(folder: Path) -> bulk.Job:
    sink = bulk.JSONLinesSink(folder / "rows.jsonl")
    return bulk.Job(ledger=folder / "ledger.db", sink=sink)


def rows(folder: Path, model: type[Any] = Media) -> dict[str, list[Any]]:
    kept: dict[str, list[Any]] = {}
    for row in bulk.JSONLinesSink(folder / "rows.jsonl").read(model):
        kept.setdefault(row.listing, []).append(row.item)
    return kept


def public_world() -> World:
    world = World.seeded(4, users=5, media=60)
    for user in world.users:
        world.set_private(user.id, private=False)
    return world


def recent(client: Client, world: World) -> dict[str, Pager[Media]]:
    return {user.id: client.user_recent(user.id, count=9) for user in world.users}


async def test_what_is_kept_is_what_the_server_has(tmp_path: Path) -> None:
    world = public_world()
    async with LocalInstagram(world) as server:
        for after in (1, 4, 9):
            server.faults.add(Fault("status", status=503, after=after))
        retry = Retry(base=1e-9)
        async with (
            Client(server.access_token(), base_url=server.base_url, retry=retry) as client,
            job(tmp_path) as one,
        ):
            told: list[bulk.Progress] = []
            report = await one.run(recent(client, world), on_progress=told.append)
            expected = {key: await pager.collect() for key, pager in recent(client, world).items()}
    assert rows(tmp_path) == {key: media for key, media in expected.items() if media}
    assert report.items == sum(map(len, expected.values()))
    assert report.requests == report.pages + 3
    assert told[-1].quota.limit == 5000
    assert told[-1].quota.remaining is not None


async def test_any_listing_of_any_model(tmp_path: Path) -> None:
    world = public_world()
    media = max(world.recent(world.self_id, count=60)[0], key=lambda one: one.comments.count)
    async with LocalInstagram(world) as server:
        token = server.access_token(scope="basic public_content comments")
        async with Client(token, base_url=server.base_url) as client, job(tmp_path) as one:
            pager = client.media_comments(media.id)
            await one.run({"said": pager})
            assert rows(tmp_path, Comment) == {"said": await pager.collect()}


async def test_a_quota_that_is_used_up_is_a_pause(tmp_path: Path) -> None:
    world = public_world()
    async with LocalInstagram(world) as server:

        def client(limit: int) -> Client:
            quota = Quota(limit, per=3600)
            return Client(server.access_token(), base_url=server.base_url, quota=quota, max_wait=0)

        for _ in range(2):
            async with client(5) as poor, job(tmp_path) as one:
                with pytest.raises(RateLimitError) as caught:
                    await one.run(recent(poor, world))
                assert caught.value.retry_at is not None
                assert list(one.failures()) == []
        async with client(5000) as rich, job(tmp_path) as one:
            report = await one.run(recent(rich, world))
            assert (report.over, report.failed) == (5, 0)
            for key, pager in recent(rich, world).items():
                assert rows(tmp_path).get(key, []) == await pager.collect()


async def test_a_client_that_is_closed_is_a_pause(tmp_path: Path) -> None:
    world = public_world()
    async with LocalInstagram(world) as server, job(tmp_path) as one:
        client = Client(server.access_token(), base_url=server.base_url)
        running = asyncio.create_task(one.run(recent(client, world), concurrency=2))
        await until(lambda: len(server.requests) > 4)
        await client.close()
        with pytest.raises(ClientClosedError):
            await running
        assert list(one.failures()) == []
        async with Client(server.access_token(), base_url=server.base_url) as other:
            assert (await one.run(recent(other, world))).over == 5
            for key, pager in recent(other, world).items():
                assert rows(tmp_path).get(key, []) == await pager.collect()


async def test_no_secret_is_in_any_file(tmp_path: Path) -> None:
    world = public_world()
    async with LocalInstagram(world) as server:
        token = server.access_token()
        async with Client(token, base_url=server.base_url) as client, job(tmp_path) as one:
            pagers = {**recent(client, world), "404": client.user_recent("404")}
            assert (await one.run(pagers)).failed == 1
            held = {file.name: file.read_bytes() for file in tmp_path.iterdir()}  # noqa: ASYNC240
    assert held.keys() > {"ledger.db", "ledger.db-wal", "rows.jsonl"}
    assert [name for name, text in held.items() if token.encode() in text] == []
