from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from instagram_async import Client, structure
from instagram_async.cli.signatures import command_name
from instagram_async.server import Fault, LocalInstagram
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS
from tests.support.command import Command

READS = [row for row in OPERATIONS if row.method == "GET"]


async def words_of(operation: Operation[object], server: LocalInstagram) -> list[str]:
    """What an operation needs, of this world."""
    async with Client(server.access_token(), base_url=server.base_url) as client:
        media = next(media for media in await client.user_recent().collect() if media.location)
        somebody = await client.user_follows().first()
    place = media.location
    assert place is not None
    assert somebody is not None
    known: dict[str, object] = {
        "user_id": somebody.id, "media_id": media.id, "shortcode": media.shortcode,
        "name": "snow", "q": "sno", "geo_id": server.world.geographies[0], "location_id": place.id,
        "lat": place.latitude, "lng": place.longitude,
    }  # fmt: skip
    needed = [*operation.arguments, *(one.name for one in operation.parameters if one.required)]
    if operation.name == "location_search":
        return [f"--lat={place.latitude}", f"--lng={place.longitude}"]
    return [f"{known[name]}" for name in needed]


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.name)
async def test_every_operation_that_reads_is_a_command(
    operation: Operation[object], command: Command
) -> None:
    name = command_name(operation.name)
    shown = await command(f"{name} --help")
    assert shown.code == 0
    assert f"Example: instagram-async {name}" in shown.out

    done = await command.words(name, *await words_of(operation, command.server))
    assert (done.code, done.err) == (0, "")
    assert command.server.requests[-1].status == 200
    items = [structure(line, operation.model) for line in done.out.splitlines()]
    if operation.paging is None:
        assert len(items) == 1


async def test_what_is_piped_is_what_the_library_gives(command: Command) -> None:
    server = command.server
    async with Client(server.access_token(), base_url=server.base_url) as client:
        given = await client.user_recent().collect()
    done = await command("user-recent self")
    assert [structure(line, type(given[0])) for line in done.out.splitlines()] == given
    again = await command("user-recent --parallel 4 --count 5 --format jsonl")
    assert again.out == done.out


async def test_csv_has_a_header_and_a_row_for_each(command: Command) -> None:
    done = await command("user-recent --limit 25 --format csv")
    rows = list(csv.DictReader(io.StringIO(done.out, newline="")))
    assert len(rows) == 25
    assert next(iter(rows[0])) == "id"
    assert json.loads(rows[0]["json"])["id"] == rows[0]["id"]


async def test_a_table_has_a_line_for_each(command: Command) -> None:
    done = await command("user-recent --limit 25 --format table")
    header, *rows = done.out.splitlines()
    assert header.split()[:2] == ["created_time", "username"]
    assert len(rows) == 25


async def test_one_thing_is_shown_by_its_names(command: Command) -> None:
    done = await command("user --format table")
    names = dict(line.split(maxsplit=1) for line in done.out.splitlines())
    assert names["media"] == "70"
    assert (await command("user --format csv")).out.startswith("id,username,")


async def test_bounds_are_days_and_times(command: Command) -> None:
    every = (await command("user-recent")).out.splitlines()
    times = [int(json.loads(line)["created_time"]) for line in every]
    some = await command(f"user-recent --since {times[20]} --until {times[10]}")
    assert [int(json.loads(line)["created_time"]) for line in some.out.splitlines()] == [
        time for time in times if times[20] <= time <= times[10]
    ]
    assert (await command("user-recent --since 2015-12-31")).out == ""
    assert (await command("user-recent --until 2005-12-31T10:00+01:00")).out == ""


async def test_a_command_that_was_stopped_says_what_goes_on(command: Command) -> None:
    every = await command("user-recent")
    command.server.faults.add(Fault("error", after=2, times=9, error_type="APINotFoundError"))
    stopped = await command("user-recent self --limit 65")
    assert stopped.code == 3
    message, line, error = stopped.err.splitlines()
    assert message == "stopped after 40 items; this goes on:"
    assert "APINotFoundError" in error
    command.server.faults.clear()
    name, *words = shlex.split(line)
    assert name == "instagram-async"
    rest = await command.words(*words)
    assert rest.code == 0
    lines = every.out.splitlines(keepends=True)
    assert stopped.out + rest.out == "".join(lines[:65])


async def test_what_fails_at_once_has_nothing_to_go_on_with(command: Command) -> None:
    done = await command("user-recent 404")
    assert done.code == 3
    assert done.out == ""
    assert done.err.startswith("instagram-async: GET users/{id}/media/recent: ")
    assert len(done.err.splitlines()) == 1


