"""Files of a listing: what its pager raises ends the downloads, and where they go on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from instagram_async import Client, Media, ResponseError, Retry, TransportError, bulk, unstructure
from instagram_async.testing import ScriptedTransport
from tests.support.cdn import Cdn, jpeg, media_of
from tests.support.leftovers import nothing_left

page = ScriptedTransport.page
IDS = ["6_9", "5_9", "4_9", "3_9", "2_9", "1_9"]


def medias(at: Cdn) -> list[Media]:
    return [media_of(at.put(f"/{one}.jpg", jpeg(1000)), media_id=one) for one in IDS]


async def downloaded(pager: Any, folder: Path) -> tuple[list[str], Exception | None]:
    """Ids of the media that came, and what their pager raised."""
    got = list[str]()
    async with nothing_left(), bulk.download(pager, folder, concurrency=2) as results:
        try:
            async for media, paths in results:
                assert not isinstance(paths, Exception)
                got.append(media.id)
        except (TransportError, ResponseError) as error:
            assert [pair async for pair in results] == []  # nothing comes behind it
            return got, error
    return got, None


async def test_a_page_that_can_not_be_had_ends_them_and_its_checkpoint_goes_on(
    at: Cdn, tmp_path: Path
) -> None:
    shown = medias(at)
    first, rest = page(shown[:3], next=shown[2].id), page(shown[3:])
    script = ScriptedTransport([first, TransportError("lost"), rest])
    async with Client("token", transport=script, retry=Retry(attempts=1)) as client:
        pager = client.user_recent()
        got, error = await downloaded(pager, tmp_path)
        assert isinstance(error, TransportError)
        assert error.checkpoint is not None
        assert sorted(got, reverse=True) == IDS[:3]  # all that were given before
        asked = len(at.asked)
        got, error = await downloaded(pager.resume(error.checkpoint), tmp_path)
        assert (sorted(got, reverse=True), error) == (IDS[3:], None)
        assert len(at.asked) == asked + 3


async def test_so_does_a_media_that_can_not_be_read(at: Cdn, tmp_path: Path) -> None:
    shown: list[Any] = [unstructure(media) for media in medias(at)]
    shown[3] = {"id": IDS[3]}
    script = ScriptedTransport([page(shown)] * 2)
    async with Client("token", transport=script) as client:
        pager = client.user_recent()
        got, error = await downloaded(pager, tmp_path)
        assert isinstance(error, ResponseError)
        assert error.path.startswith("data[3]")
        assert error.checkpoint is not None
        assert sorted(got, reverse=True) == IDS[:3]
        got, error = await downloaded(pager.resume(error.checkpoint), tmp_path)
        assert (sorted(got, reverse=True), error) == (IDS[4:], None)


async def test_and_the_same_pager_again_fetches_no_file_twice(at: Cdn, tmp_path: Path) -> None:
    shown = medias(at)
    first, rest = page(shown[:3], next=shown[2].id), page(shown[3:])
    script = ScriptedTransport([first, TransportError("lost"), first, rest])
    async with Client("token", transport=script, retry=Retry(attempts=1)) as client:
        pager = client.user_recent()
        _, error = await downloaded(pager, tmp_path)
        assert isinstance(error, TransportError)
        got, error = await downloaded(pager, tmp_path)
        assert (sorted(got, reverse=True), error) == (IDS, None)
        assert len(at.asked) == 6
