"""An app in its sandbox: a few users, 20 media of each, and nothing else (reference C.3)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from instagram_async import Client, Media, NotFoundError, Quota
from instagram_async.server import App, LocalInstagram, World
from tests.served.consent_helpers import address, answer, ask, form_in, sent_to
from tests.served.server_helpers import RECENT, get, pages, post, refused, walk
from tests.support.listings import ALL_SCOPES, SPAN, listings, names, world

RANKS = (0, 1, 30, 40)  # nobody of them is private but the first
OUTSIDE = 20


@pytest.fixture(scope="module")
def made() -> World:
    return world()


@pytest.fixture
async def server(made: World) -> AsyncIterator[LocalInstagram]:
    app = App(sandbox=True, invited=invited(made))
    async with LocalInstagram(made, app=app) as server:
        yield server


def client_of(server: LocalInstagram) -> Client:
    token = server.access_token(scope=ALL_SCOPES)
    return Client(token, base_url=server.base_url, quota=Quota.unlimited())


def invited(made: World) -> list[str]:
    return [made.users[rank].id for rank in RANKS]


def newest(made: World) -> dict[str, Media]:
    """What there is, by the plainest way to find it."""
    return {
        one.id: one
        for user_id in invited(made)
        for one in made.recent(user_id, count=20, viewer=made.self_id)[0]
    }


async def test_only_the_last_20_media(server: LocalInstagram, made: World) -> None:
    found = await walk(server, count=7)
    assert [len(page) for page in found] == [7, 7, 6]
    whole, more = made.recent(made.self_id, count=20)
    assert more
    assert [one for page in found for one in page] == [one.id for one in whole]
    got = await get(server, RECENT, count=33)
    assert len(got.ids) == 20
    assert got.json["pagination"] == {}
    assert (await get(server, RECENT, max_id=whole[4].id, min_id=whole[9].id)).ids == [
        one.id for one in whole[5:9]
    ]
    second = int(whole[3].created_time.timestamp())
    got = await get(server, RECENT, min_timestamp=second)
    assert got.ids == [one.id for one in whole if one.created_time >= whole[3].created_time]
    got = await get(server, RECENT, max_timestamp=second, count=1)
    assert got.ids == [whole[3].id]


@pytest.mark.parametrize(
    "path",
    ["users/{}", "users/{}/media/recent", "users/{}/follows", "users/{}/relationship"],
)
async def test_nobody_else_exists(server: LocalInstagram, made: World, path: str) -> None:
    outsider = made.users[OUTSIDE].id
    got = await get(server, path.format(outsider))
    assert refused(got) == (400, "APINotFoundError", "this user does not exist")
    assert (await get(server, path.format(made.users[1].id))).status == 200


async def test_no_other_media_exists(server: LocalInstagram, made: World) -> None:
    mine, _ = made.recent(made.self_id, count=21)
    theirs, _ = made.recent(made.users[OUTSIDE].id, count=1)
    async with client_of(server) as client:
        assert (await client.media(mine[19].id)).id == mine[19].id
        for hidden in (mine[20], theirs[0]):
            for ask_for in (
                client.media(hidden.id),
                client.media_shortcode(hidden.shortcode or ""),
                client.like(hidden.id),
                client.create_comment(hidden.id, "hi"),
                client.media_likes(hidden.id).first(),
            ):
                with pytest.raises(NotFoundError, match="invalid media id"):
                    await ask_for
        with pytest.raises(NotFoundError, match="invalid media id"):
            await client.media("1_1")


@pytest.mark.parametrize("name", list(names()))
async def test_every_listing_holds_what_there_is(
    server: LocalInstagram, made: World, name: str
) -> None:
    async with LocalInstagram(made) as live, client_of(live) as client:
        everything: list[Any] = await listings(client, made)[name]().collect()
    async with client_of(server) as client:
        pager: Any = listings(client, made)[name]()
        found: list[Any] = await pager.collect()
    people = set(invited(made))
    media = newest(made)
    match name:
        case "tag_search":
            tags = [tag for one in media.values() for tag in one.tags]
            assert {tag.name: tag.media_count for tag in found} == {
                tag.name: tags.count(tag.name) for tag in everything if tag.name in tags
            }
        case "location_search":
            assert found == everything
        case "media_comments":
            busiest = max(made.recent(made.self_id, count=60)[0], key=lambda m: m.comments.count)
            said = made.comments(busiest.id, count=1000)
            theirs = [one for one in said if one.author and one.author.id in people]
            assert [one.id for one in found] == [one.id for one in theirs[-150:]]
        case "media_popular":
            # These are the newest of the public ones, here as there.
            assert found
            assert {one.id for one in found} <= set(media)
        case _ if name.startswith(("user_search", "user_req", "user_foll", "media_likes")):
            assert [one.id for one in found] == [one.id for one in everything if one.id in people]
        case _:
            assert found
            # By their ids, since each server's pictures have its own address.
            assert [one.id for one in found] == [one.id for one in everything if one.id in media]


async def test_lists_page_within_what_there_is(server: LocalInstagram, made: World) -> None:
    tag = max(
        {name for one in newest(made).values() for name in one.tags},
        key=lambda name: sum(name in one.tags for one in newest(made).values()),
    )
    path = f"tags/{tag}/media/recent"
    small = await pages(server, path, "max_tag_id", count=2)
    assert len(small) > 2
    assert sum(map(len, small)) == len((await get(server, path, count=33)).ids)
    assert (await get(server, f"tags/{tag}")).json["data"]["media_count"] >= sum(map(len, small))
    liked = await pages(server, "users/self/media/liked", "max_like_id", count=3)
    assert {len(page) for page in liked[:-1]} == {3}
    likes = {one.id for one in newest(made).values() if one.user_has_liked}
    assert sorted(one for page in liked for one in page) == sorted(likes)
    people = await pages(server, "users/self/follows", "cursor", count=2)
    assert [len(page) for page in people] == [2, 1]
    assert refused(await get(server, "users/search", q="a", count=0))[0] == 400


async def test_an_invited_user_who_does_not_live_here(made: World) -> None:
    app = App(sandbox=True, invited=["1", made.self_id])
    async with LocalInstagram(made, app=app) as server:
        mine, _ = made.recent(made.self_id, count=20)
        assert (await get(server, "users/self/feed", count=33)).ids == [one.id for one in mine]
        assert form_in((await ask(address(server))).body).people == [made.self_id]
        assert refused(await get(server, "users/1"))[2] == "this user does not exist"


async def test_what_nobody_in_it_has(server: LocalInstagram) -> None:
    got = await get(server, "tags/unheard/media/recent")
    assert got.ids == []
    assert list(got.json["pagination"]) == ["deprecation_warning"]
    assert (await get(server, "tags/search", q="unheard")).json["data"] == []


async def test_what_is_written_is_there(server: LocalInstagram, made: World) -> None:
    media, _ = made.recent(made.self_id, count=1)
    made.add_tag(media[0].id, "fresh", datetime(2015, 9, 21, tzinfo=UTC))
    assert (await get(server, "tags/fresh/media/recent")).ids == [media[0].id]
    token = server.access_token(scope=ALL_SCOPES)
    path = f"media/{media[0].id}/comments"
    assert (await post(server, path, access_token=token, text="here")).status == 200
    assert (await get(server, path)).json["data"][-1]["text"] == "here"


async def test_its_limits() -> None:
    async with LocalInstagram(app=App(sandbox=True)) as server:
        assert (await get(server, "users/self")).headers["X-Ratelimit-Limit"] == "500"
        path = f"users/{server.world.users[1].id}/relationship"
        token = server.access_token(scope="relationships")
        for _ in range(30):
            assert (await post(server, path, access_token=token, action="follow")).status == 200
        got = await post(server, path, access_token=token, action="follow")
        assert refused(got)[2].endswith("31 requests of the 30 allowed in the last hour.")
    async with LocalInstagram(app=App(sandbox=True), limit=7) as server:
        assert (await get(server, "users/self")).headers["X-Ratelimit-Limit"] == "7"


async def test_who_may_allow_it_something(server: LocalInstagram, made: World) -> None:
    outsider = made.users[OUTSIDE].id
    url = address(server)
    assert form_in((await ask(url)).body).people == invited(made)
    got = await answer(url, user=outsider)
    assert (got.status, got.json["error_type"], got.json["error_message"]) == (
        403, "OAuthForbiddenException", "You are not a sandbox user of this client",
    )  # fmt: skip
    assert "code=" in await sent_to(url, user=made.users[1].id)
    with pytest.raises(LookupError, match=f"no user {outsider} in the sandbox"):
        server.access_token(outsider)
    with pytest.raises(LookupError, match=f"no user {outsider} in the sandbox"):
        server.authorization_code(outsider, redirect_uri="https://app.example/cb")


async def test_the_first_ten_are_invited_unless_it_says_whom() -> None:
    async with LocalInstagram(World.seeded(1, media=3), app=App(sandbox=True)) as server:
        shown = form_in((await ask(address(server))).body).people
        assert shown == [user.id for user in server.world.users[:10]]
    async with LocalInstagram(app=App(sandbox=True, invited=("1",))) as server:
        assert form_in((await ask(address(server))).body).people == []
        url = f"media/search?lat=0&lng=0&max_timestamp={SPAN['max_timestamp']}"
        got = await get(server, f"{url}&client_id={server.client_id}")
        assert got.json["data"] == []


async def test_counts_are_of_what_there_is(server: LocalInstagram, made: World) -> None:
    people, there = set(invited(made)), newest(made)
    for user_id in people:
        counts = (await get(server, f"users/{user_id}")).json["data"]["counts"]
        followers, follows = (
            [one.id for one in listing(user_id, count=999)[0] if one.id in people]
            for listing in (made.followed_by, made.follows)
        )
        assert counts == {
            "media": sum(one.user.id == user_id for one in there.values()),
            "followed_by": len(followers),
            "follows": len(follows),
        }
    tag = max({name for one in there.values() for name in one.tags})
    own = [one for one in there.values() if one.user.id == made.self_id]
    single = (await get(server, f"media/{own[0].id}")).json["data"]
    pages = [
        (await get(server, path, count=33)).json["data"]
        for path in (RECENT, "users/self/feed", "users/self/media/liked", "media/popular",
                     f"tags/{tag}/media/recent", "locations/4000/media/recent")
    ]  # fmt: skip
    assert all(pages)
    fewer = 0
    for media in (single, *(one for page in pages for one in page)):
        likers = [one.id for one in made.likes(media["id"], count=999) if one.id in people]
        said = [one for one in made.comments(media["id"], count=999)
                if one.author and one.author.id in people]  # fmt: skip
        assert media["likes"]["count"] == len(likers)
        assert [one["id"] for one in media["likes"]["data"]] == likers[:4]
        assert media["comments"]["count"] == len(said)
        assert [one["id"] for one in media["comments"]["data"]] == [one.id for one in said[-8:]]
        fewer += media["likes"]["count"] < there[media["id"]].likes.count
    assert fewer > 20
