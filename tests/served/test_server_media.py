"""The sections media, likes and comments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from instagram_async.models import Media, UserSummary, pk_to_shortcode
from instagram_async.server import LocalInstagram, World
from instagram_async.server.bounds import Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.ids import media_pk
from tests.served.server_helpers import delete, get, post, refused, token_of, wire_shape

DAY = 86_400
NOT_FOUND = (400, "APINotFoundError", "invalid media id")
CANNOT_VIEW = (400, "APINotAllowedError", "you cannot view this resource")
WRITTEN = {"meta": {"code": 200}, "data": None}


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, users=150, media=70)) as server:
        yield server


def mine(server: LocalInstagram) -> list[Media]:
    me = server.world.self_id
    return server.world.recent(me, count=999, viewer=me)[0]


def hidden(server: LocalInstagram) -> Media:
    """The media of a private user whom the self user does not follow."""
    world = server.world
    user = next(user for user in world.users if not world.can_view(world.self_id, user.id))
    world.post(
        Media(
            id=world.free_id(user.id, datetime(2015, 9, 1, tzinfo=UTC)),
            created_time=datetime(2015, 9, 1, tzinfo=UTC),
            user=UserSummary(id=user.id, username=user.username),
        )
    )
    return world.recent(user.id, count=1)[0][0]


async def test_a_media_by_all_its_names(server: LocalInstagram) -> None:
    media = mine(server)[3]
    pk = media.id.partition("_")[0]
    whole, bare = await get(server, f"media/{media.id}"), await get(server, f"media/{pk}")
    short = await get(server, f"media/shortcode/{pk_to_shortcode(int(pk))}")
    assert whole.json == {"meta": {"code": 200}, "data": wire_shape(server, media)}
    assert whole.body == bare.body == short.body


async def test_a_media_that_there_is_not(server: LocalInstagram) -> None:
    media = mine(server)[3]
    for path in ("media/64_9", "media/shortcode/BA", f"media/{media.id}9"):
        assert refused(await get(server, path)) == NOT_FOUND
    for path, status in (
        ("media/self", 400),
        ("media/x_9", 400),
        (f"media/shortcode/{media.shortcode}.json", 404),
        ("media/shortcode/a/b", 404),
    ):
        got = await get(server, path)
        assert (got.status, got.headers["Content-Type"]) == (status, "text/html")


async def test_a_media_of_a_private_user(server: LocalInstagram) -> None:
    media = hidden(server)
    for path in (
        f"media/{media.id}",
        f"media/shortcode/{pk_to_shortcode(media_pk(media.id))}",
        f"media/{media.id}/likes",
        f"media/{media.id}/comments",
    ):
        assert refused(await get(server, path)) == CANNOT_VIEW
    assert refused(await post(server, f"media/{media.id}/likes")) == (
        400, "APINotAllowedError", "you cannot like this media",
    )  # fmt: skip
    assert refused(await post(server, f"media/{media.id}/comments", text="hi")) == CANNOT_VIEW
    token = token_of(server, media.user.id)
    got = await get(server, f"media/{media.id}", access_token=token)
    assert got.json["data"]["id"] == media.id


async def test_popular_media_are_fifty_of_public_users(server: LocalInstagram) -> None:
    got = await get(server, "media/popular")
    assert list(got.json) == ["meta", "data"]
    assert len(got.ids) == 50
    owners = {item["user"]["id"] for item in got.json["data"]}
    assert all(server.world.can_view(None, owner) for owner in owners)
    assert len((await get(server, "media/popular", count=3)).ids) == 3


async def test_likes_are_the_newest_120(server: LocalInstagram) -> None:
    media = mine(server)[0]
    for user in server.world.users:
        server.world.like(media.id, user.id)
    got = await get(server, f"media/{media.id}/likes", count=5)
    assert list(got.json) == ["meta", "data"]
    assert len(got.ids) == 120
    assert got.ids == [user.id for user in server.world.likes(media.id, count=120)]
    one = (await get(server, f"media/{media.id}")).json["data"]
    assert one["likes"]["count"] == 150
    assert [user["id"] for user in one["likes"]["data"]] == got.ids[:4]


async def test_a_like_counts_once_and_can_be_taken_back(server: LocalInstagram) -> None:
    media = next(one for one in mine(server) if not one.user_has_liked)
    path = f"media/{media.id}/likes"
    for write, count, has in (
        (post, 1, True),
        (post, 1, True),
        (delete, 0, False),
        (delete, 0, False),
    ):
        assert (await write(server, path)).json == WRITTEN
        shown = (await get(server, f"media/{media.id}")).json["data"]
        assert shown["likes"]["count"] == media.likes.count + count
        assert shown["user_has_liked"] is has
    await post(server, path)
    assert (await get(server, "users/self/media/liked", count=1)).ids == [media.id]


async def test_comments_are_the_newest_150_oldest_first(server: LocalInstagram) -> None:
    media = next(one for one in mine(server) if one.comments.count == 240)
    got = await get(server, f"media/{media.id}/comments", count=3)
    assert list(got.json) == ["meta", "data"]
    assert len(got.ids) == 150
    times = [int(item["created_time"]) for item in got.json["data"]]
    assert times == sorted(times)
    assert set(got.json["data"][0]) == {"id", "created_time", "text", "from"}
    assert got.json["data"][-8:] == wire_shape(server, list(media.comments.data))
    assert str(media_pk(media.id)) not in got.ids  # the caption's


async def test_a_comment_is_written_and_deleted(server: LocalInstagram) -> None:
    media, me = mine(server)[0], server.world.self_id
    path = f"media/{media.id}/comments"
    assert (await post(server, path, text="schön & gut ✓")).json == WRITTEN
    written = (await get(server, path)).json["data"][-1]
    assert (written["text"], written["from"]["id"]) == ("schön & gut ✓", me)
    shown = (await get(server, f"media/{media.id}")).json["data"]["comments"]
    assert shown["count"] == media.comments.count + 1
    assert (await delete(server, f"{path}/{written['id']}")).json == WRITTEN
    assert server.world.media(media.id, viewer=me) == media
    again = await delete(server, f"{path}/{written['id']}")
    assert refused(again)[:2] == (400, "APINotFoundError")


async def test_a_comment_is_deleted_by_its_author_or_the_media_owner(
    server: LocalInstagram,
) -> None:
    media = mine(server)[0]
    eve, bob = server.world.users[7].id, server.world.users[8].id
    path = f"media/{media.id}/comments"
    for _ in range(2):
        await post(server, path, text="hi", access_token=token_of(server, eve))
    first, second = (one.id for one in server.world.comments(media.id, count=2))
    stranger = await delete(server, f"{path}/{first}", access_token=token_of(server, bob))
    assert refused(stranger)[:2] == (400, "APINotAllowedError")
    assert (await delete(server, f"{path}/{first}")).status == 200
    author = await delete(server, f"{path}/{second}", access_token=token_of(server, eve))
    assert author.status == 200
    assert server.world.media(media.id, viewer=server.world.self_id) == media


@pytest.mark.parametrize(
    ("text", "error_type"),
    [
        ("x" * 300, None),
        ("😀" * 300, None),
        ("x" * 301, "APICommentTooLongError"),
        ("#a #b #c #d", None),
        ("#a #b #c #d #e", "APICommentTooManyTagsError"),
        ("see http://a.example/", None),
        ("http://a.example/ HTTPS://b.example/", "APICommentTooManyUrlsError"),
        ("ALL CAPITALS 1", "APICommentAllCapsError"),
        ("123 !", None),
    ],
)
async def test_the_rules_of_2014(server: LocalInstagram, text: str, error_type: str | None) -> None:
    media = mine(server)[0]
    got = await post(server, f"media/{media.id}/comments", text=text)
    assert got.status == (400 if error_type else 200)
    assert got.json.get("error_type") == error_type
    if error_type:
        assert got.json["code"] == 400
        assert got.headers["Content-Type"] == "application/json"
        assert "X-Ratelimit-Limit" not in got.headers
        assert server.world.media(media.id, viewer=server.world.self_id) == media
    if error_type == "APICommentTooLongError":
        assert got.json["error_message"] == "Your comment is too long."


async def test_a_comment_has_a_text(server: LocalInstagram) -> None:
    got = await post(server, f"media/{mine(server)[0].id}/comments")
    assert refused(got) == (400, "APIInvalidParametersError", "Missing text parameter.")


def around(server: LocalInstagram, **query: Any) -> dict[str, Any]:
    place = server.world.locations[0]
    return {"lat": place.latitude, "lng": place.longitude, **query}


async def test_search_pages_by_time(server: LocalInstagram) -> None:
    world, query = server.world, around(server)
    circle = Circle(query["lat"], query["lng"], 1000)
    everything, _ = world.near(circle, count=999)
    newest = int(everything[0].created_time.timestamp())
    oldest = int(everything[-1].created_time.timestamp())

    def expected(start: int, end: int) -> list[str]:
        bounds = Bounds(min_timestamp=start, max_timestamp=end)
        found, _ = world.near(circle, count=999, bounds=bounds)
        return [one.id for one in found if world.can_view(world.self_id, one.user.id)]

    got = await get(server, "media/search", **query, max_timestamp=newest, count=100)
    assert list(got.json) == ["meta", "data"]
    assert got.ids == expected(newest - 5 * DAY, newest)
    assert everything[0].id in got.ids
    assert all("distance" not in item for item in got.json["data"])
    got = await get(
        server, "media/search", **query, max_timestamp=newest, min_timestamp=oldest, count=100
    )
    assert newest - oldest > 7 * DAY
    assert got.ids == expected(newest - 7 * DAY, newest)
    got = await get(server, "media/search", **query, max_timestamp=newest, min_timestamp=newest)
    assert got.ids == expected(newest, newest)
    assert (await get(server, "media/search", **query)).ids == []  # nothing is of today


async def test_search_counts_before_it_hides(server: LocalInstagram) -> None:
    world, me = server.world, server.world.self_id
    query = around(server)
    circle = Circle(query["lat"], query["lng"], 1000)
    everything, _ = world.near(circle, count=999)
    end = int(everything[0].created_time.timestamp())
    start = end - 7 * DAY
    found, _ = world.near(circle, count=999, bounds=Bounds(min_timestamp=start, max_timestamp=end))
    world.set_private(found[0].user.id, private=True)
    world.unfollow(me, found[0].user.id)
    got = await get(
        server, "media/search", **query, min_timestamp=start, max_timestamp=end, count=1
    )
    assert got.ids == ([] if found[0].user.id != me else [found[0].id])


async def test_search_goes_by_the_servers_clock() -> None:
    world = World.seeded(1)
    media, _ = world.near(Circle(47.6077, -122.3394, 1000), count=1)
    second = media[0].created_time.timestamp()
    for late, found in ((-1, False), (0, True), (5 * DAY, True), (5 * DAY + 1, False)):
        async with LocalInstagram(world, now=partial(float, second + late)) as server:
            got = await get(server, "media/search", lat="47.6077", lng="-122.3394", distance=9999)
            assert (media[0].id in got.ids) is found


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"lng": 1}, "json"),
        ({"lat": 1}, "json"),
        ({"lat": "north", "lng": 1}, "html"),
        ({"lat": 91, "lng": 1}, "html"),
        ({"lat": "nan", "lng": 1}, "html"),
        ({"lat": 1, "lng": 1, "distance": "far"}, "html"),
    ],
)
async def test_a_search_is_somewhere(
    server: LocalInstagram, query: dict[str, str | int], status: str
) -> None:
    got = await get(server, "media/search", **query)
    assert got.status == 400
    assert (got.headers["Content-Type"] == "text/html") is (status == "html")
