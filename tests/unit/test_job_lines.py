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

from instagram_async import Location, Media, Relationship, Tag, UserSummary
from instagram_async.bulk import JSONLinesSink, Row, SinkError
from instagram_async.server import World
from instagram_async.testing import make_comment, make_media, make_tag, make_user


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


def test_a_line_is_what_v1_sends_with_its_listing_and_kind(
    path: Path, ledger: sqlite3.Connection
) -> None:
    tag = Row("s", "snow", Tag(name="snö", media_count=3))
    kept(path, ledger, [tag])
    assert path.read_text() == '{"name":"snö","media_count":3,"listing":"s","kind":"tags"}\n'


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


def test_a_file_of_several_kinds_gives_the_rows_of_one(
    path: Path, ledger: sqlite3.Connection
) -> None:
    """A location has a name, as a tag has; a profile has all that a user of a list has."""
    items = [
        Location(id="7", name="Harbour"),
        make_user(1),
        Tag(name="snow", media_count=3),
        make_media(1),
        UserSummary(id="1", username="a"),
        make_comment(1),
    ]
    given = [Row(f"{n}", getattr(item, "id", "snow"), item) for n, item in enumerate(items)]
    kept(path, ledger, given[:3], given[3:] + given)
    for row in given:
        assert list(JSONLinesSink(path).read(type(row.item))) == [row, row]


def test_a_kind_that_no_listing_gives_is_refused_by_writer_and_reader(
    path: Path, ledger: sqlite3.Connection
) -> None:
    with closing(JSONLinesSink(path)) as sink:
        sink.open(ledger, None)
        with pytest.raises(TypeError, match="Relationship has no table"):
            sink.write([Row("a", "1", make_tag()), Row("a", "2", Relationship())])
        assert path.read_bytes() == b""
    with pytest.raises(TypeError, match="Relationship has no table"):
        sink.read(Relationship)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("no line of ours", "not JSON"),
        ('{"name":"snow","kind":"tags"}', "listing is missing"),
        ('{"name":"snow","listing":"s"}', "kind is missing"),
        ('{"name":"snow","listing":"s","kind":"tag"}', "no kind is called 'tag'"),
        ('{"listing":"s","kind":"tags"}', "name is missing"),
        ("", "not JSON"),
    ],
)
def test_a_line_that_is_nothing_is_told_of_by_its_number(
    path: Path, ledger: sqlite3.Connection, line: str, told: str
) -> None:
    kept(path, ledger, rows(1, 2), [Row("s", "snow", Tag(name="snow"))])
    with path.open("a") as file:
        file.write(f"{line}\n")
    reading = JSONLinesSink(path).read(Tag)
    assert next(reading).identity == "snow"
    with pytest.raises(SinkError, match=rf"rows\.jsonl: line 4: {told}"):
        next(reading)


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
    with pytest.raises(SinkError, match=r"rows\.jsonl: line 4: not JSON"):
        next(reading)