async def test_an_item_that_cant_be_read_is_told_and_the_rest_is_shown(command: Command) -> None:
    command.server.faults.add(Fault("bad_item"))
    done = await command("user-recent --limit 20")
    assert done.code == 7
    assert len(done.out.splitlines()) == 20
    assert "data[" in done.err


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("user nobody", 2, "user_id takes digits or 'self'"),
        ("user-recent --resume nothing", 2, "not a checkpoint"),
        ("user-recent --since yesterday", 2, "yesterday"),
        ("user-recent --limit -1", 2, "--limit"),
        ("user-recent --max-wait -1", 2, "--max-wait"),
        ("user-recent --timeout inf", 2, "--timeout"),
        ("user-recent --since 2016-01-01 --until 2015-01-01", 2, "later than max_timestamp: 2016"),
        ("user-recent --base-url nowhere", 2, "base_url must be"),
        ("user-feed --parallel 3", 2, "--parallel"),
        ("relationship 1 --format csv", 2, "there are no columns"),
        ("user 404", 3, "this user does not exist"),
        ("find-user nobody_at_all", 3, "there is nobody of that name"),
    ],
)
async def test_what_goes_wrong_is_one_line_and_a_code(
    line: str, code: int, words: str, command: Command
) -> None:
    done = await command(line)
    assert done.code == code
    assert words in done.out + done.err
    assert "Traceback" not in done.err


async def test_a_kind_without_columns_is_no_csv_and_nothing_is_sent(command: Command) -> None:
    for line in "relationship 1 --format csv", "quota --format csv", "follow 1 --format csv --yes":
        done = await command(line)
        assert (done.code, done.out) == (2, "")
        assert "there are no columns for it" in done.err
    assert not command.server.requests


async def test_each_kind_of_failure_has_its_code(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    command.server.faults.add(Fault("rate_limit", times=1))
    assert (await command("user --max-wait 0")).code == 5
    monkeypatch.setenv("INSTAGRAM_ACCESS_TOKEN", "nobody's")
    refused = await command("user")
    assert refused.code == 4
    assert "nobody's" not in refused.err
    monkeypatch.delenv("INSTAGRAM_ACCESS_TOKEN")
    assert (await command("user")).code == 2
    monkeypatch.setenv("INSTAGRAM_CLIENT_ID", command.server.client_id)
    assert (await command("user 404 --timeout 5")).code == 3
    monkeypatch.delenv("INSTAGRAM_BASE_URL")
    nowhere = await command("user")
    assert nowhere.code == 2
    assert "INSTAGRAM_BASE_URL" in nowhere.err


async def test_the_quota_is_what_the_server_says(command: Command) -> None:
    assert json.loads((await command("quota")).out) == {"limit": 5000, "remaining": 4999}
    assert (await command("quota --format table")).out == "limit      5000\nremaining  4998\n"
    assert (await command("quota --format csv")).code == 2


async def test_csv_that_goes_on_has_no_second_header(command: Command) -> None:
    whole = await command("user-recent --format csv --limit 60")
    command.server.faults.add(Fault("error", after=1, error_type="APINotFoundError"))
    first = await command("user-recent --format csv --limit 60")
    rest = await command.words(*shlex.split(first.err.splitlines()[1])[1:])
    assert first.out + rest.out == whole.out


async def test_what_a_server_says_does_nothing_to_the_terminal(command: Command) -> None:
    said = "\x1b]0;mine\x07 said"
    command.server.faults.add(Fault("error", error_type="APIError", message=said))
    done = await command("user")
    assert "said" in done.err
    assert "\x1b" not in done.err
    assert "\x07" not in done.err


async def test_a_base_url_that_lacks_its_end_is_asked_for(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INSTAGRAM_BASE_URL", command.server.base_url.removesuffix("/v1"))
    for line in "user", f"tag-recent snow --out {tmp_path / 'a.csv'}":
        done = await command(line)
        assert done.code == 3
        assert done.err.endswith("does the base URL go as far as /v1?\n")


async def test_a_gap_in_a_listing_is_no_end_of_it(command: Command) -> None:
    place = next(one for one in command.server.world.locations if one.latitude is not None)
    words = ["media-search", str(place.latitude), str(place.longitude), "--limit", "2"]
    words += ["--since", "2010-01-01", "--until", "2017-06-01"]
    done, stops = await command.words(*words), 0
    while done.code:
        told, line, error = done.err.splitlines()
        assert told == "stopped after 0 items; this goes on:"
        assert error == "instagram-async: GET media/search: 50 pages in a row held nothing"
        done, stops = await command.words(*shlex.split(line)[1:]), stops + 1
    assert stops == 1
    assert len(done.out.splitlines()) == 2
