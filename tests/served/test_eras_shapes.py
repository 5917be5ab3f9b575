"""What things looked like, era by era (reference 0 and B), byte by byte where it matters."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from instagram_async.models import (
    CarouselItem,
    Images,
    Location,
    Media,
    Rendition,
    User,
    UserSummary,
    Videos,
)
from instagram_async.server import World
from instagram_async.server.era import EraName
from tests.served.era_helpers import AFTER, ERAS, media_in, renditions, serving
from tests.served.server_helpers import RECENT, get


@pytest.mark.parametrize("era", ERAS)
async def test_comments_and_likes_inside_media(era: EraName) -> None:
    for media in await media_in(era):
        for sample, most in ((media["comments"], 8), (media["likes"], 4)):
            assert list(sample) == (["count"] if era in AFTER else ["count", "data"])
            assert len(sample.get("data", ())) <= min(most, sample["count"])


@pytest.mark.parametrize("era", [*ERAS, date(2015, 9, 20)], ids=str)
async def test_carousels_are_their_first_part_until_april_2017(era: EraName | date) -> None:
    shows = era in ("2015", "2017", "2018")
    whole = {media["id"]: media for media in await media_in("2015")}
    carousels = 0
    for media in await media_in(era):
        parts = whole[media["id"]].get("carousel_media")
        if not parts:
            assert media["type"] == whole[media["id"]]["type"]
            assert "carousel_media" not in media
            continue
        carousels += 1
        assert media["type"] == ("carousel" if shows else parts[0]["type"])
        assert ("carousel_media" in media) is shows
        assert "images" in media
        if era != "2013":
            assert ("videos" in media) is (parts[0]["type"] == "video")
        for part in media.get("carousel_media", ()):
            assert "id" not in part
            assert {"type", "users_in_photo"} < set(part)
    assert carousels > 3


async def test_a_carousel_without_a_cover_is_its_first_part() -> None:
    large = Rendition(url="https://cdn.example/1.mp4", width=640, height=640)
    picture = Rendition(url="https://cdn.example/1.jpg", width=640, height=640)
    world = World([User(id="9", username="ann")])
    for part in (
        CarouselItem(type="video", videos=Videos(standard_resolution=large)),
        CarouselItem(images=Images(standard_resolution=picture)),
    ):
        posted = datetime(2015, 9, 1, tzinfo=UTC)
        world.post(
            Media(
                id=world.free_id("9", posted),
                created_time=posted,
                user=UserSummary(id="9", username="ann"),
                type="carousel",
                carousel_media=(part,),
            )
        )
    async with serving("2016", world) as server:
        still, moving = (await get(server, RECENT)).json["data"]
    assert moving["videos"]["standard_resolution"]["url"] == large.url
    assert (moving["type"], "images" in moving) == ("video", False)
    assert still["images"]["standard_resolution"]["url"] == picture.url
    assert (still["type"], "videos" in still) == ("image", False)


@pytest.mark.parametrize("era", ERAS)
async def test_owners_of_media_have_a_bio_and_a_website_in_2013(era: EraName) -> None:
    short = {"id", "username", "full_name", "profile_picture"}
    long = short | {"bio", "website"}
    async with serving(era) as server:
        profile = (await get(server, "users/self")).json["data"]
        media = (await get(server, RECENT)).json["data"]
        people = None
        if era != "2018":
            people = (await get(server, "users/self/followed-by")).json["data"]
    for one in media:
        assert set(one["user"]) == (long if era == "2013" else short)
        assert era != "2013" or one["user"]["bio"] == profile["bio"]
        said = [*one["comments"].get("data", ()), *filter(None, [one["caption"]])]
        assert all(set(each["from"]) == short for each in said)
        assert all(set(each) == short for each in one["likes"].get("data", ()))
    for person in people or ():
        assert set(person) == (long if era == "2013" else short)


@pytest.mark.parametrize("era", ERAS)
async def test_people_on_pictures_have_only_a_name_from_2017_on(era: EraName) -> None:
    keys = {"username"} if era >= "2017" else {"username", "id", "full_name", "profile_picture"}
    tagged = [
        each
        for media in await media_in(era)
        for part in (media, *media.get("carousel_media", ()))
        for each in part["users_in_photo"]
    ]
    assert tagged
    for each in tagged:
        assert set(each["user"]) == keys
        assert all(0 <= each["position"][axis] <= 1 for axis in "xy")


@pytest.mark.parametrize(
    ("era", "prefix"),
    [
        (date(2011, 8, 1), "http://instagr.am/p/"),
        ("2013", "http://instagram.com/p/"),
        ("2015", "https://instagram.com/p/"),
        ("2016", "https://www.instagram.com/p/"),
        ("2018", "https://www.instagram.com/p/"),
    ],
    ids=str,
)
async def test_links(era: EraName | date, prefix: str) -> None:
    for media in await media_in(era):
        assert re.fullmatch(re.escape(prefix) + r"[\w-]+/", media["link"])


async def test_a_link_that_is_none_stays_so() -> None:
    world = World([User(id="9", username="ann")])
    posted = datetime(2015, 9, 1, tzinfo=UTC)
    owner = UserSummary(id="9", username="ann")
    for link in (None, "https://elsewhere.example/"):
        world.post(Media(id=world.free_id("9", posted), created_time=posted, user=owner, link=link))
    async with serving("2013", world) as server:
        links = [media["link"] for media in (await get(server, RECENT)).json["data"]]
    assert links == ["https://elsewhere.example/", None]


@pytest.mark.parametrize(
    ("era", "widths", "square"),
    [
        ("2013", {150, 306, 612}, True),
        (date(2015, 6, 10), {150, 320, 640}, True),
        ("2015", {150, 320, 640}, False),
        ("2018", {150, 320, 640}, False),
    ],
    ids=str,
)
async def test_sizes_of_pictures(era: EraName | date, widths: set[int], square: bool) -> None:
    found = [one for media in await media_in(era) for _, one in renditions(media, "images")]
    assert {one["width"] for one in found} == widths
    assert all(one["width"] == one["height"] for one in found) is square
    assert all(type(one["height"]) is int for one in found)


@pytest.mark.parametrize("era", ERAS)
async def test_videos(era: EraName) -> None:
    videos = [media for media in await media_in(era) if media["type"] == "video"]
    assert videos
    for media in videos:
        assert "images" in media
        assert ("videos" in media) is (era != "2013")
        for _, one in renditions(media, "videos"):
            assert one.get("id") == ("0" if era >= "2017" else None)
    names = {name for media in videos for name, _ in renditions(media, "videos")}
    all_names = {"low_bandwidth", "low_resolution", "standard_resolution"}
    assert names == (set() if era == "2013" else all_names)


@pytest.mark.parametrize("era", ERAS)
async def test_profiles_tell_of_businesses_from_2017_on(era: EraName) -> None:
    world = World([User(id="9", username="ann")])
    async with serving(era, world) as server:
        profile = (await get(server, "users/self")).json["data"]
    assert profile.get("is_business") is (False if era >= "2017" else None)


async def test_a_business_is_one() -> None:
    world = World([User(id="9", username="ann", is_business=True)])
    async with serving("2017", world) as server:
        assert (await get(server, "users/self")).json["data"]["is_business"] is True


@pytest.mark.parametrize(
    ("era", "kind"),
    [("2013", int), (date(2015, 6, 10), int), ("2015", float), ("2016", int), ("2017", int)],
    ids=str,
)
async def test_counts_of_tags_that_are_searched(era: EraName | date, kind: type) -> None:
    async with serving(era) as server:
        found = (await get(server, "tags/search", q="s")).json["data"]
        one = (await get(server, "tags/snow")).json["data"]
    assert found
    assert {type(tag["media_count"]) for tag in found} == {kind}
    assert type(one["media_count"]) is int


@pytest.mark.parametrize("era", ["2013", "2015", "2016", "2017"])
async def test_distances_are_told_from_2017_on(era: EraName) -> None:
    async with serving(era) as server:
        place = server.world.locations[0]
        query = {"lat": str(place.latitude), "lng": str(place.longitude)}
        got = await get(server, "media/search", **query, max_timestamp=1_442_750_400)
    assert got.ids
    for media in got.json["data"]:
        assert ("distance" in media) is (era == "2017")
        assert media.get("distance", 0.0) <= 1000


async def test_places_have_what_is_known_of_them() -> None:
    world = World([User(id="9", username="ann")])
    posted = datetime(2015, 9, 1, tzinfo=UTC)
    owner = UserSummary(id="9", username="ann")
    places = (
        None,
        Location(latitude=1.0, longitude=2.0),
        Location(id="5", name="here"),
        Location(id="6", name="there", latitude=1.0, longitude=2.0),
    )
    for place in places:
        world.post(
            Media(id=world.free_id("9", posted), created_time=posted, user=owner, location=place)
        )
    async with serving("2017", world) as server:
        query = {"lat": "1", "lng": "2", "distance": "5000"}
        found = (await get(server, "media/search", **query)).json["data"]
        listed = (await get(server, RECENT)).json["data"]
        alone = (await get(server, "locations/6")).json["data"]
    assert [media["location"] for media in reversed(listed)] == [
        None,
        {"latitude": 1.0, "longitude": 2.0},
        {"id": 5, "name": "here"},
        {"id": 6, "name": "there", "latitude": 1.0, "longitude": 2.0},
    ]
    assert alone == {"id": "6", "name": "there", "latitude": 1.0, "longitude": 2.0}
    assert all(media["distance"] == 0.0 for media in found)
