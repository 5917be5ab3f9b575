from __future__ import annotations

import csv
from pathlib import Path

import pytest

from instagram_async import Client, Media, bulk
from instagram_async.cli.exits import UsageError
from instagram_async.cli.saving import kind_of
from instagram_async.server import Fault
from tests.support.command import Command


async def timeline(command: Command) -> list[Media]:
    server = command.server
    async with Client(server.access_token(), base_url=server.base_url) as client:
        return await client.user_recent().collect()


def kept(out: Path) -> list[Media]:
    """What is in a file, of whichever form."""
    sinks: dict[str, bulk.JSONLinesSink | bulk.CSVSink | bulk.ParquetSink | bulk.SQLiteSink] = {
        ".jsonl": bulk.JSONLinesSink(out), ".csv": bulk.CSVSink(out),
        ".parquet": bulk.ParquetSink(out), ".db": bulk.SQLiteSink(out),
    }  # fmt: skip
    return [row.item for row in sinks[out.suffix].read(Media)]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.db"])
async def test_a_listing_is_written_down_once(name: str, command: Command, tmp_path: Path) -> None:
    out = tmp_path / name
    done = await command(f"user-recent self --out {out}")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"70 new items in {out}, 4 requests\n"
    assert kept(out) == await timeline(command)
    assert (
        await command(f"user-recent self --out {out}")
    ).err == f"0 new items in {out}, 0 requests\n"


