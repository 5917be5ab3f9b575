"""What a client exports, each line with the key of its listing, is a world again."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from instagram_async import Comment, Location, Media, Tag, User, UserSummary, unstructure
from instagram_async.files import is_database
from instagram_async.server import World, WorldFileError

NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)
ANN, BEN, CAT = (
    UserSummary(id=str(number), username=name)
    for number, name in ((7, "ann"), (8, "ben"), (9, "cat"))
)
MEDIA = Media(id="64_7", created_time=NOON, user=ANN)


def said(number: int, by: UserSummary = BEN) -> Comment:
    return Comment(id=str(number), created_time=NOON, text=f"no. {number}", author=by)


def lines(*rows: tuple[Any, str]) -> list[str]:
    """As a sink of JSON Lines writes them."""
    return [json.dumps(unstructure(item) | {"listing": key}) for item, key in rows]


def loaded(*rows: tuple[Any, str]) -> World:
    return World.load(lines(*rows))


def test_media_of_several_authors_are_served_by_their_authors() -> None:
    other = Media(id="65_8", created_time=NOON, user=BEN, tags=("snow",))
    world = loaded((MEDIA, "snow"), (other, "snow"), (MEDIA, "ann"))
    assert world.self_id == "7"
    assert [one.id for one in world.recent("7", count=9)[0]] == ["64_7"]
    assert [one.id for one in world.recent("8", count=9)[0]] == ["65_8"]
    assert world.tag("snow").media_count == 1


@pytest.mark.parametrize("key", ["64_7", "64", "GET media/64_7/comments"])
def test_comments_find_their_media_by_the_key_wherever_that_stands(key: str) -> None:
    media = json.loads(lines((MEDIA, "ann"))[0])
    media["comments"] = {"count": 3, "data": [unstructure(said(3))]}
    rows = lines(*((said(number), key) for number in (1, 2, 3)))
    world = World.load([rows[0], json.dumps(media), *rows[1:], rows[2]])
    assert [one.id for one in world.comments("64_7", count=9)] == ["1", "2", "3"]
    found = world.media("64_7")
    assert found is not None
    assert (found.comments.count, len(found.comments.data)) == (3, 3)
    assert world.user("8") is not None


@pytest.mark.parametrize("key", ["", "snow", "GET users/7/media/recent", "64_7/likes2", "٦٤"])
def test_a_comment_whose_listing_names_no_media_is_told_of(key: str) -> None:
    with pytest.raises(ValueError, match=r"line 2: a comment of the listing .* the media's id"):
        loaded((MEDIA, "ann"), (said(1), key))


def test_a_comment_on_what_is_not_in_the_export_is_told_of_by_its_line() -> None:
    with pytest.raises(ValueError, match="line 2: there is no media 65_7"):
        loaded((MEDIA, "ann"), (said(1), "65_7"), (said(2), "64_7"))
    with pytest.raises(ValueError, match="line 1: a comment has an author"):
        loaded((Comment(id="1", created_time=NOON, text="?"), "64_7"), (MEDIA, "ann"))


@pytest.mark.parametrize("key", ["64_7", "GET media/64_7/likes"])
def test_people_in_a_list_of_likes_like_the_media_the_latest_first(key: str) -> None:
    media = json.loads(lines((MEDIA, "ann"))[0])
    media["likes"] = {"count": 3, "data": [unstructure(BEN)]}
    world = World.load([json.dumps(media), *lines((CAT, key), (BEN, key), (ANN, key))])
    assert [one.id for one in world.likes("64_7", count=9)] == ["9", "8", "7"]
    found = world.media("64_7", viewer="9")
    assert found is not None
    assert (found.likes.count, found.user_has_liked) == (3, True)


def test_people_in_lists_of_followers_follow_and_are_followed() -> None:
    world = loaded(
        (CAT, "GET users/7/followed-by"),
        (BEN, "GET users/7/followed-by?cursor=5"),
        (BEN, "GET users/9/follows"),
        (ANN, "GET users/9/follows"),
        (ANN, "GET users/7/follows"),
    )
    assert [one.id for one in world.followed_by("7", count=9)[0]] == ["9", "8"]
    assert [one.id for one in world.follows("9", count=9)[0]] == ["8", "7"]
    assert world.follows("7", count=9)[0] == []  # nobody follows himself
    counts = world.users[0].counts
    assert counts is not None
    assert (counts.follows, counts.followed_by) == (2, 0)


def test_lists_that_contradict_each_other_give_their_ties_all_the_same() -> None:
    world = loaded(
        *((user, "GET users/7/followed-by") for user in (BEN, CAT)),
        *((user, "GET users/9/follows") for user in (ANN, BEN)),
        *((user, "GET users/8/followed-by") for user in (CAT, ANN)),
        *((user, "GET users/7/follows") for user in (BEN, CAT)),
        *((user, "GET users/9/followed-by") for user in (ANN, BEN)),
        *((user, "GET users/8/follows") for user in (CAT, ANN)),
    )
    for number in "789":
        others = sorted({"7", "8", "9"} - {number})
        assert sorted(one.id for one in world.followed_by(number, count=9)[0]) == others
        assert sorted(one.id for one in world.follows(number, count=9)[0]) == others


def test_people_of_any_other_list_just_live_there_and_that_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    keys = ["", "friends", "friends", "7", "GET users/99/follows", "99_7", "GET users/search?q=b"]
    world = loaded((MEDIA, "ann"), *((BEN, key) for key in keys), (ANN, "GET users/7/follows"))
    assert [user.id for user in world.users] == ["7", "8"]
    assert world.likes("64_7", count=9) == []
    assert world.followed_by("7", count=9)[0] == []
    counts = [user.counts for user in world.users if user.counts]
    assert [(one.followed_by, one.follows) for one in counts] == [(0, 0), (0, 0)]
    assert sorted(record.getMessage() for record in caplog.records) == [
        "1 user without likes: no line tells of media 99_7",
        "1 user without ties: no line tells of user 99",
        "1 user without ties: nobody follows himself",
        "1 user without ties: the key '7' names nobody",
        "2 users without ties: the key 'friends' names nobody",
    ]


def test_of_many_keys_that_name_nobody_the_largest_are_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    keys = [key for number in range(13) for key in [f"list {number}"] * (number + 1)]
    loaded((User(id="7", username="ann"), "people"), *((BEN, key) for key in keys))
    said = [record.getMessage() for record in caplog.records]
    assert said[0] == "13 users without ties: the key 'list 12' names nobody"
    assert said[9:] == [
        "4 users without ties: the key 'list 3' names nobody",
        "and 6 more for 3 reasons more",
    ]


def test_a_tie_that_is_there_already_stays_one() -> None:
    tie = {"user_id": "8", "target_id": "7", "outgoing_status": "follows"}
    people = lines((ANN, ""), (BEN, ""))
    follower = lines((BEN, "GET users/7/followed-by"))
    for extra in ([json.dumps(tie)], []):
        world = World.load([*people, *extra, *follower])
        assert [one.id for one in world.followed_by("7", count=9)[0]] == ["8"]
        counts = world.users[0].counts
        assert counts is not None
        assert counts.followed_by == 1


def test_profiles_tags_and_places_are_taken() -> None:
    place = unstructure(Location(id="5", name="Harbour", latitude=1.0, longitude=2.0))
    world = World.load(
        [
            *lines((User(id="7", username="ann", bio="here"), "people"), (Tag(name="snow"), "s")),
            json.dumps(place | {"distance": 12.5, "listing": "near"}),
        ]
    )
    assert world.users[0].bio == "here"
    assert world.tag("snow").media_count == 0
    assert [one.name for one in world.locations] == ["Harbour"]
    assert world.geographies == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"outgoing_status": "follows", "listing": "x"}, "line 2: 'user_id' is missing"),
        ({"media_count": 3, "listing": "x"}, r"line 2: name is missing at Tag\.name"),
        ({"listing": "x"}, "line 2: no shape of v1 has the keys listing"),
    ],
)
def test_a_line_that_is_nothing_is_told_of(line: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        World.load([*lines((MEDIA, "ann")), json.dumps(line)])


def test_the_first_bytes_tell_a_world_from_lines(tmp_path: Path) -> None:
    export = tmp_path / "world.db"
    export.write_text("\n".join(lines((MEDIA, "ann"))))
    assert not is_database(export)
    World.load(export, path=tmp_path / "made").close()
    assert is_database(tmp_path / "made")


def test_a_ledger_with_rows_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "job.db"
    with closing(sqlite3.connect(path)) as ledger:
        ledger.execute("CREATE TABLE places (key TEXT)")
        ledger.commit()
        with pytest.raises(WorldFileError, match=r"is no world$"):
            World.open(path)
        ledger.execute("CREATE TABLE media (listing TEXT, identity TEXT, json TEXT)")
    with pytest.raises(WorldFileError, match=r"job\.db is no world but a ledger .* World\.load"):
        World.open(path)


@pytest.mark.parametrize("end", ["{", '{"id": "65_7", "cap', '{"id": "65_7", "filter": "ö'])
def test_a_last_line_that_a_kill_has_cut_off_is_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, end: str
) -> None:
    """As the sink that wrote it reads it."""
    export = tmp_path / "media.jsonl"
    torn = end.encode()[: -1 if end.endswith("ö") else None]
    export.write_bytes("\n".join(lines((MEDIA, "ann"))).encode() + b"\n" + torn)
    assert repr(World.load(export)) == "World(users=1, media=1)"
    assert [record.getMessage() for record in caplog.records] == ["line 2 is cut off, and left out"]
    export.write_bytes(torn + b"\n" + "\n".join(lines((MEDIA, "ann"))).encode())
    with pytest.raises(ValueError, match="line 1: "):
        World.load(export)
    export.write_bytes(export.read_bytes().partition(b"\n")[0] + b"\n")
    with pytest.raises(ValueError, match="line 1: "):
        World.load(export)


@pytest.mark.parametrize("end", ["no line", '"a"', '{"listing": "x"}', "[1"])
def test_any_other_last_line_is_told_of(tmp_path: Path, end: str) -> None:
    export = tmp_path / "media.jsonl"
    export.write_text(lines((MEDIA, "ann"))[0] + "\n" + end)
    with pytest.raises(ValueError, match="line 2: "):
        World.load(export)
    export.write_text(lines((MEDIA, "ann"))[0])
    assert repr(World.load(export)) == "World(users=1, media=1)"
