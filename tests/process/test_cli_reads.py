"""The commands that read, as they are installed: on a terminal, in a pipe, and interrupted."""

from __future__ import annotations

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


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_it_is_a_table(columns: int) -> None:
    with served() as environment:
        code, written = on_terminal([COMMAND, "user-recent", "--limit", "30"], columns, environment)
    assert code == 0
    lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", written).splitlines()
    header, *rows, account = [line for line in lines if line]
    assert header.split()[:3] == ["created_time", "username", "likes"]
    assert ("comments" in header) == (columns == 120)
    assert len(rows) == 30
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d  ", row) for row in rows)
    assert account == "30 items, 2 pages, 2 requests, quota left: 4998"


def test_what_ctrl_c_has_stopped_goes_on_where_it_was() -> None:
    with served("--latency", "0.1", "--media", "300") as environment:
        command = [COMMAND, "user-recent", "--format", "csv"]
        code, written = on_terminal(command, 200, environment, b"\r\n1")
        assert code == 130
        assert "Traceback" not in written
        line = written.replace("\r", "").rstrip().splitlines()[-1]
        name, *words = shlex.split(line)
        assert name == "instagram-async"
        rest = piped([COMMAND, *words], environment)
        whole = piped(command, environment)
    assert rest.returncode == 0
    told = re.search(r"stopped after (\d+) items; this goes on:", written)
    assert told is not None
    given = int(told[1])
    assert 0 < given < 300
    assert rest.stdout.split("\r\n")[1:] == whole.stdout.split("\r\n")[1 + given :]


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
