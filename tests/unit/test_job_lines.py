"""The sink of JSON Lines: what a line holds, and what is read back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from instagram_async import Location, Media, Tag, UserSummary
from instagram_async.bulk import JSONLinesSink, Row, SinkError
from instagram_async.server import World
from instagram_async.testing import make_comment, make_media, make_user


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.jsonl"


@pytest.fixture
def ledger() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        yield connection


def rows(first: int, number: int, listing: str = "me") -> list[Row]:
    made = [make_media(one) for one in range(first, first + number)]
    return [Row(listing, one.id, one) for one in made]


def kept(path: Path, ledger: sqlite3.Connection, *parts: list[Row]) -> None:
    sink = JSONLinesSink(path)
    sink.open(ledger, None)
    for part in parts:
        sink.write(part)
    sink.flush(last=True)
    sink.close()


def test_a_line_is_what_v1_sends_and_the_key_of_its_listing(
    path: Path, ledger: sqlite3.Connection
) -> None:
    tag = Row("tags", "snow", Tag(name="snö", media_count=3))
    kept(path, ledger, [tag])
    assert path.read_text() == '{"name":"snö","media_count":3,"listing":"tags"}\n'


def test_what_is_read_back_is_equal(path: Path, ledger: sqlite3.Connection) -> None:
    first, second = rows(1, 5), rows(6, 3, "you")
    kept(path, ledger, first, second)
    assert list(JSONLinesSink(path).read(Media)) == first + second


@pytest.mark.parametrize(
    "item",
    [
        make_comment(1),
        evolve(make_comment(1), text="half a letter \ud83d and \u2028 a line"),
        Location(id="7", name="Harbour"),
        Location(id="7", latitude=float("inf"), longitude=-1e300),
        evolve(make_media(1), location=Location(latitude=float("-inf"))),
        Tag(name="snow"),
        UserSummary(id="1", username="a"),
        make_user(3),
    ],
    ids=lambda item: type(item).__name__,
)
def test_models_of_every_kind(path: Path, ledger: sqlite3.Connection, item: Any) -> None:
    row = Row("them", item.name if isinstance(item, Tag) else item.id, item)
    kept(path, ledger, [row, row])
    assert list(JSONLinesSink(path).read(type(item))) == [row, row]
    assert all(json.loads(line) for line in path.read_bytes().splitlines())


def test_a_world_takes_the_file(path: Path, ledger: sqlite3.Connection) -> None:
    people = [Row("all", user.id, user) for user in map(make_user, range(3))]
    media = rows(1, 4)
    kept(path, ledger, people, media)
    world = World.load(path)
    assert {row.identity for row in people} <= {user.id for user in world.users}
    found, _ = world.recent(media[0].item.user.id, count=9)
    assert {row.identity for row in media if row.item.user.id == media[0].item.user.id} == {
        one.id for one in found
    }


def test_half_a_line_is_no_row(path: Path, ledger: sqlite3.Connection) -> None:
    kept(path, ledger, rows(1, 3))
    with path.open("ab") as file:
        file.write(b'{"half of')
    assert list(JSONLinesSink(path).read(Media)) == rows(1, 3)


def test_reading_holds_a_line_at_a_time(path: Path, ledger: sqlite3.Connection) -> None:
    kept(path, ledger, rows(1, 3))
    with path.open("ab") as file:
        file.write(b"no line of ours\n")
    reading = JSONLinesSink(path).read(Media)
    assert len(list(islice(reading, 3))) == 3
    with pytest.raises(SinkError, match=r"rows\.jsonl: not JSON"):
        next(reading)
    path.write_text('{"name":"snow"}\n')
    with pytest.raises(SinkError, match=r"rows\.jsonl: listing is missing"):
        next(JSONLinesSink(path).read(Tag))
