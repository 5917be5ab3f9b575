"""`instagram-async login` as it is installed, the browser that it opens, and who asks after it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import stat
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from instagram_async.server import App, LocalInstagram, World
from tests.process.serving import COMMAND, ENVIRONMENT
from tests.support.chromium import Tab, attached, command, needs_chromium
from tests.support.raw import refused_port
from tests.support.terminal import on_terminal

# It lets go of the terminal, as a browser with a window of its own does.
SCRIPT = """#!/bin/sh
echo $$ > "$0.pid"
exec {words} "$1" </dev/null >/dev/null 2>&1
"""


@asynccontextmanager
async def opened(folder: Path, title: str) -> AsyncIterator[Tab]:
    """The browser that a command has opened by the script `folder/browser`."""
    try:
        async with attached(folder / "chromium", title) as tab:
            await tab.until("document.readyState === 'complete'")
            yield tab
    finally:
        pid = folder / "browser.pid"
        if pid.exists():
            os.kill(int(pid.read_text()), signal.SIGKILL)


def environment_of(server: LocalInstagram, folder: Path) -> dict[str, str]:
    """Of somebody who has an app, and no token; his browser is a script."""
    script = folder / "browser"
    script.write_text(SCRIPT.format(words=" ".join(command(folder / "chromium"))))
    script.chmod(0o700)
    return {
        **{name: value for name, value in ENVIRONMENT.items() if "INSTAGRAM" not in name},
        "INSTAGRAM_BASE_URL": server.base_url,
        "INSTAGRAM_CLIENT_ID": server.client_id,
        "INSTAGRAM_CLIENT_SECRET": server.client_secret,
        "XDG_CONFIG_HOME": str(folder / "config"),
        "BROWSER": f"{script} %s &",
    }


async def piped(words: list[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        COMMAND, *words, stdout=PIPE, stderr=PIPE, env=environment
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return await process.wait(), out.decode(), err.decode()


def profiles(folder: Path) -> list[Path]:
    return list((folder / "config").glob("instagram-async/*"))


async def sent_back(tab: Tab, answer: str, port: int) -> dict[str, list[str]]:
    """Answer the page of consent; what the address has in it to which that leads."""
    await tab.press(f"button[value={answer}]")
    back = urlsplit(await tab.evaluate("location.href"))
    assert (back.netloc, back.path, back.fragment) == (f"127.0.0.1:{port}", "/", "")
    assert "go back to the terminal" in await tab.evaluate("document.body.innerText")
    return parse_qs(back.query)


@needs_chromium
@pytest.mark.shows_secret("file", reason="a profile keeps a token, and a browser its addresses")
async def test_who_allows_it_is_logged_in_and_who_denies_it_is_not(tmp_path: Path) -> None:
    port = refused_port()
    app = App(name="Postcards", redirect_uris=[f"http://127.0.0.1:{port}/"])
    async with LocalInstagram(World.seeded(1, users=3, media=3), app=app) as server:
        environment = environment_of(server, tmp_path)
        words = ["login", "--port", str(port), "--scope", "basic", "--profile"]
        running = asyncio.create_task(
            asyncio.to_thread(on_terminal, [COMMAND, *words, "work"], 80, environment)
        )
        async with opened(tmp_path, "Allow Postcards?") as tab:
            assert set(await sent_back(tab, "allow", port)) == {"code", "state"}
            code, written = await running
            assert code == 0
            (file,) = profiles(tmp_path)
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            who = server.world.user(server.world.self_id)
            told = written.replace("\r", "").splitlines()[-1]
            assert who is not None
            assert told == f"logged in as {who.username}; kept in {file}"
            token = server.access_token()
            assert token in file.read_text()
            assert token not in written
            assert server.client_secret not in written

            del environment["INSTAGRAM_BASE_URL"]
            code, out, err = await piped(["user", "--profile", "work"], environment)
            assert (code, err) == (0, "")
            assert f'"username":"{who.username}"' in out

            environment["INSTAGRAM_BASE_URL"] = server.base_url
            process = await asyncio.create_subprocess_exec(
                COMMAND, *words, "play", "--no-browser", stderr=PIPE, env=environment
            )
            assert process.stderr is not None
            address = re.search(r"http\S+", (await process.stderr.readline()).decode())
            assert address is not None
            await tab.open(address[0])
            assert "code" not in await sent_back(tab, "deny", port)
            said = await asyncio.wait_for(process.stderr.read(), 60)
            assert await process.wait() == 4
            assert said.decode() == (
                "instagram-async: GET oauth/authorize: The user denied your request"
                " (access_denied)\n"
            )
            assert profiles(tmp_path) == [file]