async def test_what_was_stopped_goes_on(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    command.server.faults.add(Fault("rate_limit", after=3, times=1))
    stopped = await command(f"user-recent --max-wait 0 --out {out}")
    assert stopped.code == 5
    assert "the same command goes on" in stopped.err
    assert len(kept(out)) == 40
    assert (await command(f"user-recent --out {out}")).code == 0
    assert kept(out) == await timeline(command)


async def test_it_is_read_by_windows_and_daily(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    done = await command(f"user-recent --parallel 4 --count 5 --refresh --out {out}")
    assert done.code == 0
    again = await command(f"user-recent --parallel 4 --refresh --out {out}")
    assert again.err == f"0 new items in {out}, 1 request\n"
    assert kept(out) == await timeline(command)


async def test_a_limit_counts_what_is_there(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    for limit in (5, 5, 30):
        assert (await command(f"user-recent --limit {limit} --out {out}")).code == 0
    assert kept(out) == (await timeline(command))[:30]
    with out.open(newline="") as rows:
        assert len(list(csv.DictReader(rows))) == 30


async def test_a_listing_that_can_not_be_had_has_its_code(command: Command, tmp_path: Path) -> None:
    done = await command(f"user-recent 404 --out {tmp_path / 'a.jsonl'}")
    assert done.code == 3
    assert "users/404/media/recent: NotFoundError" in done.err


async def test_two_listings_share_a_file_and_no_failure(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    assert (await command(f"user-recent 404 --out {out}")).code == 3
    done = await command(f"tag-recent snow --limit 5 --out {out}")
    assert (done.code, len(done.err.splitlines())) == (0, 1)
    assert len(kept(out)) == 5


async def test_what_can_not_be_read_is_told_by_the_code(command: Command, tmp_path: Path) -> None:
    command.server.faults.add(Fault("bad_item"))
    done = await command(f"user-recent --out {tmp_path / 'a.jsonl'}")
    assert done.code == 7
    assert len(kept(tmp_path / "a.jsonl")) == 69
    again = await command(f"user-recent --out {tmp_path / 'a.jsonl'}")
    assert again.code == 7  # it is as incomplete as before
    for told in done.err, again.err:
        assert "users/self/media/recent data[10].id: ResponseError: expected str" in told


async def test_a_file_is_of_one_account(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    assert (await command(f"user-recent --limit 5 --out {out}")).code == 0
    somebody = command.server.world.users[1]
    command.patch.setenv("INSTAGRAM_ACCESS_TOKEN", command.server.access_token(somebody.id))
    refused = await command(f"user-recent --out {out}")
    assert refused.code == 2
    assert f"and this is {somebody.username}" in refused.err
    assert len(kept(out)) == 5


async def test_a_full_disk_ends_all_downloads(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.write_text("no folder")
    done = await command(f"download user-recent --limit 20 --out {folder}")
    assert done.code == 1
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("user-recent --out {0}/a.txt", "--format jsonl"),
        ("user-recent --out {0}/nowhere/a.csv", "there is no folder"),
        ("user-recent --out {0}/a.csv --format table", "--format jsonl"),
        ("user-recent --out {0}/a.csv --resume x", "checkpoint"),
        ("user-recent --format parquet", "--out"),
        ("user-recent --format sqlite", "--out"),
        ("user-recent --refresh", "--out"),
        ("user-follows --refresh --out {0}/a.csv", "can't be refreshed"),
        ("user-recent --refresh --limit 5 --out {0}/a.csv", "can't be refreshed"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    line: str, words: str, command: Command, tmp_path: Path
) -> None:
    done = await command(line.format(tmp_path))
    assert done.code == 2
    assert words in done.err
    assert not command.server.requests


async def test_a_file_of_something_else_is_left_alone(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    out.write_text("{}\n")
    done = await command(f"user-recent --out {out}")
    assert done.code == 2
    assert "not empty" in done.err
    assert out.read_text() == "{}\n"


def test_the_name_says_the_form_unless_it_is_said() -> None:
    assert kind_of(Path("a.sqlite"), None) == "sqlite"
    assert kind_of(Path("a.csv"), "jsonl") == "jsonl"
    with pytest.raises(UsageError, match="a is to be written as what"):
        kind_of(Path("a"), None)


async def test_pictures_are_downloaded(command: Command, tmp_path: Path) -> None:
    done = await command(f"download user-recent self --limit 5 --out {tmp_path}")
    assert done.code == 0
    paths = [Path(line) for line in done.out.splitlines()]
    assert len(paths) >= 5
    assert all(path.parent == tmp_path for path in paths)
    assert done.err == f"5 media in {tmp_path}, 0 failed\n"
    again = await command(f"download user-recent self --limit 5 --out {tmp_path}")
    assert sorted(again.out.splitlines()) == sorted(done.out.splitlines())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("user-recent 404", 3),
        ("tag-recent snow", 4),
        ("user-recent self --base-url {0}", 3),
        ("geography-recent 404 --format parquet", 3),
    ],
)
async def test_a_listing_that_is_refused_leaves_no_file(
    line: str, code: int, command: Command, tmp_path: Path
) -> None:
    if code == 4:
        command.patch.setenv("INSTAGRAM_ACCESS_TOKEN", "1.f.nobodys")
    lost = command.server.base_url.removesuffix("/v1")
    done = await command(f"{line.format(lost)} --out {tmp_path / 'a.csv'}")
    assert done.code == code
    assert "what came" not in done.err
    assert names(tmp_path) == set()


async def test_what_is_there_stays_when_more_is_refused(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    assert (await command(f"tag-recent snow --limit 5 --out {out}")).code == 0
    files = names(tmp_path)
    assert (await command(f"user-recent 404 --out {out}")).code == 3
    assert names(tmp_path) == files
    assert len(kept(out)) == 5


async def test_a_file_of_something_else_gets_nothing_beside_it(
    command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "notes.jsonl"
    out.write_text("mine\n")
    assert (await command(f"user-recent --out {out}")).code == 2
    assert names(tmp_path) == {out.name}


async def test_a_gap_that_was_read_is_not_read_again(command: Command, tmp_path: Path) -> None:
    place = next(one for one in command.server.world.locations if one.latitude is not None)
    line = f"media-search {place.latitude} {place.longitude} --since 2010-01-01"
    line += f" --until 2017-06-01 --limit 2 --out {tmp_path / 'a.jsonl'}"
    stopped = await command(line)
    assert stopped.code == 1
    assert stopped.err.splitlines()[-1] == (
        "the same command goes on behind the pages that held nothing"
    )
    assert (await command(line)).code == 0
    assert len(kept(tmp_path / "a.jsonl")) == 2


async def test_a_device_is_no_file(command: Command) -> None:
    done = await command("user-recent --format csv --out /dev/null")
    assert done.code == 2
    assert "/dev/null is no file that could be gone on with" in done.err
    assert "null.source" not in names(Path("/dev"))
