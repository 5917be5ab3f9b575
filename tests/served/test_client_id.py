"""Calls without a token, as servers of before 2016 took them (reference D.4)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from instagram_async import AuthenticationError, Client, Quota, Retry
from instagram_async.server import LocalInstagram


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram() as running:
        yield running


@pytest.fixture
async def app(server: LocalInstagram) -> AsyncIterator[Client]:
    async with Client(
        client_id=server.client_id,
        base_url=server.base_url,
        quota=Quota.unlimited(),
        retry=Retry(attempts=1),
    ) as client:
        yield client


async def test_what_is_public_can_be_read(server: LocalInstagram, app: Client) -> None:
    owner = server.world.self_id
    assert (await app.user(owner)).id == owner
    media = await app.user_recent(owner, count=33).collect()
    assert len(media) == 120
    assert {one.user_has_liked for one in media} == {None}
    assert await app.media(media[0].id) == media[0]
    assert await app.geography_recent(server.world.geographies[0]).first() is not None
    assert all("access_token" not in each.query for each in server.requests)


async def test_nobody_is_self_without_a_token(app: Client) -> None:
    for read in (app.user, app.user_recent().first, app.user_feed().first, app.user_liked().first):
        with pytest.raises(AuthenticationError):
            await read()


async def test_nobody_writes_without_a_token(server: LocalInstagram, app: Client) -> None:
    media, _ = server.world.recent(server.world.self_id, count=1)
    with pytest.raises(AuthenticationError, match="Missing access_token URL parameter"):
        await app.like(media[0].id)
    with pytest.raises(AuthenticationError, match="Missing access_token URL parameter"):
        await app.follow("5")
