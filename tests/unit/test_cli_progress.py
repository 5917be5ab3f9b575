from __future__ import annotations

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
