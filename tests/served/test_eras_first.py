"""The months after the launch, and the first videos: shapes that did not last (reference B)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from instagram_async import Client, User, UserSummary
from instagram_async.models import Location, Media
from instagram_async.server import LocalInstagram, World
from tests.served.era_helpers import media_in, serving
from tests.served.server_helpers import RECENT, get, post, token_of, walk

LAUNCH, SUMMER, AUTUMN = date(2011, 3, 1), date(2011, 7, 1), date(2011, 9, 1)


def world() -> World:
    """A media with a point on the map, said and liked by a user of three names."""
    ann = User(id="9", username="ann", full_name="Ann Mary Lee")
    made = World([ann, User(id="8", username="bob")])
    posted = datetime(2011, 2, 1, tzinfo=UTC)
    owner = UserSummary(id="9", username="ann", full_name="Ann Mary Lee")
    media = Media(
        id="64_9",
        created_time=posted,
        user=owner,
        location=Location(latitude=1.0, longitude=2.0),
    )
    made.post(media)
    made.comment("64_9", "9", "hi", posted)
    made.like("64_9", "9")
    made.follow("9", "8")
    made.follow("8", "9")
    return made


@pytest.mark.parametrize(("day", "bare"), [(LAUNCH, True), (SUMMER, True), (AUTUMN, False)])
async def test_an_id_was_a_pk_alone(day: date, bare: bool) -> None:
    async with serving(day) as server:
        (first, *_), *_ = [(await get(server, RECENT)).json["data"]]
        assert ("_" in first["id"]) is not bare
        assert {"attribution", "users_in_photo"}.isdisjoint(first) is bare
        assert (await get(server, f"media/{first['id']}")).json["data"]["id"] == first["id"]
        found = [one for page in await walk(server) for one in page]
        pks = [one.id.partition("_")[0] for one in server.world.recent(
            server.world.self_id, count=999)[0]]  # fmt: skip
        assert [one.partition("_")[0] for one in found] == pks
        async with Client(server.access_token(), base_url=server.base_url) as client:
            read = [one.id async for one in client.user_recent("self")]
        assert read == found


@pytest.mark.parametrize(("day", "first"), [(LAUNCH, True), (SUMMER, False)])
async def test_people_had_two_names(day: date, first: bool) -> None:
    async with LocalInstagram(world(), era=day) as server:
        media = (await get(server, RECENT)).json["data"][0]
        profile = (await get(server, "users/self")).json["data"]
        (liker,) = (await get(server, "media/64/likes")).json["data"]
        (said,) = (await get(server, "media/64/comments")).json["data"]
        written = (await post(server, "media/64/comments", text="ho")).json["data"]
    people = [media["user"], liker, said["from"], written["from"],
              media["comments"]["data"][0]["from"]]  # fmt: skip
    for person in people:
        names = [person.get(name) for name in ("first_name", "last_name", "full_name", "type")]
        assert names == (
            ["Ann", "Mary Lee", None, "user"] if first else [None, None, "Ann Mary Lee", None]
        )
    assert ("counts" in profile) is ("full_name" in profile) is not first
    assert (profile.get("first_name") == "Ann") is first


@pytest.mark.parametrize(("day", "first"), [(LAUNCH, True), (SUMMER, False)])
async def test_what_else_was_told_at_first(day: date, first: bool) -> None:
    async with LocalInstagram(world(), era=day) as server:
        token_of(server)
        media = (await get(server, RECENT)).json["data"][0]
        tie = (await get(server, "users/8/relationship")).json["data"]
        async with Client(server.access_token(), base_url=server.base_url) as client:
            read = await client.user_recent().first()
            stand = await client.relationship("8")
    assert media["likes"].get("data") is None if first else media["likes"]["data"]
    assert media["likes"]["count"] == 1
    point: dict[str, Any] = {"latitude": 1.0, "longitude": 2.0}
    assert media["location"] == ({"id": None, "name": None, **point} if first else point)
    assert ("target_user_is_private" in tie) is not first
    assert tie["outgoing_status"] == "follows"
    assert read is not None
    assert (read.user.username, read.likes.count) == ("ann", 1)
    assert stand.incoming_status == "followed_by"


async def test_nobody_on_the_first_videos() -> None:
    days = (date(2013, 7, 1), date(2013, 8, 15))
    june, august = [await media_in(day) for day in days]
    seen = set[str]()
    for early, late in zip(june, august, strict=True):
        is_bare = early["type"] == "video" and late["users_in_photo"] == []
        people = early["users_in_photo"]
        assert (people is None) is is_bare
        assert len(people or ()) == len(late["users_in_photo"])
        seen.add(f"{early['type']} {people is None}")
    assert {"video True", "image False"} <= seen
    async with (
        serving(days[0]) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
    ):
        assert len(await client.user_recent("self").collect()) == len(june)
