"""The page for people, and a picture, as a browser shows them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from instagram_async import Client, User
from instagram_async.server import LocalInstagram, World
from tests.support.chromium import Tab, browser, needs_chromium

SCRIPT = User(
    id='"><img src=x onerror="alert(0)">',
    username="<script>alert(1)</script>",
    full_name='"><img src=x onerror="alert(2)"></div>{username}<b>\'',
    bio="</article><script>alert(3)</script>",
)


async def all_pictures(tab: Tab) -> int:
    """Wait for all of a page's pictures; how many there are."""
    await tab.evaluate("[...document.images].forEach(one => one.loading = 'eager')")
    async with asyncio.timeout(30):
        while not await tab.evaluate("[...document.images].every(one => one.complete)"):
            await asyncio.sleep(0.02)
    assert await tab.evaluate("[...document.images].filter(one => !one.naturalWidth).length") == 0
    count = await tab.evaluate("document.images.length")
    assert isinstance(count, int)
    return count


@needs_chromium
async def test_it_shows_people_and_pictures_and_runs_nothing(tmp_path: Path) -> None:
    world = World([*World.seeded(1, users=4, media=0).users, SCRIPT])
    seeded = World.seeded(1, users=4, media=14)
    for user in seeded.users:
        for media in seeded.recent(user.id, count=100)[0]:
            world.post(media)
    async with (
        LocalInstagram(world) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
        browser(tmp_path / "profile", "--window-size=1280,1400") as tab,
    ):
        await client.user()
        await tab.open(server.base_url.removesuffix("v1"))
        shown = sum(min(12, (one.counts and one.counts.media) or 0) for one in world.users)
        assert shown > 12
        assert await all_pictures(tab) == shown + len(world.users)
        assert await tab.evaluate("document.scripts.length") == 0
        text = await tab.evaluate("document.body.innerText")
        for said in (SCRIPT.username, SCRIPT.full_name, SCRIPT.bio):
            assert said in text
        assert "/v1/users/self" in text
        assert server.access_token() not in await tab.evaluate("document.body.outerHTML")
        radius = "getComputedStyle(document.querySelector('.face')).borderRadius"
        assert await tab.evaluate(radius) == "50%"
        picture = tmp_path / "front.png"  # to be looked at
        assert picture.write_bytes(await tab.screenshot()) > 50_000
        await tab.press("a[href^='/oauth/authorize']")
        assert await tab.evaluate("document.forms.length") == 1
        assert tab.complaints() == []


@needs_chromium
@pytest.mark.parametrize("kind", ["image", "video"])
async def test_a_picture_opens_by_itself(tmp_path: Path, kind: str) -> None:
    async with (
        LocalInstagram() as server,
        Client(server.access_token(), base_url=server.base_url) as client,
        browser(tmp_path / "profile", "--window-size=700,700") as tab,
    ):
        url = next(
            media.url for media in await client.user_recent().collect() if media.type == kind
        )
        assert url is not None
        await tab.open(url)
        assert await tab.evaluate("document.documentElement.localName") == "svg"
        assert await tab.evaluate("document.documentElement.width.baseVal.value") == 640
        assert len(await tab.screenshot()) > 4_000
        assert tab.complaints() == []
