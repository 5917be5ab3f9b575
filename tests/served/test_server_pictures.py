"""The pictures that a server shows of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import aiohttp
import pytest
from attrs import evolve

from instagram_async import CarouselItem, Client, Media, Rendition, unstructure
from instagram_async.server import LocalInstagram, World
from instagram_async.server.drawing import picture
from instagram_async.server.pictures import homeless
from tests.served.server_helpers import get, root_of

SVG = "{http://www.w3.org/2000/svg}svg"


def renditions(media: Media) -> Iterator[Rendition]:
    parts: list[Media | CarouselItem] = [media, *media.carousel_media]
    for part in parts:
        if part.images:
            for name in ("thumbnail", "low_resolution", "standard_resolution"):
                yield getattr(part.images, name)
        if part.videos:
            for name in ("low_bandwidth", "low_resolution", "standard_resolution"):
                yield getattr(part.videos, name)


async def test_every_picture_of_every_media_opens_in_its_size() -> None:
    async with (
        LocalInstagram(World.seeded(media=40)) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
        aiohttp.ClientSession() as session,
    ):
        seen = await client.user_recent().collect()
        kinds = {media.type for media in seen}
        assert kinds == {"image", "video", "carousel"}
        shapes = set[float]()
        for rendition in (one for media in seen for one in renditions(media)):
            assert rendition.url.startswith(f"{root_of(server)}/")
            async with session.get(rendition.url) as response:
                assert response.status == 200
                assert response.content_type == "image/svg+xml"
                drawn = ET.fromstring(await response.read())
            assert drawn.tag == SVG
            assert drawn.get("width") == str(rendition.width)
            assert drawn.get("height") == str(rendition.height)
            shapes.add(rendition.height / rendition.width)
        assert shapes == {0.75, 1.0, 1.25}
        assert {request.path for request in server.requests} == {"/v1/users/self/media/recent"}


async def test_a_profile_picture_opens_wherever_it_stands() -> None:
    async with (
        LocalInstagram(World.seeded(media=10)) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
        aiohttp.ClientSession() as session,
    ):
        user = await client.user()
        media = await client.user_recent().collect()
        faces = {one.user.profile_picture for one in media}
        faces |= {who.profile_picture for one in media for who in one.likes.data}
        assert user.profile_picture in faces
        assert len(faces) > 3
        for url in faces:
            assert url is not None
            async with session.get(url) as response:
                assert response.status == 200
                assert ET.fromstring(await response.read()).tag == SVG


async def test_a_picture_does_nothing_and_may_be_kept() -> None:
    async with LocalInstagram() as server, aiohttp.ClientSession() as session:
        async with session.get(f"{root_of(server)}/pictures/BA/normal/150x150.svg") as response:
            assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cache-Control"] == "public, max-age=86400"
            body = await response.read()
        assert body == picture("BA", "normal", 150, 150)
        assert (await get(server, "users/self")).headers["X-Ratelimit-Remaining"] == "4999"


@pytest.mark.parametrize(
    "path",
    [
        "pictures/BA/normal/0x150.svg",
        "pictures/BA/normal/15000x150.svg",
        "pictures/%3Cb%3E/normal/150x150.svg",
        "pictures/BA/normal/150x150.jpg",
        "films/BA/normal/150x150.svg",
        "portraits/9.png",
    ],
)
async def test_there_are_no_other_pictures(path: str) -> None:
    async with (
        LocalInstagram() as server,
        aiohttp.ClientSession() as session,
        session.get(f"{root_of(server)}/{path}") as response,
    ):
        assert response.status == 404


def test_a_name_a_filter_and_a_play_mark_make_a_picture() -> None:
    one = picture("BA", "normal", 150, 150)
    assert one == picture("BA", "normal", 150, 150)
    others = {
        picture("BB", "normal", 150, 150),
        picture("BA", "valencia", 150, 150),
        picture("BA", "normal", 150, 150, is_video=True),
        picture("BA", "normal", 150, 187),
    }
    assert len(others - {one}) == 4
    assert picture("BA", "unheard-of", 150, 150) == one
    assert len({picture(str(name), "normal", 150, 150) for name in range(100)}) == 100


async def test_urls_and_words_that_are_not_the_servers_stay_as_they_are() -> None:
    words = 'see "url":"https://local-instagram.invalid/a.svg"'
    elsewhere = "https://pictures.example/a.jpg"
    world = World.seeded(media=1)
    (media,), _ = world.recent(world.self_id, count=1)
    assert media.images is not None
    caption = evolve(media.caption, text=words) if media.caption else None
    images = evolve(media.images, thumbnail=Rendition(url=elsewhere))
    world.delete(media.id)
    world.post(evolve(media, caption=caption, images=images))
    async with LocalInstagram(world) as server:
        (item,) = (await get(server, "users/self/media/recent")).json["data"]
    assert item["images"]["thumbnail"]["url"] == elsewhere
    assert item["caption"]["text"] == words


async def test_a_world_that_was_read_shows_its_pictures_elsewhere() -> None:
    """What a client writes down of one server holds that one's address."""
    served = World.seeded(3, media=40)
    async with (
        LocalInstagram(served) as old,
        Client(old.access_token(), base_url=old.base_url) as client,
    ):
        lines = [json.dumps(unstructure(await client.user()))]
        lines += [json.dumps(unstructure(one)) async for one in client.user_recent()]
        home = root_of(old)
    assert sum(home in line for line in lines) == len(lines)
    again = World.load(lines)
    theirs = again.recent(again.self_id, count=40)[0]
    assert theirs[0].images == served.recent(served.self_id, count=1)[0][0].images
    async with (
        LocalInstagram(again) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
        aiohttp.ClientSession() as session,
    ):
        seen = await client.user_recent().collect()
        user = await client.user()
        urls = {one.url for media in seen for one in renditions(media)}
        urls |= {person.profile_picture or "" for media in seen for person in media.likes.data}
        for url in (seen[0].url or "", user.profile_picture or "", *urls):
            assert url.startswith(f"{root_of(server)}/")
            async with session.get(url) as response:
                assert response.status == 200
    assert len(seen) == 40


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.example/pictures/1.jpg",
        "https://cdn.example/pictures/a/normal/640x640.jpg",
        "https://cdn.example/x/pictures/a/normal/640x640.svg",
        "https://cdn.example/portraits/a/b.svg",
        "https://cdn.example/?/portraits/9.svg",
        "see http://h/portraits/9.svg",
        "",
    ],
)
def test_pictures_of_others_stay_where_they_are(url: str) -> None:
    assert homeless(url) == url
    line = json.dumps({"id": "9", "username": "ann", "profile_picture": url})
    assert World.load([line]).users[0].profile_picture == url
