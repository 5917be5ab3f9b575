"""Words, envelopes and headers of refusals, and how much was allowed, era by era."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import get_args

import aiohttp
import pytest
from yarl import URL

from instagram_async.server import App, LocalInstagram, World
from instagram_async.server.era import EraName
from tests.served.server_helpers import RECENT, get, post, token_of
from tests.support.every import EVERYTHING

ERAS: tuple[EraName, ...] = get_args(EraName)
INVALID = "The access_token provided is invalid."


def world() -> World:
    return World.seeded(3, users=9, media=30)


@pytest.mark.parametrize(
    ("era", "error_type", "words"),
    [
        ("2013", "OAuthAccessTokenException", 'The "access_token" provided is invalid.'),
        (date(2015, 6, 10), "OAuthParameterException", INVALID),
        ("2015", "OAuthAccessTokenException", INVALID),
        ("2018", "OAuthAccessTokenException", INVALID),
    ],
    ids=str,
)
async def test_an_unknown_token(era: EraName | date, error_type: str, words: str) -> None:
    async with LocalInstagram(world(), era=era) as server:
        got = await get(server, RECENT, access_token="1.2.3")
    assert got.json == {"meta": {"code": 400, "error_type": error_type, "error_message": words}}


@pytest.mark.parametrize("era", ERAS)
async def test_the_order_of_keys_in_errors(era: EraName) -> None:
    async with LocalInstagram(world(), era=era, limit=1) as server:
        in_meta = await get(server, "users/1?access_token=no")
        await get(server, "users/1")
        flat = await get(server, "users/1")
    late = ["code", "error_type", "error_message"]
    early = ["error_type", "code", "error_message"]
    assert list(in_meta.json["meta"]) == (late if era >= "2017" else early)
    assert list(flat.json) == late
    assert (b'": ' in flat.body) is (b'": ' in in_meta.body) is (era >= "2016")


@pytest.mark.parametrize("era", ERAS)
async def test_who_asks_with_nothing(era: EraName) -> None:
    async with LocalInstagram(world(), era=era) as server:
        got = await get(server, "users/1?count=1")
    meta = got.json["meta"]
    assert meta["error_message"] == "Missing client_id or access_token URL parameter."
    assert meta["error_type"] == "OAuthParameterException"


@pytest.mark.parametrize("era", ERAS)
async def test_names_of_the_rate_headers(era: EraName) -> None:
    async with LocalInstagram(world(), era=era) as server:
        url = URL(server.base_url)
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(b"GET /v1/users/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        head, _, _ = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()
    limit = 200 if era == "2018" else 5000
    if era in ("2013", "2015"):
        names = (b"X-Ratelimit-Limit", b"X-Ratelimit-Remaining")
    else:
        names = (b"x-ratelimit-limit", b"x-ratelimit-remaining")
    assert b"\r\n%b: %d\r\n%b: %d\r\n" % (names[0], limit, names[1], limit - 1) in head
    cookie = b"\r\nSet-Cookie: rur=PRN; Path=/" if era >= "2017" else b"\r\nSet-Cookie: csrftoken="
    assert cookie in head


@pytest.mark.parametrize("era", ERAS)
async def test_a_page_of_no_items(era: EraName) -> None:
    async with LocalInstagram(world(), era=era) as server:
        got = await get(server, RECENT, count=0)
    if era == "2013":
        assert len(got.ids) == 20
    else:
        assert got.json["meta"]["error_message"] == "Count must be larger than zero."


@pytest.mark.parametrize(("era", "most"), [("2013", 60), ("2015", 33), ("2018", 33)])
async def test_the_largest_page_of_media(era: EraName, most: int) -> None:
    async with LocalInstagram(World.seeded(3, media=70), era=era) as server:
        got = await get(server, RECENT, count=64)
        assert len(got.ids) == most
        assert "count=64" in got.json["pagination"]["next_url"]


@pytest.mark.parametrize(("era", "more"), [("2013", 0), ("2015", 1), ("2016", 1), ("2017", 0)])
async def test_people_who_are_searched(era: EraName, more: int) -> None:
    async with LocalInstagram(world(), era=era) as server:
        server.access_token(scope=EVERYTHING)
        got = await get(server, "users/search", q="_", count=3)
    assert len(got.ids) == 3 + more


@pytest.mark.parametrize(("era", "most"), [("2013", 200), ("2015", 50)])
async def test_the_largest_page_of_tags(era: EraName, most: int) -> None:
    crowded = world()
    media, _ = crowded.recent(crowded.self_id, count=1)
    for number in range(220):
        crowded.add_tag(media[0].id, f"t{number}", media[0].created_time)
    async with LocalInstagram(crowded, era=era) as server:
        got = await get(server, "tags/search", q="t", count=300)
    assert len(got.json["data"]) == most


@pytest.mark.parametrize(("era", "heeds"), [("2015", True), ("2016", False), ("2018", False)])
async def test_bounds_of_time(era: EraName, heeds: bool) -> None:
    served = world()
    place = served.locations[0]
    where = {"lat": str(place.latitude), "lng": str(place.longitude)}
    async with LocalInstagram(served, era=era) as server:
        server.access_token(scope=EVERYTHING)
        whole = await get(server, RECENT)
        for path in (RECENT, "locations/4000/media/recent"):
            got = await get(server, path, max_timestamp=1)
            assert (got.ids == []) is heeds
        assert bool((await get(server, "media/search", **where)).ids) is not heeds
    assert whole.ids


async def test_a_place_is_found_within_750_metres_in_2017() -> None:
    served = world()
    place = served.locations[0]
    far = {"lat": str((place.latitude or 0) + 0.008), "lng": str(place.longitude)}  # 890 metres
    for era, found in (("2016", True), ("2017", False)):
        async with LocalInstagram(served, era=era) as server:  # type: ignore[arg-type]
            server.access_token(scope=EVERYTHING)
            got = await get(server, "locations/search", **far, distance=5000)
            assert ("4000" in got.ids) is found
            assert type(got.ids) is list


@pytest.mark.parametrize(("era", "rules"), [("2013", False), ("2015", True), ("2017", True)])
async def test_rules_for_comments_came_in_2014(era: EraName, rules: bool) -> None:
    served = world()
    media = served.recent(served.self_id, count=1)[0][0]
    async with LocalInstagram(served, era=era) as server:
        server.access_token(scope=EVERYTHING)
        got = await post(server, f"media/{media.id}/comments", text="ALL CAPITALS")
        long = await post(server, f"media/{media.id}/comments", text="x" * 301)
    assert got.status == long.status == (400 if rules else 200)
    assert not rules or got.json["error_type"] == "APICommentAllCapsError"
    assert not rules or long.json["error_message"] == "Your comment is too long."


async def test_writes_told_more_in_2011() -> None:
    served = world()
    me, other = (user.id for user in served.users[:2])
    media = served.recent(me, count=1)[0][0]
    for day, tells in ((date(2011, 9, 1), True), (date(2012, 1, 1), False)):
        async with LocalInstagram(served, era=day) as server:
            token_of(server)
            said = (await post(server, f"media/{media.id}/comments", text="hi")).json["data"]
            tie = await post(server, f"users/{other}/relationship", action="follow")
        assert (said and said["text"]) == ("hi" if tells else None)
        assert ("incoming_status" in tie.json["data"]) is tells
        assert "outgoing_status" in tie.json["data"]


@pytest.mark.parametrize(
    ("era", "words"),
    [
        ("2015", "No matching code found."),
        ("2016", "No matching code found."),
        ("2017", "Matching code was not found or was already used."),
    ],
)
async def test_a_code_that_is_unknown(era: EraName, words: str) -> None:
    async with LocalInstagram(world(), era=era) as server, aiohttp.ClientSession() as session:
        form = {
            "client_id": server.client_id,
            "client_secret": server.client_secret,
            "grant_type": "authorization_code",
            "redirect_uri": "https://app.example/",
            "code": "0",
        }
        url = URL(server.base_url).origin() / "oauth/access_token"
        async with session.post(url, data=form) as response:
            body = await response.json()
            assert not any(name.lower().startswith("x-ratelimit") for name in response.headers)
    assert (body["error_type"], body["error_message"]) == ("OAuthException", words)


async def test_an_app_that_is_not_approved() -> None:
    served = world()
    async with LocalInstagram(served, era="2016", app=App(approved="likes")) as server:
        server.access_token(scope=EVERYTHING)
        tag = await get(server, "tags/snow")
        media = served.recent(served.self_id, count=1)[0][0]
        comment = await post(server, f"media/{media.id}/comments", text="hi")
        like = await post(server, f"media/{media.id}/likes")
    meta = tag.json["meta"]
    assert meta["error_type"] == "OAuthPermissionsException"
    assert meta["error_message"] == "This client has not been approved to access this resource."
    assert "is not permitted to POST comments." in comment.json["meta"]["error_message"]
    assert like.status == 200


@pytest.mark.parametrize(
    ("era", "is_known"), [("2013", True), (date(2014, 6, 30), True), (date(2014, 7, 1), False)]
)
async def test_who_asked_to_follow_was_denied(era: EraName | date, is_known: bool) -> None:
    served = world()
    me, other = (user.id for user in served.users[:2])
    served.unfollow(other, me)
    served.set_private(me, private=True)
    served.follow(other, me)
    async with LocalInstagram(served, era=era) as server:
        got = await post(server, f"users/{other}/relationship", action="deny")
        asking = {one.id for one in served.requested_by(me)}
        ignored = await post(server, f"users/{other}/relationship", action="ignore")
    assert (got.status, other in asking) == ((200, False) if is_known else (400, True))
    assert ignored.status == 200
    assert served.requested_by(me) == []
