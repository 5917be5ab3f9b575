from __future__ import annotations

import errno
import io
import re
import sys

import pytest
from rich.console import Console

from instagram_async.cli.journal import Journal, PlainJournal, ScreenJournal
from instagram_async.server.log import Received

GOOD = Received("GET", "/v1/users/self", {"count": "2"}, 1442059200.0, 200, 0.01234)
CUT = Received("GET", "/v1/\x1b[2Jusers", {}, 1442059200.0, None, 2.0)
FACTS = [("base URL", "http://127.0.0.1:1/v1"), ("try", "curl " + "x" * 200)]


class Gone(io.StringIO):
    """An output that nobody reads any more."""

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, "the terminal is gone")


def test_lines_without_colours(capsys: pytest.CaptureFixture[str]) -> None:
    journal: Journal = PlainJournal()
    journal.begin(FACTS)
    journal.request(GOOD)
    journal.request(CUT)
    written = capsys.readouterr()
    assert written.out == f"base URL   http://127.0.0.1:1/v1\ntry        curl {'x' * 200}\n"
    good, cut = written.err.splitlines()
    assert re.fullmatch(r"\d\d:\d\d:\d\d GET /v1/users/self 200 12\.3ms", good)
    assert re.fullmatch(r"\d\d:\d\d:\d\d GET /v1/ \[2Jusers no-reply 2000\.0ms", cut)


def test_lines_in_colours_say_the_same() -> None:
    output = io.StringIO()
    console = Console(file=output, width=40, force_terminal=True, highlight=False, _environ={})
    journal: Journal = ScreenJournal(console)
    journal.begin(FACTS)
    journal.request(GOOD)
    journal.request(CUT)
    written = output.getvalue()
    assert "\x1b[32m200" in written
    assert "\x1b[2J" not in written
    shown = re.sub(r"\x1b\[[0-9;]*m", "", written).splitlines()
    assert shown[:3] == [
        "base URL   http://127.0.0.1:1/v1",
        f"try        curl {'x' * 200}",
        "Ctrl-C stops it.",
    ]
    assert shown[3].endswith(" GET /v1/users/self 200 12.3ms")
    assert shown[4].endswith(" GET /v1/ [2Jusers no-reply 2000.0ms")


def test_a_reader_that_leaves_stops_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Gone())
    PlainJournal().request(GOOD)
    ScreenJournal(Console(file=Gone())).request(GOOD)
