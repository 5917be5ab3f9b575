"""Whole users' media, from a server and from a CDN, into a folder."""

from __future__ import annotations

import asyncio
from pathlib import Path
from xml.etree import ElementTree as ET

import aiohttp
import pytest
from attrs import evolve

from instagram_async import (
    Client,
    DownloadError,
    InstagramError,
    Media,
    Retry,
    TransportError,
    bulk,
    download,
)
from instagram_async.downloads.wanted import wanted
from instagram_async.server import LocalInstagram, World
from tests.support.cdn import Cdn, Twist, images, jpeg, media_of

ONCE = Retry(attempts=1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_all_of_a_users_pictures_come_once(tmp_path: Path) -> None:
    async with (
        LocalInstagram(World.seeded(media=40)) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
    ):
        got: dict[Media, tuple[Path, ...]] = {}
        async with bulk.download(client.user_recent(), tmp_path, concurrency=4) as results:
            async for media, paths in results:
                assert not isinstance(paths, InstagramError)
                got[media] = paths
        assert results.report == bulk.FetchReport(objects=40, failed=0)
        assert {media.type for media in got} == {"image", "video", "carousel"}
        for media, paths in got.items():
            assert [path.stem for path in paths] == [one.stem for one in wanted(media)]
            assert paths
            for path in paths:
                assert path.parent == tmp_path
                assert path.suffix == ".svg"
                assert ET.fromstring(path.read_bytes()).get("width") == "640"
        assert names(tmp_path) == sorted(path.name for paths in got.values() for path in paths)
        # Outside the quota: the pages are all that was asked of the API.
        assert {request.path for request in server.requests} == {"/v1/users/self/media/recent"}
        assert client.quota.remaining is not None
        assert client.quota.remaining + len(server.requests) == client.quota.limit


async def test_one_media_is_a_tuple_of_paths(at: Cdn, tmp_path: Path) -> None:
    media = media_of(at.put("/a.jpg", jpeg(5000)))
    paths = await download(media, tmp_path)
    assert paths == (tmp_path / "64_9.jpg",)
    assert paths[0].read_bytes() == jpeg(5000)
    assert await download(media, str(tmp_path)) == paths
    assert len(at.asked) == 1


async def test_the_best_rendition_is_taken(at: Cdn, tmp_path: Path) -> None:
    small, large = at.put("/150.jpg", jpeg(100)), at.put("/640.jpg", jpeg(5000))
    media = evolve(media_of(large), images=images(large, thumbnail=small, low_resolution=small))
    (path,) = await download(media, tmp_path)
    assert path.stat().st_size == 5000
    assert [asked.target for asked in at.asked] == ["/640.jpg"]


async def test_a_carousel_is_several_files(at: Cdn, tmp_path: Path) -> None:
    urls = [at.put(f"/{number}.jpg", jpeg(1000, number)) for number in range(3)]
    paths = await download(media_of(*urls), tmp_path)
    assert [path.name for path in paths] == ["64_9-01.jpg", "64_9-02.jpg", "64_9-03.jpg"]
    assert [path.read_bytes() for path in paths] == [jpeg(1000, number) for number in range(3)]


async def test_of_a_carousel_only_what_is_missing_is_fetched(at: Cdn, tmp_path: Path) -> None:
    urls = [at.put(f"/{number}.jpg", jpeg(1000, number)) for number in range(3)]
    media = media_of(*urls)
    del at.files["/1.jpg"]
    with pytest.raises(DownloadError) as caught:
        await download(media, tmp_path)
    assert (caught.value.operation, caught.value.kind) == ("download 64_9-02", "gone")
    assert names(tmp_path) == ["64_9-01.jpg", "64_9-03.jpg"]
    at.put("/1.jpg", jpeg(1000, 1))
    at.asked.clear()
    assert len(await download(media, tmp_path)) == 3
    assert [asked.target for asked in at.asked] == ["/1.jpg"]


async def test_a_media_without_a_picture_is_no_file_and_no_request(tmp_path: Path) -> None:
    assert await download(media_of(), tmp_path / "pictures") == ()
    assert names(tmp_path) == []


async def test_an_error_of_one_stops_no_other(at: Cdn, tmp_path: Path) -> None:
    medias = [
        media_of(at.put(f"/{number}.jpg", jpeg(1000)), media_id=f"{number}_9")
        for number in range(20)
    ]
    for number in range(0, 20, 4):
        del at.files[f"/{number}.jpg"]
    outcomes = {}
    async with bulk.download(iter(medias), tmp_path, concurrency=3) as results:
        async for media, outcome in results:
            outcomes[media.id] = outcome
    assert len(outcomes) == 20
    for number in range(20):
        outcome = outcomes[f"{number}_9"]
        if number % 4:
            assert outcome == (tmp_path / f"{number}_9.jpg",)
        else:
            assert isinstance(outcome, DownloadError)
            assert (outcome.kind, outcome.status) == ("gone", 404)
    assert results.report == bulk.FetchReport(objects=15, failed=5)
    assert len(names(tmp_path)) == 15


async def test_no_more_are_under_way_than_may_be(at: Cdn, tmp_path: Path) -> None:
    medias = [
        media_of(at.put(f"/{number}.jpg", jpeg(300_000)), media_id=f"{number}_9")
        for number in range(24)
    ]
    at.usual = Twist(pause=0.05)
    async with bulk.download(medias, tmp_path, concurrency=3) as results:
        assert len([pair async for pair in results]) == 24
    assert at.most == 3


async def test_the_same_file_twice_at_once_is_fetched_once(at: Cdn, tmp_path: Path) -> None:
    media = media_of(at.put("/a.jpg", jpeg(500_000)))
    async with bulk.download([media] * 6, tmp_path, concurrency=6) as results:
        both = await asyncio.gather(download(media, tmp_path), download(media, tmp_path))
        rest = [paths async for _, paths in results]
    assert {*both, *rest} == {(tmp_path / "64_9.jpg",)}
    assert (tmp_path / "64_9.jpg").read_bytes() == jpeg(500_000)
    assert len(at.asked) == 1
    assert names(tmp_path) == ["64_9.jpg"]


async def test_whoever_waits_for_one_that_fails_goes_on_with_it(at: Cdn, tmp_path: Path) -> None:
    media = media_of(at.put("/a.jpg", jpeg(500_000)))
    part = tmp_path / "64_9.part"
    at.twist(Twist(cut=300_000, until=lambda: part.stat().st_size >= 2**18))
    outcomes = await asyncio.gather(
        download(media, tmp_path, retry=ONCE),
        download(media, tmp_path, retry=ONCE),
        return_exceptions=True,
    )
    assert len([one for one in outcomes if isinstance(one, TransportError)]) == 1
    assert (tmp_path / "64_9.jpg",) in outcomes
    assert (tmp_path / "64_9.jpg").read_bytes() == jpeg(500_000)
    first, second = at.ranges
    assert first is None
    assert second is not None
    assert int(second.removeprefix("bytes=").removesuffix("-")) >= 2**18


async def test_a_borrowed_session_is_used_and_left_open(at: Cdn, tmp_path: Path) -> None:
    media = media_of(at.put("/a.jpg", jpeg(5000)))

    async def signing(
        request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        request.headers["Authorization"] = "Bearer of a token"
        return await handler(request)

    headers = {"X-Proxy": "yes"}
    async with aiohttp.ClientSession(headers=headers, middlewares=[signing]) as session:
        await download(media, tmp_path, session=session)
        async with bulk.download([evolve(media, id="65_9")], tmp_path, session=session) as results:
            await anext(results)
        assert not session.closed
    assert [asked.headers["x-proxy"] for asked in at.asked] == ["yes", "yes"]
    assert not any("authorization" in asked.headers for asked in at.asked)
    with pytest.raises(RuntimeError, match="session is closed"):
        await download(evolve(media, id="66_9"), tmp_path, session=session)


async def test_what_is_no_media_is_told(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="media must be a Media, not str"):
        await download("64_9", tmp_path)  # type: ignore[arg-type]
    async with bulk.download(["64_9"], tmp_path) as results:  # type: ignore[list-item]
        with pytest.raises(TypeError, match="media must be a Media, not str"):
            await anext(results)


@pytest.mark.parametrize("value", [0, -1, 1.5, True, None])
async def test_wrong_numbers_are_told(value: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="max_bytes must be a whole number"):
        await download(media_of(), tmp_path, max_bytes=value)
    with pytest.raises(ValueError, match="max_bytes must be a whole number"):
        bulk.download([], tmp_path, max_bytes=value)
    with pytest.raises(ValueError, match="concurrency must be a whole number"):
        bulk.download([], tmp_path, concurrency=value)


async def test_a_folder_with_a_nul_is_a_value_error(at: Cdn, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="null"):
        await download(media_of(at.put("/a.jpg", jpeg(10))), f"{tmp_path}/\0")
