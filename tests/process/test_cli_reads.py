"""The commands that read: on a terminal, in a pipe, interrupted, and where the disk is full."""

from __future__ import annotations

import csv
import io
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from instagram_async.server import Fault, LocalInstagram, World
from tests.process.serving import COMMAND, ENVIRONMENT
from tests.support.commands import asks, in_pipe, on_terminal
from tests.support.threads import in_a_thread

GOES_ON = r"instagram-async user-recent .*"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture
def server() -> Iterator[LocalInstagram]:
    with in_a_thread(LocalInstagram(World.seeded(1, users=3, media=150))) as server:
        yield server


@pytest.fixture
def late(server: LocalInstagram) -> LocalInstagram:
    """The server, whose replies take their time."""
    server.faults.sometimes(1.0, seed=1, kinds=[Fault("delay", seconds=0.1)])
    return server


def installed(
    line: str, server: LocalInstagram, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which the command is the one that was installed."""
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("instagram-async", shlex.quote(COMMAND))],
        capture_output=True,
        timeout=60,
        env={**ENVIRONMENT, **asks(server), **environment},
        check=False,
    )


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_it_is_a_table(columns: int, server: LocalInstagram, tmp_path: Path) -> None:
    done = on_terminal(["user-recent", "--limit", "30"], asks(server), tmp_path, columns)
    assert done.code == 0
    header, *rows, account = ESCAPE.sub("", done.out).splitlines()
    assert header.split()[:3] == ["created_time", "username", "likes"]
    assert ("comments" in header) == (columns == 120)
    assert len(rows) == 30
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d  ", row) for row in rows)
    assert re.fullmatch(r"30 items, 2 pages, 2 requests, quota left: 49\d\d", account)


def test_what_ctrl_c_has_stopped_goes_on_where_it_was(late: LocalInstagram, tmp_path: Path) -> None:
    words = ["user-recent", "--format", "csv"]
    stopped = on_terminal(words, asks(late), tmp_path, 200, ("\r\n1", "\x03"))
    assert stopped.code == 130
    assert "Traceback" not in stopped.out
    line = stopped.out.replace("\r", "").rstrip().splitlines()[-1]
    assert re.fullmatch(GOES_ON, line)
    with ThreadPoolExecutor() as pool:
        rest, whole = pool.map(
            lambda words: in_pipe(words, asks(late), tmp_path),
            [shlex.split(line)[1:], [*words, "--parallel", "4"]],
        )
    told = re.search(r"stopped after (\d+) items; this goes on:", stopped.out)
    assert told is not None
    given = int(told[1])
    assert 0 < given < 150
    _, *rows = csv.reader(io.StringIO(whole.out))
    assert len(rows) == 150
    assert list(csv.reader(io.StringIO(rest.out))) == rows[given:]


def test_what_a_full_disk_has_stopped_goes_on_where_it_was(
    server: LocalInstagram, tmp_path: Path
) -> None:
    out = tmp_path / "media.jsonl"
    line = f"ulimit -f 400; instagram-async user-recent --count 33 > {shlex.quote(str(out))}"
    with ThreadPoolExecutor() as pool:
        runs = pool.submit(installed, line, server)
        whole = in_pipe(["user-recent"], asks(server), tmp_path)
        stopped = runs.result()
    assert stopped.returncode == 1
    told, again, error = stopped.stderr.decode().splitlines()
    assert told == "stopped after 66 items; this goes on:"
    assert "File too large" in error
    rest = in_pipe(shlex.split(again)[1:], asks(server), tmp_path)
    assert out.read_text() + rest.out == whole.out


def test_a_bar_is_drawn_where_what_comes_goes_to_a_file(
    late: LocalInstagram, tmp_path: Path
) -> None:
    words = ["user-recent", "--limit", "60"]
    done = on_terminal(words, asks(late), tmp_path, 100, into="media.jsonl")
    assert done.code == 0
    assert "quota left: 499" in done.out
    assert re.search(r"\d+/60", done.out)
    assert len((tmp_path / "media.jsonl").read_text().splitlines()) == 60


def test_a_shell_learns_to_complete(server: LocalInstagram, tmp_path: Path) -> None:
    words = ["--install-completion", "--shell", "bash", "--output", "completion.bash"]
    done = in_pipe(words, {**asks(server), "HOME": str(tmp_path)}, tmp_path)
    assert done.code == 0
    script = tmp_path / "completion.bash"
    assert "user-recent" in script.read_text()
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_machines_get_utf_8_whatever_the_terminal_shows(server: LocalInstagram) -> None:
    done = installed("instagram-async tag 'stra\u00dfe'", server, PYTHONIOENCODING="ascii")
    assert "stra\u00dfe" in done.stdout.decode()


def test_what_goes_on_is_one_line_beside_a_bar(server: LocalInstagram, tmp_path: Path) -> None:
    server.faults.add(Fault("rate_limit", after=3, times=9))
    words = ["user-recent", "--count", "5", "--max-wait", "0"]
    done = on_terminal(words, asks(server), tmp_path, 80, into="media.jsonl")
    assert done.code == 5
    (line,) = re.findall(GOES_ON, ESCAPE.sub("", done.out).replace("\r", ""))
    assert shlex.split(line)[-2] == "--resume"


def test_a_signal_leaves_the_command_that_goes_on(late: LocalInstagram, tmp_path: Path) -> None:
    done = in_pipe(["user-recent"], asks(late), tmp_path, ("\n", signal.SIGTERM))
    assert done.code == 143
    assert "this goes on:\ninstagram-async user-recent --resume" in done.err


def test_a_command_without_outputs_goes_well(server: LocalInstagram, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    lines = (
        "instagram-async user >&-",
        f"instagram-async user-recent --out {shlex.quote(str(out))} >&- 2>&-",
    )
    with ThreadPoolExecutor() as pool:
        for done in pool.map(lambda line: installed(line, server), lines):
            assert (done.returncode, done.stderr) == (0, b"")
    assert len(out.read_text().splitlines()) == 150
