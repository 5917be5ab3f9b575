"""A world in a file: it is there again, and what is no world is told apart."""

from __future__ import annotations

import gc
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from instagram_async.models import User
from instagram_async.server import World, WorldFileError
from instagram_async.server.pictures import unfolded
from instagram_async.server.store.schema import VERSION

NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "world.db"


def test_what_was_written_is_there_again(path: Path) -> None:
    with World.seeded(3, media=40, path=path) as world:
        me, other = world.users[0].id, world.users[4].id
        media = world.recent(me, count=3)[0]
        said = world.comment(media[0].id, other, "#x", NOON)
        for one in media[:2]:
            world.unlike(one.id, other)
        world.like(media[1].id, other)
        world.delete(media[2].id)
        world.block(me, other)
        geography = world.add_geography(1.0, 2.0, 3.0)
        before = world.recent(me, count=99, viewer=other)
        text = repr(world)
    with World.open(path) as world:
        assert repr(world) == text
        assert world.recent(me, count=99, viewer=other) == before
        assert world.comments(media[0].id, count=1) == (said,)
        assert world.liked(other, count=1)[0][0].id == media[1].id
        assert world.relationship(me, other).incoming_status == "blocked_by_you"
        assert world.geographies[-1] == geography
        world.like(media[0].id, other)
        assert [one.id for one in world.liked(other, count=2)[0]] == [
            media[0].id, media[1].id,
        ]  # fmt: skip


def test_a_seed_names_one_world_wherever_it_is_kept(path: Path) -> None:
    with World.seeded(5, media=60) as one, World.seeded(5, media=60, path=path) as same:
        assert list(one.lines()) == list(same.lines())
        for user in one.users:
            pages = [world.recent(one.self_id, count=99, viewer=user.id) for world in (one, same)]
            assert pages[0] == pages[1]
            assert one.user(user.id) == same.user(user.id)


def test_a_file_is_not_written_over(path: Path) -> None:
    World([User(id="9", username="ann")], path=path).close()
    for make in (World.seeded, World, lambda path: World.load([], path=path)):
        with pytest.raises(FileExistsError, match=r"world\.db"):
            make(path=path)
    with World.open(path) as world:
        assert world.self_id == "9"


def test_a_world_that_cannot_be_made_leaves_no_file(path: Path) -> None:
    ann = User(id="9", username="ann")
    with pytest.raises(ValueError, match="there is a user"):
        World([ann, ann], path=path)
    with pytest.raises(ValueError, match="can't be made"):
        World.seeded(users=0, path=path)
    assert list(path.parent.iterdir()) == []


def text(path: Path) -> None:
    path.write_text("no world at all, but a text that is longer than a header\n" * 9)


def other(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def newer(path: Path) -> None:
    World(path=path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (text, "is no world"),
        (other, "is no world"),
        (lambda path: path.touch(), "is no world"),
        (newer, f"is a world of version {VERSION + 1}; this package reads version {VERSION}"),
    ],
)
def test_what_is_no_world_is_refused_and_left_alone(
    make: Callable[[Path], None], reason: str, path: Path
) -> None:
    make(path)
    before = path.read_bytes()
    with pytest.raises(WorldFileError, match=reason) as raised:
        World.open(path)
    assert str(path) in str(raised.value)
    assert path.read_bytes() == before


def test_a_file_of_the_first_version_becomes_one_of_this(path: Path) -> None:
    World.seeded(3, users=5, media=9, path=path).close()
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "DROP TABLE banned; ALTER TABLE users DROP COLUMN gated; PRAGMA user_version = 1"
        )
        rows = connection.execute("SELECT pk, text FROM media WHERE text IS NOT NULL").fetchall()
        assert len(rows) >= 9
        spelled = [(unfolded(text), pk) for pk, text in rows]  # as they were until version 2
        assert all(b"local-instagram.invalid" in text for text, _ in spelled)
        connection.executemany("UPDATE media SET text = ? WHERE pk = ?", spelled)
    connection.close()
    with World.open(path) as world:
        assert not world.is_banned("snow")
        world.ban_tag("snow")
        world.set_age_gated(world.self_id, True)
    with World.open(path) as world:
        assert world.is_banned("snow")
        assert [world.is_age_gated(user.id) for user in world.users[:2]] == [True, False]
        assert world.users == World.seeded(3, users=5, media=9).users
    with sqlite3.connect(path) as connection:
        assert sorted(connection.execute("SELECT pk, text FROM media").fetchall()) == sorted(rows)
    connection.close()


def test_a_file_that_is_not_there_is_not_made(path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no file"):
        World.open(path)
    assert not path.exists()


def test_one_world_has_a_file_at_a_time(path: Path) -> None:
    with World(path=path), pytest.raises(WorldFileError, match="locked"):
        World.open(path)
    World.open(path).close()


def test_a_forgotten_world_closes_its_file(path: Path) -> None:
    World(path=path).add_user(User(id="9", username="ann"))
    gc.collect()
    with World.open(path) as world:
        assert world.self_id == "9"
    world.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        _ = world.self_id


def test_what_fails_halfway_did_not_happen(path: Path) -> None:
    with World.seeded(1, path=path) as world:
        media = world.recent(world.self_id, count=1)[0][0]
        before = list(world.lines())
        # The tag would get an id that SQLite does not know.
        with pytest.raises(OverflowError):
            world.comment(media.id, world.self_id, "#far", datetime(9000, 1, 1, tzinfo=UTC))
        assert list(world.lines()) == before


def test_threads_take_turns() -> None:
    world = World.seeded(1)
    media = world.recent(world.self_id, count=1)[0][0]
    before = media.comments.count

    def talk() -> None:
        for _ in range(100):
            world.comment(media.id, world.self_id, "hm", NOON)
            world.media(media.id)

    threads = [threading.Thread(target=talk) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.id for one in world.comments(media.id, count=999)}) == before + 300
    after = world.media(media.id)
    assert after is not None
    assert after.comments.count == before + 300
