from __future__ import annotations

import io
import os
import sys
from unittest.mock import patch

import pytest

from instagram_async.cli.progress import gauge


class Seconds:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_elsewhere_a_line_comes_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Seconds()
    with gauge(100, is_seen=False, clock=clock) as shown:
        shown.now(10, 4999)
        clock.now += 10
        shown.now(20, 4998)
        shown.now(21, 4998)
        clock.now += 10
        shown.now(60, None)
    assert capsys.readouterr().err.splitlines() == [
        "20 of 100 items, 2/s, 40 s to go, quota left: 4998",
        "60 of 100 items, 3/s, 13 s to go",
    ]


def test_who_knows_no_total_says_none(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Seconds()
    with gauge(None, is_seen=False, clock=clock) as shown:
        clock.now += 10
        shown.now(20, 4998)
    assert capsys.readouterr().err == "20 items, 2/s, quota left: 4998\n"


def test_what_is_seen_needs_no_words(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Seconds()
    with gauge(100, is_seen=True, clock=clock) as shown:
        clock.now += 60
        shown.now(20, 4998)
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    """Standard error of somebody who looks on."""

    def isatty(self) -> bool:
        return True


def drawn(
    patched: pytest.MonkeyPatch, columns: int = 80, *, is_piped: bool = False, term: str = "xterm"
) -> str:
    """What stands on a terminal of so many columns, beside a file or a pipe."""
    patched.setenv("COLUMNS", str(columns))
    patched.setenv("TERM", term)
    reading, writing = os.pipe() if is_piped else (0, os.open(os.devnull, os.O_WRONLY))
    clock, told = Seconds(), Terminal()
    with (
        io.TextIOWrapper(io.FileIO(writing, "w")) as out,
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", told),
        gauge(100, is_seen=False, clock=clock) as shown,
    ):
        clock.now += 10
        shown.now(20, 4998)
    if is_piped:
        os.close(reading)
    return told.getvalue()


def test_who_reads_a_pipe_may_write_to_the_terminal_and_no_bar_is_in_his_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = "20 of 100 items, 2/s, 40 s to go, quota left: 4998\n"
    assert drawn(monkeypatch, is_piped=True) == line
    assert "\x1b" in drawn(monkeypatch)


def test_a_terminal_that_can_do_nothing_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in drawn(monkeypatch, term="dumb")


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_bar_has_room_for_its_numbers(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = drawn(monkeypatch, columns)
    assert "20/100" in shown
    assert "2/s" in shown
    assert ("quota left: 4998" in shown) == (columns >= 60)
    assert "…" not in shown
