from __future__ import annotations

import sys
from collections.abc import AsyncIterator

import pytest

from instagram_async import Client
from instagram_async.cli.signatures import command_name
from instagram_async.server import Fault, LocalInstagram, World
from instagram_async.v1.operations import OPERATIONS
from tests.support.command import Command

SCOPES = "likes comments relationships follower_list"


@pytest.fixture
async def client(command: Command) -> AsyncIterator[Client]:
    token = command.server.access_token(scope=SCOPES)
    async with Client(token, base_url=command.server.base_url) as client:
        yield client


@pytest.fixture
async def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Command]:
    async with LocalInstagram(World.seeded(1, users=5, media=3)) as server:
        yield Command(monkeypatch, capsys, server, scope=SCOPES)


async def test_every_operation_that_writes_is_a_command(command: Command) -> None:
    names = [row.name for row in OPERATIONS if row.method != "GET"]
    for name in [*names, "follow", "unfollow", "block", "unblock", "approve", "ignore"]:
        shown = await command(f"{command_name(name)} --help")
        assert shown.code == 0
        assert f"Example: instagram-async {command_name(name)}" in shown.out
        assert "--yes" in shown.out


async def test_what_is_written_is_there(command: Command, client: Client) -> None:
    media = await client.user_recent().first()
    assert media is not None
    liked = await command(f"like {media.id} --yes")
    assert liked == (0, "", "")
    assert (await client.media(media.id)).user_has_liked

    said = await command.words("create-comment", media.id, "what a light", "-y")
    assert said.code == 0
    comment = (await client.media_comments(media.id).collect())[-1]
    assert comment.text == "what a light"
    gone = await command(f"delete-comment {media.id} {comment.id} --yes")
    assert gone == (0, "", "")
    assert comment not in await client.media_comments(media.id).collect()

    somebody = await client.user_follows().first()
    assert somebody is not None
    done = await command(f"unfollow {somebody.id} --yes --format table")
    assert done.out.split()[:2] == ["outgoing_status", "none"]
    assert (await client.relationship(somebody.id)).outgoing_status == "none"


async def test_nobody_to_ask_is_no_yes(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for stdin in sys.stdin, None:  # a shell's <&- is none
        monkeypatch.setattr(sys, "stdin", stdin)
        done = await command("like 1_2")
        assert done.code == 2
        assert "like 1_2?" in done.err
        assert "--yes" in done.err
    assert not command.server.requests


async def test_what_is_refused_before_it_is_sent_is_a_matter_of_usage(command: Command) -> None:
    done = await command.words("create-comment", "1_2", "SHOUTED LOUD", "--yes")
    assert done.code == 2
    assert not command.server.requests


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [("lost_reply", 0, "it is there"), ("reset_before", 1, "nothing was written")],
)
async def test_a_comment_that_may_be_there_is_looked_for(
    fault: str, code: int, words: str, command: Command, client: Client
) -> None:
    media = await client.user_recent().first()
    assert media is not None
    command.server.faults.add(Fault(fault, operation="POST media/{id}/comments"))  # type: ignore[arg-type]
    done = await command.words("create-comment", media.id, "what a light", "--yes")
    assert done.code == code
    assert words in done.err
    texts = [comment.text for comment in await client.media_comments(media.id).collect()]
    assert texts.count("what a light") == (1 if code == 0 else 0)
