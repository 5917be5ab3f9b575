"""The page of consent as a browser shows it, from the question to the token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from instagram_async import OAuth, PermissionDeniedError, User
from instagram_async.server import App, LocalInstagram, World
from tests.support.chromium import Tab, browser, needs_chromium

SCRIPT = User(
    id="66",
    username="<script>alert(1)</script>",
    full_name='"><img src=x onerror="alert(2)"></span>{app}<b>\'',
)


@asynccontextmanager
async def an_app() -> AsyncIterator[str]:
    """Another server, to which the browser is sent back; its address."""

    async def hello(request: web.Request) -> web.Response:
        return web.Response(text="welcome back")

    application = web.Application()
    application.router.add_get("/{path:.*}", hello)
    runner = web.AppRunner(application, access_log=None)  # it would show the code
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/cb"
    finally:
        await runner.cleanup()


async def harmless(tab: Tab) -> None:
    """Nothing of the page's own runs, and what looks like markup is text."""
    assert await tab.evaluate("document.scripts.length") == 0
    assert await tab.evaluate("document.querySelectorAll('img, b').length") == 0
    shown = await tab.evaluate(
        "[...document.querySelectorAll('label .name')].map(e => e.innerText)"
    )
    assert SCRIPT.username in shown
    assert SCRIPT.full_name in await tab.evaluate("document.body.innerText")
    assert await tab.evaluate("document.querySelector('input[name=user]').value") != "66"
    # A style that the policy forbids would round nothing, and would be complained about.
    assert await tab.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius") == (
        "12px"
    )
    assert tab.complaints() == []


@needs_chromium
@pytest.mark.shows_secret("file", reason="a browser keeps the addresses it was at")
@pytest.mark.parametrize("implicit", [False, True])
async def test_a_user_allows_and_denies(tmp_path: Path, implicit: bool) -> None:
    world = World([*World.seeded(1, users=6, media=3).users, SCRIPT])
    async with (
        an_app() as uri,
        LocalInstagram(world, app=App(name="<i>App</i>", redirect_uris=[uri])) as server,
        browser(tmp_path / "profile", "--window-size=520,900") as tab,
    ):
        oauth = OAuth(
            server.client_id, server.client_secret, redirect_uri=uri, base_url=server.base_url
        )
        asked = oauth.authorize(("basic", "likes", "follower_list"), implicit=implicit)
        await tab.open(asked.url)
        await harmless(tab)
        picture = tmp_path / "consent.png"  # to be looked at
        assert picture.write_bytes(await tab.screenshot()) > 10_000

        await tab.evaluate("document.querySelector('input[value=\"66\"]').click()")
        await tab.press("button[value=allow]")
        assert await tab.evaluate("document.body.innerText") == "welcome back"
        back = await tab.evaluate("location.href")
        if implicit:
            assert oauth.token_from(back, asked.state).access_token == server.access_token("66")
        else:
            grant = await oauth.exchange(oauth.code_from(back, asked.state))
            assert grant.user.username == SCRIPT.username

        await tab.open(asked.url)
        await tab.press("button[value=deny]")
        back = await tab.evaluate("location.href")
        read = oauth.token_from if implicit else oauth.code_from
        with pytest.raises(PermissionDeniedError, match="The user denied your request"):
            read(back, asked.state)
