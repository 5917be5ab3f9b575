"""The commands that read, as they are installed: on a terminal, in a pipe, and interrupted."""

from __future__ import annotations

import csv
import io
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.process.terminal import on_terminal
from tests.process.test_serve import COMMAND, ENVIRONMENT, running


@contextmanager
def served(*options: str) -> Iterator[dict[str, str]]:
    """An environment in which commands ask a server of its own process."""
    with running(*options) as (_, facts):
        said = dict(word.split("=", 1) for word in facts["use"].split()[1:])
        yield {**ENVIRONMENT, "PYTHONUTF8": "1", **said}


def piped(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=environment, check=False
    )


@pytest.fixture(scope="module")
def plain() -> Iterator[dict[str, str]]:
    """The environment of a server that does nothing special."""
    with served() as environment:
        yield environment


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_it_is_a_table(columns: int, plain: dict[str, str]) -> None:
    code, written = on_terminal([COMMAND, "user-recent", "--limit", "30"], columns, plain)
    assert code == 0
    lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", written).splitlines()
    header, *rows, account = [line for line in lines if line]
    assert header.split()[:3] == ["created_time", "username", "likes"]
    assert ("comments" in header) == (columns == 120)
    assert len(rows) == 30
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d  ", row) for row in rows)
    assert re.fullmatch(r"30 items, 2 pages, 2 requests, quota left: 49\d\d", account)


def test_what_ctrl_c_has_stopped_goes_on_where_it_was() -> None:
    with served("--latency", "0.1", "--media", "150") as environment:
        command = [COMMAND, "user-recent", "--format", "csv"]
        code, written = on_terminal(command, 200, environment, b"\r\n1")
        assert code == 130
        assert "Traceback" not in written
        line = written.replace("\r", "").rstrip().splitlines()[-1]
        name, *words = shlex.split(line)
        assert name == "instagram-async"
        rest = piped([COMMAND, *words], environment)
        whole = piped([COMMAND, "user-recent", "--format", "csv", "--parallel", "4"], environment)
    told = re.search(r"stopped after (\d+) items; this goes on:", written)
    assert told is not None
    given = int(told[1])
    assert 0 < given < 150
    _, *rows = csv.reader(io.StringIO(whole.stdout))
    assert len(rows) == 150
    assert list(csv.reader(io.StringIO(rest.stdout))) == rows[given:]


def test_a_bar_is_drawn_where_what_comes_goes_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "media.jsonl"
    with served("--latency", "0.05") as environment:
        line = f"{shlex.quote(COMMAND)} user-recent --limit 60 > {shlex.quote(str(out))}"
        code, written = on_terminal(["/bin/sh", "-c", line], 100, environment)
    assert code == 0
    assert "quota left: 499" in written
    assert re.search(r"\d+/60", written)
    assert len(out.read_text().splitlines()) == 60


def test_a_shell_learns_to_complete(tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    words = ["--install-completion", "--shell", "bash", "--output", str(script)]
    done = piped([COMMAND, *words], {**ENVIRONMENT, "HOME": str(tmp_path)})
    assert done.returncode == 0
    assert "user-recent" in script.read_text()
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_machines_get_utf_8_whatever_the_terminal_shows(plain: dict[str, str]) -> None:
    done = subprocess.run(
        [COMMAND, "tag", "stra\u00dfe"],
        capture_output=True,
        timeout=60,
        env={**plain, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert "stra\u00dfe" in done.stdout.decode()


def test_what_goes_on_is_one_line_beside_a_bar(tmp_path: Path) -> None:
    out = shlex.quote(str(tmp_path / "media.jsonl"))
    with served("--limit", "3") as environment:
        line = f"{shlex.quote(COMMAND)} user-recent --count 5 --max-wait 0 > {out}"
        code, written = on_terminal(["/bin/sh", "-c", line], 80, environment)
    assert code == 5
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", written).replace("\r", "")
    (line,) = re.findall(r"instagram-async user-recent .*", shown)
    assert shlex.split(line)[-2] == "--resume"


def test_a_signal_leaves_the_command_that_goes_on() -> None:
    with (
        served("--latency", "0.2", "--media", "900") as environment,
        subprocess.Popen(
            [COMMAND, "user-recent"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        ) as process,
    ):
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
        _, told = process.communicate(timeout=30)
    assert process.returncode == 143
    assert "this goes on:\ninstagram-async user-recent --resume" in told


def test_a_command_without_outputs_goes_well(tmp_path: Path, plain: dict[str, str]) -> None:
    out = tmp_path / "a.jsonl"
    for line in (f"{COMMAND} user >&-", f"{COMMAND} user-recent --out {out} >&- 2>&-"):
        done = piped(["/bin/sh", "-c", line], plain)
        assert (done.returncode, done.stderr) == (0, "")
    assert len(out.read_text().splitlines()) == 120
