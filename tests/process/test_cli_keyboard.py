"""What somebody types while a command runs: answers, names, Ctrl-C and Ctrl-D."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from instagram_async.server import Fault, LocalInstagram, World
from tests.support.commands import asks, in_pipe, on_terminal
from tests.support.threads import in_a_thread

COMMENT = ["create-comment", "{media}", "what a light"]
ASKED = "create comment {media} what a light? [y/N] "


@pytest.fixture
def server() -> Iterator[LocalInstagram]:
    with in_a_thread(LocalInstagram(World.seeded(1, users=3, media=9))) as server:
        yield server


def media_of(server: LocalInstagram) -> str:
    world = server.world
    return world.recent(world.self_id, count=1)[0][0].id


@pytest.mark.parametrize(
    ("typed", "echo", "code", "sent"),
    [
        ("y\n", "y\r\n", 0, 1),
        ("Yes\n", "Yes\r\n", 0, 1),
        ("n\n", "n\r\nnothing was sent\r\n", 1, 0),
        ("\n", "\r\nnothing was sent\r\n", 1, 0),
        ("\x04", "\r\nnothing was sent\r\n", 1, 0),
        ("\x03", "^C\r\n", 130, 0),
    ],
)
def test_a_question_is_answered(
    typed: str, echo: str, code: int, sent: int, server: LocalInstagram, tmp_path: Path
) -> None:
    media = media_of(server)
    words, asked = [word.format(media=media) for word in COMMENT], ASKED.format(media=media)
    done = on_terminal(words, asks(server), tmp_path, 80, ("[y/N]", typed))
    assert (done.code, done.out) == (code, f"{asked}{echo}")
    assert len(server.requests) == sent


def test_a_question_ends_with_its_process(server: LocalInstagram, tmp_path: Path) -> None:
    words = ["like", media_of(server)]
    done = on_terminal(words, asks(server), tmp_path, 80, ("[y/N]", signal.SIGTERM))
    assert done.code == -signal.SIGTERM
    assert not server.requests


def test_names_are_typed_and_an_end_is_put_to_them(server: LocalInstagram, tmp_path: Path) -> None:
    words = ["bulk", "--out", "a.jsonl", "--limit", "3"]
    done = on_terminal(words, asks(server), tmp_path, 80, ("Ctrl-D", "self\n\x04"))
    assert done.code == 0
    assert done.out.startswith("ids or usernames, one a line; Ctrl-D ends them\r\n")
    assert "3 new items in a.jsonl, 1 request\r\n" in done.out


def test_names_that_are_awaited_are_no_reason_to_stay(
    server: LocalInstagram, tmp_path: Path
) -> None:
    words = ["bulk", "--out", "a.jsonl"]
    assert on_terminal(words, asks(server), tmp_path, 80, ("Ctrl-D", "\x03")).code == 130
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_again_is_as_quiet_as_the_first(server: LocalInstagram, tmp_path: Path) -> None:
    server.faults.sometimes(1.0, seed=1, kinds=[Fault("delay", seconds=0.05)])
    words = ["user-recent", "--count", "1", "--format", "csv"]
    done = on_terminal(words, asks(server), tmp_path, 200, ("\n1", "\x03\x03\x03"))
    assert done.code == 130
    *_, told, line = done.out.replace("^C", "").splitlines()
    assert told.endswith("this goes on:")
    assert line.startswith("instagram-async user-recent ")


def test_downloads_that_are_stopped_go_on(server: LocalInstagram, tmp_path: Path) -> None:
    server.faults.sometimes(1.0, seed=1, kinds=[Fault("delay", seconds=0.1)])
    words = ["download", "user-recent", "--count", "1", "--out", "pictures"]
    done = in_pipe(words, asks(server), tmp_path, ("pictures/", signal.SIGINT))
    assert done.code == 130
    assert done.err == "stopped; what came is in pictures, and the same command goes on\n"
    every = in_pipe(words, asks(server), tmp_path)
    assert every.code == 0
    assert set(done.out.split()) < set(every.out.split())
    assert {str(path) for path in (tmp_path / "pictures").glob("*.svg")} == {
        str(tmp_path / name) for name in every.out.split()
    }


def test_what_nobody_can_be_asked_is_not_done(server: LocalInstagram, tmp_path: Path) -> None:
    done = in_pipe(["like", "1_2"], asks(server), tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "--yes does it without asking" in done.err
    done = in_pipe(["bulk", "--out", "a.jsonl"], asks(server), tmp_path)
    assert (done.code, done.err) == (0, "0 new items in a.jsonl, 0 requests\n")
