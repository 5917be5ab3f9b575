"""No token to the CDN; and what a hostile server writes into an address stands nowhere."""

from __future__ import annotations

import asyncio
import logging
import traceback
from pathlib import Path
from urllib.parse import quote

import pytest

from instagram_async import Client, InstagramError, Retry, __version__, bulk, download
from instagram_async.server import LocalInstagram, World
from instagram_async.testing import ScriptedTransport
from tests.support.canary import TOKEN
from tests.support.cdn import Cdn, Twist, cdn, jpeg, media_of
from tests.support.hunt import Hunt, shapes
from tests.support.raw import refused_port

ONCE = Retry(attempts=2, base=0)
HERE = quote(TOKEN, safe="")


async def test_the_cdn_hears_of_no_token_cookie_or_page(tmp_path: Path) -> None:
    async with cdn() as at:
        url = at.put("/a.jpg", jpeg(5000))
        at.usual = Twist(headers={"Set-Cookie": "seen=1"})
        wire = {
            "created_time": "1442000000",
            "user": {"id": "9", "username": "ann"},
            "images": {"standard_resolution": {"url": url, "width": 640, "height": 640}},
        }
        replies = [ScriptedTransport.reply([{"id": f"{n}_9", **wire} for n in range(1, 6)])]
        async with (
            Client(TOKEN, transport=ScriptedTransport(replies)) as client,
            bulk.download(client.user_recent(), tmp_path, concurrency=1) as results,
        ):
            assert len([pair async for pair in results]) == 5
        assert [asked.target for asked in at.asked] == ["/a.jpg"] * 5
        for asked in at.asked:
            assert asked.headers == {
                "host": at.root.removeprefix("http://"),
                "accept": "image/*, video/*",
                "accept-encoding": "identity",
                "user-agent": f"instagram_async/{__version__}",
            }
            assert not any(shape in repr(asked) for shape in shapes(TOKEN))


async def test_the_local_servers_own_token_is_not_sent_for_its_pictures(tmp_path: Path) -> None:
    async with (
        LocalInstagram(World.seeded(media=3)) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
    ):
        heads: list[str] = []
        async with cdn() as at:
            at.usual = Twist(status=404)
            async for media in client.user_recent():
                assert media.url is not None
                with pytest.raises(InstagramError):
                    await download(media_of(at.root + "/" + media.id), tmp_path)
            heads += [repr(asked) for asked in at.asked]
        assert len(heads) == 3
        assert not any(server.access_token() in head for head in heads)


def ways(at: Cdn) -> list[tuple[str, list[Twist]]]:
    """Addresses that hold a token, and what goes wrong there."""
    here = f"{at.root}/{HERE}.jpg?access_token={HERE}"
    leads = {"Location": f"file:///{HERE}"}
    return [
        (here, [Twist(status=404)]),
        (here, [Twist(status=503)] * 2),
        (here, [Twist(status=429)] * 2),
        (here, [Twist(status=400, body=HERE.encode())]),
        (here, [Twist(status=302, headers=leads)]),
        (here, [Twist(headers={"Content-Type": f"text/{HERE}"})]),
        (here, [Twist(headers={"ETag": f'"{HERE}"'}, cut=3)] * 2),
        (here, [Twist(cut=3, how="reset")] * 2),
        (here, [Twist(body=b"<html>")]),
        (here, [Twist(body=b"<html>", headers={"ETag": f'"{HERE}"'})]),
        (here, [Twist(status=302, headers={"Location": here}), Twist(body=b"<html>")]),
        (f"file:///{HERE}", []),
        (f"http://{HERE}@127.0.0.1/", []),
        (f"http://127.0.0.1:{refused_port()}/?access_token={HERE}", []),
        (f"http://{HERE}/", []),
    ]


async def test_an_address_stands_in_no_error_and_in_no_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hunt = Hunt(TOKEN, blind=[__file__])
    caplog.set_level(logging.DEBUG, "instagram_async")
    async with cdn() as at:
        at.put(f"/{TOKEN}.jpg", jpeg(5000))
        for number, (url, twists) in enumerate(ways(at)):
            media = media_of(url, media_id=f"{number}_9")
            for several in (False, True):
                at.twists.clear()
                at.twist(*twists)
                if several:
                    async with bulk.download([media], tmp_path, retry=ONCE) as results:
                        _, error = await anext(results)
                else:
                    with pytest.raises(InstagramError) as caught:
                        await download(media, tmp_path, retry=ONCE)
                    error = caught.value
                assert isinstance(error, InstagramError), url
                assert str(error).startswith(f"download {number}_9: ")
                assert hunt.exception(error) == []
                assert HERE not in "".join(traceback.format_exception(error))
    assert len(caplog.records) > 20
    assert hunt.records(caplog.records) == []


async def test_an_id_that_is_a_token_stands_in_no_error(tmp_path: Path) -> None:
    media = media_of(f"http://127.0.0.1:{refused_port()}/", media_id=TOKEN)
    with pytest.raises(InstagramError, match=r"^download media-[0-9a-f]{40}: ") as caught:
        await download(media, tmp_path, retry=ONCE)
    assert Hunt(TOKEN, blind=[__file__]).exception(caught.value) == []


async def test_nor_in_a_cancellation(tmp_path: Path) -> None:
    async with cdn() as at:
        at.put("/a.jpg", jpeg(700_000))
        there = {"Location": f"/a.jpg?access_token={HERE}"}
        at.twist(Twist(status=302, headers=there), Twist(cut=500_000, how="stall"))
        work = asyncio.ensure_future(
            download(media_of(f"{at.root}/a.jpg?access_token={HERE}"), tmp_path)
        )
        await at.stalled.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await work
        assert Hunt(TOKEN, blind=[__file__]).exception(caught.value) == []


async def test_what_stays_on_the_disk_holds_none(tmp_path: Path) -> None:
    async with cdn() as at:
        url = at.put("/a.jpg", jpeg(700_000)) + f"?access_token={HERE}"
        part = tmp_path / "64_9.part"
        at.usual = Twist(cut=600_000, until=lambda: part.stat().st_size > 1000)
        with pytest.raises(InstagramError):
            await download(media_of(url), tmp_path, retry=Retry(attempts=1))
    assert part.exists()
    for name in ("64_9.part", "64_9.part.json"):
        data = (tmp_path / name).read_bytes()
        assert not any(shape.encode() in data for shape in shapes(TOKEN))
