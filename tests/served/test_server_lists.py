"""The listings of the section users, but a user's media and people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain

import pytest

from instagram_async.models import Media, User
from instagram_async.server import LocalInstagram, World
from instagram_async.server.ids import media_pk
from tests.served.server_helpers import get, pages, refused, token_of


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=70)) as server:
        yield server


def everything(world: World) -> list[Media]:
    found = [one for user in world.users for one in world.recent(user.id, count=999)[0]]
    return sorted(found, key=lambda one: media_pk(one.id), reverse=True)


async def test_a_feed_is_own_media_and_those_of_whom_one_follows(server: LocalInstagram) -> None:
    world, me = server.world, server.world.self_id
    authors = {me, *(user.id for user in world.follows(me, count=99)[0])}
    expected = [one.id for one in everything(world) if one.user.id in authors]
    assert len(authors) > 3
    walked = await pages(server, "users/self/feed", "max_id", count=33)
    assert list(chain.from_iterable(walked)) == expected
    first = await get(server, "users/self/feed")
    assert first.ids == expected[:20]
    assert first.next == expected[19]
    got = await get(server, "users/self/feed", max_id=expected[4], min_id=expected[8])
    assert got.ids == expected[5:8]
    assert got.json["pagination"] == {}


async def test_liked_media_are_paged_by_a_key_of_their_own(server: LocalInstagram) -> None:
    world, me = server.world, server.world.self_id
    for media in everything(world)[::7]:
        world.like(media.id, me)
    liking, _ = world.liked(me, count=999)
    expected = [one.id for one in liking if world.can_view(me, one.user.id)]
    assert len(expected) > 30
    first = await get(server, "users/self/media/liked", count=5)
    assert list(first.json["pagination"]) == ["next_url", "next_max_like_id"]
    assert first.json["pagination"]["next_max_like_id"] == liking[4].id.partition("_")[0]
    assert all(item["user_has_liked"] for item in first.json["data"])
    walked = await pages(server, "users/self/media/liked", "max_like_id", count=5)
    assert list(chain.from_iterable(walked)) == expected
    ignored = await get(server, "users/self/media/liked", count=5, max_id=liking[4].id)
    assert ignored.ids == first.ids
    by_default = await get(server, "users/self/media/liked")
    assert by_default.ids == [one.id for one in liking[:20] if one.id in expected]


async def test_what_is_hidden_leaves_a_gap_in_its_page(server: LocalInstagram) -> None:
    world, me = server.world, server.world.self_id
    hidden = next(user.id for user in world.users if not world.can_view(me, user.id))
    theirs, mine = world.recent(hidden, count=2)[0], world.recent(me, count=3)[0]
    for media in (mine[0], theirs[0], theirs[1], mine[1], mine[2]):
        world.unlike(media.id, me)
        world.like(media.id, me)
    seen = await pages(server, "users/self/media/liked", "max_like_id", count=2)
    assert [len(page) for page in seen[:3]] == [2, 0, len(seen[2])]
    assert seen[0] == [mine[2].id, mine[1].id]
    assert seen[2][0] == mine[0].id


async def test_people_are_searched_by_a_part_of_their_names(server: LocalInstagram) -> None:
    world = World()
    for number in range(60):
        world.add_user(User(id=str(number), username=f"u{number}", full_name="Zoë Löwe"))
    world.add_user(User(id="99", username="ZOË_fan"))
    async with LocalInstagram(world) as crowded:
        got = await get(crowded, "users/search", q="zoë", count=3)
        assert list(got.json) == ["meta", "data"]
        assert got.ids == ["0", "1", "2", "3"]  # one more, as in 2015
        assert len((await get(crowded, "users/search", q="ZOË")).ids) == 51
        assert (await get(crowded, "users/search", q="_FAN")).ids == ["99"]
        assert (await get(crowded, "users/search", q="nobody")).ids == []
        assert refused(await get(crowded, "users/search")) == (
            400, "APIInvalidParametersError", "Missing q parameter.",
        )  # fmt: skip


@pytest.mark.parametrize("path", ["users/search", "users/self/feed", "users/self/media/liked"])
async def test_a_page_has_at_least_one_item(server: LocalInstagram, path: str) -> None:
    got = await get(server, path, q="x", count=0)
    assert refused(got) == (400, "APIInvalidParametersError", "Count must be larger than zero.")


async def test_self_is_whose_token_it_is(server: LocalInstagram) -> None:
    other = server.world.users[5]
    got = await get(server, "users/self/feed", access_token=token_of(server, other.id), count=33)
    feed, _ = server.world.feed(other.id, count=33)
    visible = [one.id for one in feed if server.world.can_view(other.id, one.user.id)]
    assert got.ids == visible
