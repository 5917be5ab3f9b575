"""`instagram-async serve` with real signals, sockets and a terminal."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.request import urlopen

import aiohttp
import pytest

from instagram_async import unstructure
from instagram_async.cli.app import run
from instagram_async.cli.journal import Journal, PlainJournal
from instagram_async.cli.mishaps import arrange
from instagram_async.cli.serve import serve
from instagram_async.server import LocalInstagram, World
from instagram_async.server.log import Received
from tests.process.serving import COMMAND, ENVIRONMENT, installed, running
from tests.support.commands import in_pipe, on_terminal

MODULE = (sys.executable, "-m", "instagram_async")
LINE = r"\d\d:\d\d:\d\d GET {} {} \d+\.\dms\n"


@pytest.mark.parametrize(
    ("command", "number"), [((COMMAND,), signal.SIGTERM), (MODULE, signal.SIGINT)]
)
def test_the_line_it_prints_works_and_a_signal_stops_it(
    command: Sequence[str], number: signal.Signals
) -> None:
    with installed(command=command) as (process, facts):
        assert list(facts) == ["base URL", "page", "token", "client id", "secret", "use", "try"]
        got = subprocess.run(
            facts["try"], shell=True, capture_output=True, text=True, timeout=30, check=True
        )
        assert got.stdout.startswith('{"pagination":{"next_url":')
        with urlopen(facts["page"], timeout=30) as page:
            assert facts["base URL"] in page.read().decode()
        address = re.findall(r"//([\d.]+):(\d+)/", facts["page"])[0]
        with socket.create_connection(address, timeout=30):  # nobody waits for it
            process.send_signal(number)
            written, told = process.communicate(timeout=30)
    assert (process.returncode, written) == (0, "")
    assert re.fullmatch(LINE.format("/v1/users/self/media/recent", 200), told)


def test_its_options_reach_the_server() -> None:
    with running(
        "--seed", "7", "--users", "3", "--media", "4", "--limit", "9", "--era", "2017"
    ) as (_, facts):
        url = f"{facts['base URL']}/users/self?access_token={facts['token']}"
        with urlopen(url, timeout=30) as got:
            assert got.headers["X-Ratelimit-Limit"] == "9"
            assert b'"media": 4,' in got.read()
    assert facts["token"].startswith(f"{World.seeded(7, users=3).self_id}.")


def test_a_world_in_a_file_outlives_its_server(tmp_path: Path) -> None:
    data = str(tmp_path / "world.db")
    liked: list[set[str]] = []
    for options in (("--users", "3", "--media", "30"), ()):
        with running("--data", data, *options) as (process, facts):
            own = f"access_token={facts['token']}"
            with urlopen(f"{facts['base URL']}/users/self/media/recent?{own}", timeout=30) as got:
                media = json.loads(got.read())["data"]
            liked.append({one["id"] for one in media if one["user_has_liked"]})
            other = next(one["id"] for one in media if not one["user_has_liked"])
            with urlopen(f"{facts['base URL']}/media/{other}/likes", own.encode(), timeout=30):
                process.kill()
        liked[-1].add(other)
    assert liked[0] < liked[1]
    assert len(liked[1] - liked[0]) == 1


def test_an_export_is_served_and_stays_as_it_is(tmp_path: Path) -> None:
    media = World.seeded(7, users=2, media=40)
    shown = [unstructure(one) for one in media.recent(media.self_id, count=40)[0]]
    export = tmp_path / "export.db"  # its name says nothing
    export.write_text("".join(f"{json.dumps(one | {'listing': 'me'})}\n" for one in shown))
    with export.open("a") as file:
        file.write('{"id":"1","username":"ann","listing":"people"}\n{"cut o')
    written = export.read_bytes()
    with running("--data", str(export)) as (process, facts):
        own = f"access_token={facts['token']}"
        url = f"{facts['base URL']}/users/self/media/recent?count=33&{own}"
        with urlopen(url, timeout=30) as got:
            page = json.loads(got.read())
        with urlopen(f"{facts['base URL']}/media/{shown[0]['id']}/likes", own.encode(), timeout=30):
            pass
        process.terminate()
        told = process.communicate(timeout=30)[1].splitlines()
    assert [one["id"] for one in page["data"]] == [one["id"] for one in shown[:33]]
    assert page["pagination"]["next_max_id"] == shown[32]["id"]
    assert told[:2] == [
        "line 42 is cut off, and left out",
        "1 user without ties: the key 'people' names nobody",
    ]
    assert export.read_bytes() == written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no world\n" * 200, "is neither a world nor lines of JSON: line 1: "),
        (
            '{"name": "snow", "media_count": 3}\n{"na\n',
            "is neither a world nor lines of JSON: line 2: ",
        ),
        ("\n", "has nobody in it"),
        ("SQLite format 3\0", "is no world"),
    ],
)
def test_a_file_that_is_no_world_is_one_line(
    text: str,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(text)
    monkeypatch.setattr(sys, "argv", ["instagram-async", "serve", "--data", str(file)])
    monkeypatch.setattr("os.dup2", lambda *_: None)  # this process goes on printing
    with pytest.raises(SystemExit) as caught:
        run()
    told = str(caught.value.code)
    assert told.startswith(f"instagram-async: {file} {reason}")
    assert "\n" not in told
    assert file.read_text() == text


def test_on_a_terminal_ctrl_c_stops_it(tmp_path: Path) -> None:
    words, stop = ["serve", "--port", "0"], ("stops it.", "\x03")
    code, written, _ = on_terminal(words, ENVIRONMENT, tmp_path, 60, stop)
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", written)
    assert code == 0
    assert "Traceback" not in shown
    # The terminal breaks a long line, and the command does not.
    assert re.search(r"^try        curl '\S+'\r$", shown, re.MULTILINE)


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        words = ["serve", "--port", str(taken.getsockname()[1])]
        done = in_pipe(words, ENVIRONMENT, tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err == "instagram-async: the port is in use, --port 0 takes any that is free\n"


def test_any_other_address_is_warned_of_and_nobody_need_read_the_requests() -> None:
    with installed("--host", "0.0.0.0") as (process, facts):
        assert process.stderr is not None
        assert process.stderr.readline() == (
            "listening on 0.0.0.0: whoever reaches this machine can see and change everything\n"
        )
        process.stderr.close()
        for _ in range(3):
            with urlopen(f"{facts['base URL']}/users/self?access_token={facts['token']}") as got:
                assert got.status == 200
        process.terminate()
        assert process.wait(30) == 0


class Recorder:
    """A journal that keeps what it is told."""

    def __init__(self) -> None:
        self.facts = asyncio.Queue[dict[str, str]]()
        self.paths: list[str] = []

    def begin(self, facts: Sequence[tuple[str, str]]) -> None:
        self.facts.put_nowait(dict(facts))

    def request(self, received: Received) -> None:
        self.paths.append(received.path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_in_order(number: signal.Signals) -> None:
    journal = Recorder()
    running = asyncio.create_task(serve(LocalInstagram(), journal))
    facts = await journal.facts.get()
    assert facts["base URL"].startswith("http://127.0.0.1:")
    os.kill(os.getpid(), number)
    async with asyncio.timeout(10):
        await running


async def test_what_keeps_it_from_listening_is_told_as_it_is() -> None:
    async with LocalInstagram() as taken:
        port = int(taken.base_url.rpartition(":")[2].removesuffix("/v1"))
        with pytest.raises(OSError, match="the port is in use"):
            await serve(LocalInstagram(port=port), Recorder())
    with pytest.raises(OSError, match=r"198\.51\.100\.1"):
        await serve(LocalInstagram(host="198.51.100.1"), Recorder())


def test_arguments_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[LocalInstagram] = []
    people: list[int] = []

    async def instead(server: LocalInstagram, journal: Journal) -> None:
        assert isinstance(journal, PlainJournal)
        given.append(server)
        people.append(len(server.world.users))

    monkeypatch.setattr("instagram_async.cli.app.run_server", instead)
    words = "serve --users 2 --media 3 --seed 7 --fault stall --fault status:502 --fault-rate 0.2"
    monkeypatch.setattr(sys, "argv", ["instagram-async", *words.split(), "--latency", "0.5"])
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == 0
    assert people == [2]
    assert repr(given[0].faults) == (
        "Faults([Chance(0.2, seed=7, operation=None), Chance(1.0, seed=7, operation=None)])"
    )


@pytest.mark.parametrize("wrong", ["hiccup", "status:418", "delay:soon", "truncated:1", "delay:"])
def test_a_wrong_fault_is_refused(
    wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["instagram-async", "serve", "--fault", wrong])
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code in (1, 2)  # as the version of cyclopts has it
    written = capsys.readouterr()
    assert "--fault" in written.out + written.err


async def fate(faults: Sequence[str], rate: float | None, latency: float = 0.0) -> list[str]:
    """What becomes of 30 requests, one after the other."""
    met: list[str] = []
    async with LocalInstagram() as server, aiohttp.ClientSession() as session:
        arrange(server, faults, rate, latency, seed=7)
        url = f"{server.base_url}/users/self?access_token={server.access_token()}"
        for _ in range(30):
            async with session.get(url) as got:
                met.append(str(got.status))
        met.append(f"{server.faults.happened['delay']} late")
    return met


async def test_faults_come_by_chance_and_latency_to_all_the_others() -> None:
    met = await fate(["status:502"], 0.3, 0.001)
    failed = met.count("502")
    assert 3 <= failed <= 20
    assert met[-1] == f"{30 - failed} late"
    assert met == await fate(["status:502"], 0.3, 0.001)
    assert await fate(["status:500"], None) == ["500"] * 30 + ["0 late"]
    assert await fate([], None) == ["200"] * 30 + ["0 late"]


def test_a_rate_alone_is_of_every_kind() -> None:
    server = LocalInstagram()
    arrange(server, (), 0.5, 0.0, seed=1)
    assert repr(server.faults) == "Faults([Chance(0.5, seed=1, operation=None)])"
