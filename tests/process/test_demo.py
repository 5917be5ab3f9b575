"""The command as it is installed: in a pipe, on a terminal, and interrupted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from instagram_async import __version__
from instagram_async.cli.app import run
from tests.support.commands import Ran, in_pipe, on_terminal
from tests.support.terminal import screen_of

COMMAND = str(Path(sysconfig.get_path("scripts")) / "instagram-async")
SUMMARY = r"70 items, 3 pages, 4 requests, \d+\.\d\d s, quota left: 4996"
ENVIRONMENT = {**os.environ, "TERM": "xterm-256color", "PYTHONWARNINGS": "error"}
ENVIRONMENT.pop("PYTHONUNBUFFERED", None)  # a full or closed output is noticed at the flush


def piped(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**ENVIRONMENT, "PYTHONUTF8": "1", **environment},
        check=False,
    )


def test_in_a_pipe_it_writes_plain_lines(tmp_path: Path) -> None:
    for more in {}, {"FORCE_COLOR": "1"}:
        is_plain(in_pipe(["demo", "--media", "70"], {**ENVIRONMENT, **more}, tmp_path))


def is_plain(done: Ran) -> None:
    assert done.code == 0
    title, *progress, last = done.err.splitlines()
    assert re.fullmatch(r"\S+: 70 media, asked of http://127\.0\.0\.1:\d+/v1", title)
    assert progress == ["33 of 70, 47%", "66 of 70, 94%"]
    assert re.fullmatch(SUMMARY, last)
    names, *rows = [line.split("\t") for line in done.out.splitlines()]
    assert names == ["posted", "type", "likes", "caption", "place"]
    assert len(rows) == 70
    assert {len(row) for row in rows} == {5}
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    assert {row[1] for row in rows} <= {"image", "video", "carousel"}
    assert all(part.isprintable() for row in rows for part in row)


def test_a_module_is_run_like_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "instagram_async", "demo", "--media", "2"],
        capture_output=True,
        text=True,
        timeout=60,
        env=ENVIRONMENT,
        check=False,
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert "2 items, 1 page, 2 requests" in done.stderr


def to_a_full_one(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    command = [COMMAND, *arguments]
    with Path("/dev/full").open("w") as full:
        return subprocess.run(
            command,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            env=ENVIRONMENT,
            check=False,
        )


FULL = "instagram-async: [Errno 28] No space left on device\n"


def test_an_output_that_is_full_ends_it_with_one_line() -> None:
    with ThreadPoolExecutor() as pool:  # the interpreter flushes once more at its end
        for done in pool.map(to_a_full_one, (["demo", "--media", "1"], ["--help"])):
            assert (done.returncode, done.stderr) == (1, FULL)


@pytest.mark.parametrize("words", [["demo"], ["serve", "--port", "0"]])
def test_who_writes_much_is_ended_on_his_way(words: list[str], tmp_path: Path) -> None:
    done = on_terminal(words, ENVIRONMENT, tmp_path, 80, into="/dev/full")
    assert (done.code, done.out) == (1, FULL.replace("\n", "\r\n"))


def test_an_output_that_can_show_little_is_no_error() -> None:
    done = piped("demo", "--media", "40", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "?" in done.stdout


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    with subprocess.Popen(
        [COMMAND, "demo", "--media", "3000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read().decode().splitlines()
        assert process.wait(60) == 1
    assert ": 3000 media, asked of" in told[0]
    assert all(re.match(r"\d+ of 3000, \d+%$|stopped after \d+ item", line) for line in told[1:])


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_it_draws_a_table_and_a_bar(columns: int, tmp_path: Path) -> None:
    words = ["demo", "--media", "70", "--pace", "0"]
    code, written, _ = on_terminal(words, ENVIRONMENT, tmp_path, columns)
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", written)
    assert code == 0
    for header in ("posted", "type", "likes", "caption", "place"):
        assert header in shown
    assert "100% 70/70" in shown
    assert re.search(rf"^{SUMMARY}\r?$", shown, re.MULTILINE)
    assert f"{'━' * (columns // 3)}" in shown
    assert written.rindex("\x1b[?25h") > written.rindex("\x1b[?25l")


def test_on_a_terminal_it_takes_its_time_unless_told_otherwise(tmp_path: Path) -> None:
    started = time.monotonic()
    code, written, _ = on_terminal(["demo", "--media", "70"], ENVIRONMENT, tmp_path, 80)
    assert code == 0
    assert time.monotonic() - started >= 0.7
    assert "slowed down to 100 media a second" in written


@pytest.mark.parametrize("columns", [80, 120])
def test_an_interrupt_ends_it_with_the_account_so_far(columns: int, tmp_path: Path) -> None:
    words = ["demo", "--media", "1000", "--pace", "20"]
    code, written, _ = on_terminal(words, ENVIRONMENT, tmp_path, columns, ("/1000", "\x03"))
    assert code == 130
    assert re.search(r"stopped after \d+ items?, 1 page, 2 requests", written)
    assert "Traceback" not in written
    assert written.rindex("\x1b[?25h") > written.rindex("\x1b[?25l")
    shown = screen_of(written, columns)
    assert "^C" in written
    assert len([line for line in shown if "posted" in line]) == 1


def test_an_interrupt_before_anything_began_is_quiet() -> None:
    begun = """
import sys, types
class Interrupted(types.ModuleType):
    def __getattr__(self, name):
        raise KeyboardInterrupt
sys.modules["instagram_async.cli.app"] = Interrupted("app")
from instagram_async.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", begun], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def asked(
    arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[object, str, str]:
    """What the command does in this process: its exit code, and what it wrote."""
    monkeypatch.setattr(sys, "argv", ["instagram-async", *arguments])
    with pytest.raises(SystemExit) as caught:
        run()
    written = capsys.readouterr()
    return caught.value.code, written.out, written.err


def test_arguments_reach_the_demo(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, told = asked(["demo", "--media", "3"], monkeypatch, capsys)
    assert (code, len(out.splitlines())) == (0, 4)
    assert "3 items, 1 page, 2 requests" in told


def test_help_has_an_example_and_version_is_the_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = asked(["demo", "--help"], monkeypatch, capsys)
    assert code == 0
    assert "instagram-async demo --media 1000 --pace 0" in out
    assert "--media" in out
    assert asked(["--version"], monkeypatch, capsys) == (0, f"{__version__}\n", "")
    assert "demo" in asked(["--help"], monkeypatch, capsys)[1]


@pytest.mark.parametrize("wrong", [("--media", "0"), ("--media", "100001"), ("--pace", "-1")])
def test_wrong_arguments_are_refused_before_anything_starts(
    wrong: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, told = asked(["demo", *wrong], monkeypatch, capsys)
    assert code in (1, 2)  # as the version of cyclopts has it
    assert "media, asked of" not in out + told
    assert wrong[0] in out + told


def test_without_the_extra_it_says_so_in_one_line() -> None:
    code = "import sys; sys.modules['rich'] = None; from instagram_async.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "instagram-async: rich is missing; pip install -e '.[cli]' brings it\n"


def test_the_library_does_not_import_the_command_line() -> None:
    code = (
        "import sys, instagram_async, instagram_async.server; "
        "print(sorted({'rich', 'cyclopts', 'instagram_async.cli'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
