from __future__ import annotations

import asyncio
import json
import re
import stat
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import UsageError
from instagram_async.cli.profiles import Profile, load, path_of, save
from instagram_async.hooks import Hooks
from instagram_async.server import LocalInstagram, World
from tests.support.command import Command, Done
from tests.support.raw import refused_port

ANN = Profile("http://127.0.0.1:1/v1", "1.f.2", "ann")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
async def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Command]:
    async with LocalInstagram(World.seeded(1, users=3, media=3)) as server:
        found = Command(monkeypatch, capsys, server)
        monkeypatch.delenv("INSTAGRAM_ACCESS_TOKEN")
        monkeypatch.setenv("INSTAGRAM_CLIENT_ID", server.client_id)
        monkeypatch.setenv("INSTAGRAM_CLIENT_SECRET", server.client_secret)
        yield found


def kept(home: Path) -> list[Path]:
    return list(home.iterdir())


async def visit(url: str) -> tuple[int, str]:
    """A browser that finds nobody there at first."""
    async with aiohttp.ClientSession() as session:
        for _ in range(200):
            try:
                async with session.get(url) as reply:
                    return reply.status, await reply.text()
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.01)
    raise AssertionError("nobody listens")


async def logged_in(command: Command, port: int, answer: str, *words: str) -> Done:
    """Log in, while a browser comes back with an answer; `{state}` stands for the right one."""
    addresses: list[str] = []
    command.patch.setattr("webbrowser.open", addresses.append)
    running = asyncio.create_task(command.words("login", f"--port={port}", *words))
    try:
        while not addresses:
            await asyncio.sleep(0.01)
        state = re.search(r"[?&]state=([^&]+)", addresses[0])
        assert state is not None
        stray = await visit(f"http://127.0.0.1:{port}/?code=1&state=somebody-elses")
        assert stray[0] == 400
        status, text = await visit(f"http://127.0.0.1:{port}/?{answer.format(state=state[1])}")
        assert (status, "close this page" in text) == (200, True)
        return await running
    finally:
        running.cancel()


@pytest.mark.shows_secret("file", reason="a profile is kept with the token in it: that is its use")
async def test_who_has_logged_in_is_who_asks(command: Command, home: Path) -> None:
    port = refused_port()
    back = f"http://127.0.0.1:{port}/"
    code = command.server.authorization_code(scope="basic likes", redirect_uri=back)
    answer = f"code={code}&state={{state}}"
    done = await logged_in(command, port, answer, "--scope=basic", "--scope=likes")
    assert done.code == 0
    assert "logged in as" in done.err
    file = home / "instagram-async" / "default.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["access_token"] not in done.out + done.err

    command.patch.delenv("INSTAGRAM_BASE_URL")
    assert (await command("user")).code == 0
    command.patch.setenv("INSTAGRAM_BASE_URL", "http://127.0.0.1:1/v1")
    elsewhere = await command("user")
    assert elsewhere.code == 2
    assert "this profile is of" in elsewhere.err


async def test_who_says_no_is_no_profile(command: Command, home: Path) -> None:
    answer = "error=access_denied&error_reason=user_denied&error_description=no&state={state}"
    done = await logged_in(command, refused_port(), answer)
    assert done.code == 4
    assert "no browser could be opened here" in done.err  # the one that is patched in says so
    assert kept(home) == []


async def test_an_app_is_needed(command: Command) -> None:
    command.patch.delenv("INSTAGRAM_CLIENT_SECRET")
    done = await command("login")
    assert done.code == 2
    assert "INSTAGRAM_CLIENT_SECRET" in done.err
    assert (await command("login --profile ../x")).code == 2
    assert (await command("login --scope everything")).code == 2
    assert (await command("login --port 0")).code == 2


def test_a_profile_comes_back(home: Path) -> None:
    assert load("work") is None
    save("work", ANN)
    assert load("work") == ANN
    assert ANN.access_token not in repr(load("work"))
    assert Connection(profile="work").client(Hooks()) is not None


def test_a_profile_that_others_can_read_is_refused() -> None:
    save("work", ANN).chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        load("work")


@pytest.mark.parametrize("text", ["", "[]", '{"access_token": "1.f.2"}', "no json"])
def test_what_is_no_profile_is_refused_without_its_words(text: str) -> None:
    save("work", ANN).write_text(text)
    with pytest.raises(UsageError, match="is no profile") as caught:
        load("work")
    assert caught.value.__context__ is None


def test_a_profile_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="there is no profile work"):
        Connection(profile="work").client(Hooks())
    with pytest.raises(UsageError, match="letters"):
        path_of("a/b")


@pytest.mark.shows_secret("file", reason="a profile is kept with the token in it: that is its use")
async def test_a_browser_that_stays_open_keeps_no_token_back(command: Command, home: Path) -> None:
    port, is_closed = refused_port(), threading.Event()
    addresses: list[str] = []

    def opened(url: str) -> bool:
        addresses.append(url)
        return is_closed.wait(30)

    command.patch.setattr("webbrowser.open", opened)
    command.patch.setenv("INSTAGRAM_PROFILE", "work")
    running = asyncio.create_task(command.words("login", f"--port={port}"))
    try:
        while not addresses:
            await asyncio.sleep(0.01)
        back = f"http://127.0.0.1:{port}/"
        code = command.server.authorization_code(scope="basic", redirect_uri=back)
        state = re.search(r"[?&]state=([^&]+)", addresses[0])
        assert state is not None
        assert (await visit(f"{back}?code={code}&state={state[1]}"))[0] == 200
        async with asyncio.timeout(30):
            while load("work") is None:
                await asyncio.sleep(0.01)
        assert not running.done()
    finally:
        is_closed.set()
    assert (await running).code == 0
    command.patch.delenv("INSTAGRAM_BASE_URL")
    assert (await command("user")).code == 0
