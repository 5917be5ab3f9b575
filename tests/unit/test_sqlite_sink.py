"""Rows in the ledger's database, as people who have `sqlite3` find them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from instagram_async import Location, Media, Tag, UserSummary
from instagram_async.bulk import Row, SinkError, SQLiteSink
from instagram_async.testing import make_comment, make_media, make_tag
from tests.support.turns import read_back, written

ANN = UserSummary(id="9", username="ann")
MEDIA = [
    Media(
        id=f"{n}_9",
        created_time=datetime(2015, 9, n, 12, tzinfo=UTC),
        user=ANN,
        tags=("snow", "ice") if n % 2 else (),
        location=Location(latitude=-33.9, longitude=18.4),
        user_has_liked=bool(n % 2),
        filter="Normal",
    )
    for n in range(1, 6)
]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "job.db", isolation_level=None)) as made:
        yield made


def test_a_query(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    written(tmp_path, SQLiteSink(), [Row("ann", media.id, media) for media in MEDIA])
    asked = (
        "SELECT id, filter, type, latitude, user_has_liked, typeof(likes) FROM media "
        "WHERE created_time >= '2015-09-04' AND user_id = '9' ORDER BY created_time"
    )
    assert ledger.execute(asked).fetchall() == [
        ("4_9", "Normal", "image", -33.9, 0, "integer"),
        ("5_9", "Normal", "image", -33.9, 1, "integer"),
    ]
    tagged = "SELECT count(*) FROM media, json_each(media.tags) WHERE value = 'snow'"
    assert ledger.execute(tagged).fetchone() == (3,)
    whole = "SELECT json_extract(json, '$.user.username') FROM media WHERE id = '1_9'"
    assert ledger.execute(whole).fetchone() == ("ann",)
    day = "SELECT date(created_time, '+1 day') FROM media WHERE id = '1_9'"
    assert ledger.execute(day).fetchone() == ("2015-09-02",)


def test_there_are_indexes_where_people_look(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    rows = [Row("ann", "1", MEDIA[0]), Row("on it", "2", make_comment()), Row("x", "3", make_tag())]
    written(tmp_path, SQLiteSink(), rows)
    for table in ("media", "comments"):
        for condition in ("created_time > 'x'", "user_id = 'x'", "listing = 'x'"):
            plan = ledger.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {condition}")
            assert "USING INDEX" in plan.fetchone()[3]
    names = {row[1] for row in ledger.execute("PRAGMA index_list(tags)")}
    assert names == {"sqlite_autoindex_tags_1"}


def test_what_comes_again_takes_the_place_of_the_former(
    tmp_path: Path, ledger: sqlite3.Connection
) -> None:
    changed = attrs.evolve(MEDIA[0], filter="Lark")
    rows = [Row("a", "1", MEDIA[0]), Row("b", "1", MEDIA[0]), Row("a", "1", changed)]
    written(tmp_path, SQLiteSink(), rows)
    assert read_back(SQLiteSink(tmp_path / "job.db"), Media) == [rows[2], rows[1]]
    assert ledger.execute("SELECT listing, filter FROM media").fetchall() == [
        ("a", "Lark"),
        ("b", "Normal"),
    ]


def test_it_is_read_while_a_job_writes(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    """Whoever stops in the middle holds no lock."""
    sink = SQLiteSink()
    written(tmp_path, sink, [Row("a", f"{n:04}", make_tag(n)) for n in range(600)])
    found = sink.read(type(make_tag()))
    first = next(found)
    ledger.execute("PRAGMA busy_timeout = 0")
    ledger.execute("DELETE FROM tags WHERE identity = '0599'")
    assert first.identity == "0000"
    assert len(list(found)) == 598


def test_it_writes_into_the_ledger_and_nowhere_else(
    tmp_path: Path, ledger: sqlite3.Connection
) -> None:
    (tmp_path / "other.db").touch()
    with pytest.raises(ValueError, match=r"the ledger is .*job.db, and not the path .*other.db"):
        SQLiteSink(tmp_path / "other.db").open(ledger, None)
    (tmp_path / "link.db").symlink_to("job.db")
    SQLiteSink(tmp_path / "link.db").open(ledger, None)
    with (
        closing(sqlite3.connect(":memory:")) as memory,
        pytest.raises(ValueError, match="the ledger is None"),
    ):
        SQLiteSink(tmp_path / "job.db").open(memory, None)


def test_it_has_to_know_what_to_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="path: say which file to read"):
        SQLiteSink().read(Media)


def test_a_table_of_somebody_else(ledger: sqlite3.Connection) -> None:
    ledger.execute("CREATE TABLE tags (name TEXT)")
    sink = SQLiteSink()
    sink.open(ledger, None)
    with pytest.raises(SinkError, match=r"the ledger's table tags has other columns: \['name'\]"):
        sink.write([Row("a", "1", make_tag())])


def test_what_was_rolled_back_may_be_made_again(ledger: sqlite3.Connection) -> None:
    sink = SQLiteSink()
    for end in ("ROLLBACK", "COMMIT"):
        ledger.execute("BEGIN")
        sink.open(ledger, None)
        sink.write([Row("a", "1", make_media())])
        ledger.execute(end)
    assert len(read_back(sink, Media)) == 1


def test_what_somebody_made_of_a_row(tmp_path: Path, ledger: sqlite3.Connection) -> None:
    written(tmp_path, SQLiteSink(), [Row("a", "1", make_tag())])
    for change, told in [
        ("UPDATE tags SET json = '{}'", "job.db: row 1 of tags: name is missing"),
        ("ALTER TABLE tags DROP COLUMN json", "job.db: no such column: json"),
    ]:
        ledger.execute(change)
        with pytest.raises(SinkError, match=told):
            read_back(SQLiteSink(tmp_path / "job.db"), Tag)
