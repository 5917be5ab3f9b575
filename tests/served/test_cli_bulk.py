from __future__ import annotations

import io
from pathlib import Path

import pytest

from instagram_async import Client, Media, User, UserSummary, bulk
from instagram_async.server import Fault
from tests.support.command import Command


@pytest.fixture
async def people(command: Command) -> list[User]:
    """The owner, and two whom he may see."""
    server = command.server
    async with Client(server.access_token(), base_url=server.base_url) as client:
        followed = [user async for user in client.user_follows()]
        return [await client.user(), *[await client.user(user.id) for user in followed[:2]]]


def shown(people: list[User]) -> int:
    """How many media they have, two of each at most."""
    return sum(min(2, user.counts.media if user.counts else 0) for user in people)


def rows(out: Path, kind: type[Media | UserSummary] = Media) -> list[bulk.Row]:
    return list(bulk.JSONLinesSink(out).read(kind))


async def test_a_file_of_ids_is_written_down_once(
    command: Command, people: list[User], tmp_path: Path
) -> None:
    out, file = tmp_path / "a.jsonl", tmp_path / "people.txt"
    file.write_text("".join(f"{user.id}  # {user.username}\n\n" for user in [*people, people[0]]))
    done = await command(f"bulk {file} --out {out}")
    assert done.code == 0
    counts = [user.counts.media if user.counts else 0 for user in people]
    assert len(rows(out)) == sum(counts)
    assert {row.listing for row in rows(out)} <= {
        f"users/{user.id}/media/recent" for user in people
    }
    again = await command(f"bulk {file} --out {out}")
    assert again.err == f"0 new items in {out}, 0 requests\n"


async def test_names_are_looked_up_once(
    command: Command, people: list[User], tmp_path: Path
) -> None:
    out, file = tmp_path / "a.jsonl", tmp_path / "people.txt"
    names = [f"@{people[1].username.upper()}", people[1].username, "nobody_at_all", people[2].id]
    file.write_text("\n".join(names))
    done = await command(f"bulk {file} --out {out} --listing user-follows")
    assert done.code == 1
    assert "nobody_at_all: there is nobody of that name" in done.err
    assert {row.listing for row in rows(out, UserSummary)} <= {
        f"users/{user.id}/follows" for user in people[1:]
    }
    asked = len(command.server.requests)
    await command(f"bulk {file} --out {out} --listing user-follows")
    assert len(command.server.requests) == asked + 1  # for who was not found


async def test_one_that_can_not_be_had_stops_no_other(
    command: Command, people: list[User], tmp_path: Path
) -> None:
    out, file = tmp_path / "a.jsonl", tmp_path / "people.txt"
    file.write_text(f"404\n{people[0].id}\n")
    done = await command(f"bulk {file} --out {out} --limit 5")
    assert done.code == 3  # since nothing else went wrong
    assert "users/404/media/recent: NotFoundError" in done.err
    assert len(rows(out)) == 5


async def test_what_was_stopped_goes_on_and_what_is_new_comes(
    command: Command, people: list[User], tmp_path: Path
) -> None:
    out, file = tmp_path / "a.jsonl", tmp_path / "people.txt"
    file.write_text(people[0].id)
    command.server.faults.add(Fault("rate_limit", after=2, times=1))
    stopped = await command(f"bulk {file} --out {out} --max-wait 0 --refresh")
    assert stopped.code == 5
    assert "the same command goes on" in stopped.err
    assert (await command(f"bulk {file} --out {out} --refresh")).code == 0
    assert len({row.identity for row in rows(out)}) == len(rows(out)) == 70
    new = await command(f"bulk {file} --out {out} --refresh")
    assert new.err == f"0 new items in {out}, 1 request\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--listing user-search --out {0}/a.csv", "user-recent"),
        ("--out {0}/a", "--format"),
        ("--listing user-follows --refresh --out {0}/a.csv", "can't be refreshed"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    options: str, words: str, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "people.txt"
    file.write_text("self\n")
    done = await command(f"bulk {file} {options.format(tmp_path)}")
    assert done.code == 2
    assert words in done.out + done.err
    assert not command.server.requests


async def test_a_tag_is_no_comment(command: Command, tmp_path: Path) -> None:
    out, file = tmp_path / "a.jsonl", tmp_path / "tags.txt"
    file.write_text("# of winter\nsnow # and ice\n")
    assert (await command(f"bulk {file} --out {out} --listing tag-recent --limit 3")).code == 0
    assert {row.listing for row in rows(out)} == {"tags/snow/media/recent"}


async def test_a_line_that_makes_no_sense_stops_no_other(
    command: Command, people: list[User], tmp_path: Path
) -> None:
    out, file = tmp_path / "a.jsonl", tmp_path / "people.txt"
    file.write_bytes(f"\ufeff{people[0].id}\n@\n{people[1].username}\n".encode())
    done = await command(f"bulk {file} --out {out} --limit 2")
    assert done.code == 1
    assert "@: username takes a name" in done.err
    assert len(rows(out)) == shown(people[:2])


async def test_names_that_a_kill_has_cut_are_looked_up_again(
    command: Command, people: list[User], tmp_path: Path
) -> None:
    out, file = tmp_path / "a.jsonl", tmp_path / "people.txt"
    file.write_text(people[1].username)
    (tmp_path / "a.jsonl.names").write_text('["cut')
    assert (await command(f"bulk {file} --out {out} --limit 2")).code == 0
    assert len(rows(out)) == shown(people[1:2])
    assert (tmp_path / "a.jsonl.names").read_text().endswith(f'"{people[1].id}"]\n')


async def test_names_come_from_standard_input(
    command: Command, people: list[User], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.jsonl"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{people[0].id}\n"))
    assert (await command(f"bulk --out {out} --limit 2")).code == 0
    assert len(rows(out)) == 2
    monkeypatch.setattr("sys.stdin", None)  # it was closed
    assert (await command(f"bulk --out {out} --limit 2")).code == 0


async def test_what_is_no_text_is_refused(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "people.txt"
    file.write_bytes(b"bak\xe9r\n")
    done = await command(f"bulk {file} --out {tmp_path / 'a.jsonl'}")
    assert done.code == 2
    assert "is no UTF-8" in done.err


async def test_a_look_up_that_fails_stops_no_other(
    command: Command, people: list[User], tmp_path: Path
) -> None:
    out, file = tmp_path / "a.jsonl", tmp_path / "people.txt"
    file.write_text(f"{people[1].username}\n{people[0].id}\n")
    command.server.faults.add(
        Fault("error", operation="GET users/search", error_type="APINotAllowedError")
    )
    assert (await command(f"bulk {file} --out {out} --limit 2")).code == 1
    assert {row.listing for row in rows(out)} == {f"users/{people[0].id}/media/recent"}
    assert (await command(f"bulk {file} --out {out} --limit 2")).code == 0
    assert len(rows(out)) == shown(people[:2])


async def test_a_file_that_is_not_there_is_a_matter_of_usage(
    command: Command, tmp_path: Path
) -> None:
    for file in tmp_path / "nobody.txt", tmp_path:
        done = await command(f"bulk {file} --out {tmp_path / 'a.jsonl'}")
        assert done.code == 2
        assert str(file) in done.err
    assert (await command(f"bulk x --format table --out {tmp_path / 'a'}")).code == 2
    assert not command.server.requests
