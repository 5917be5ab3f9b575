"""The fixtures of the pytest plugin, used as its users do."""

from __future__ import annotations

import asyncio

import pytest

from instagram_async import Client, NotFoundError, RateLimitError, ServerError
from instagram_async.server import Fault, LocalInstagram, World
from instagram_async.testing import make_media, make_user
from instagram_async.testing.local import ALL_SCOPES, setup_of


@pytest.mark.parametrize("turn", range(2))
async def test_each_test_has_a_server_of_its_own(
    local_instagram: LocalInstagram, instagram_client: Client, turn: int
) -> None:
    assert len(local_instagram.requests) == 0
    media = await instagram_client.user_recent().collect()
    assert len(media) == 120
    local_instagram.world.delete(media[0].id)
    assert len(local_instagram.requests) == 6


async def test_the_token_may_write(instagram_client: Client) -> None:
    media = await instagram_client.user_recent().first()
    assert media is not None
    await instagram_client.like(media.id)
    await instagram_client.create_comment(media.id, "lovely!")


@pytest.mark.instagram(users=3, media=5, seed=7, scope="likes")
class TestMarked:
    @pytest.mark.instagram(media=2)
    async def test_the_nearer_marker_goes(
        self, local_instagram: LocalInstagram, instagram_client: Client
    ) -> None:
        assert len(local_instagram.world.users) == 3
        assert local_instagram.world.users == World.seeded(7, users=3, media=2).users
        assert len(await instagram_client.user_recent().collect()) == 2

    @pytest.mark.instagram(limit=3)
    async def test_no_test_waits_for_quota(self, instagram_client: Client) -> None:
        async with asyncio.timeout(20):
            with pytest.raises(RateLimitError):
                for _ in range(4):
                    await instagram_client.user()

    async def test_no_test_waits_for_a_retry(
        self, local_instagram: LocalInstagram, instagram_client: Client
    ) -> None:
        local_instagram.faults.add(Fault("status", status=503, times=4))
        async with asyncio.timeout(2):
            with pytest.raises(ServerError):
                await instagram_client.user()
            assert (await instagram_client.user()).id


class TestOwnWorld:
    @pytest.fixture
    def instagram_world(self) -> World:
        ann = make_user(1)
        return World([ann], [make_media(number, user=ann) for number in range(3)])

    async def test_a_world_of_ones_own_is_served(self, instagram_client: Client) -> None:
        found = await instagram_client.user_recent().collect()
        assert [one.id for one in found] == [make_media(number).id for number in (2, 1, 0)]
        with pytest.raises(NotFoundError):
            await instagram_client.user("404")


@pytest.mark.parametrize(
    "loop_scope",
    [
        pytest.param(scope, marks=pytest.mark.asyncio(loop_scope=scope))
        for scope in ("session", "package", "module", "class", "function")
    ],
)
async def test_the_server_runs_in_the_loop_of_the_test(
    local_instagram: LocalInstagram, instagram_client: Client, loop_scope: str
) -> None:
    async with asyncio.timeout(20):
        assert (await instagram_client.user()).id


async def test_a_client_may_be_closed_and_a_server_stopped_by_the_test(
    local_instagram: LocalInstagram, instagram_client: Client
) -> None:
    await instagram_client.close()
    await local_instagram.__aexit__(None, None, None)


def test_markers_are_read_from_the_nearest_on() -> None:
    assert setup_of([]).scope == ALL_SCOPES
    setup = setup_of([((), {"media": 1, "per": 60}), ((), {"media": 2, "users": 3})])
    assert setup.world == {"media": 1, "users": 3}
    assert setup.server == {"per": 60}
    with pytest.raises(TypeError, match=r"named arguments only, not \(3,\)"):
        setup_of([((3,), {})])
    with pytest.raises(TypeError, match=r"has no 'user'; it has scope, seed, users, .*limit"):
        setup_of([((), {"user": 3})])
    with pytest.raises(TypeError, match="has no 'world'"):
        setup_of([((), {"world": 3})])
