"""Keys of listings as people write them, who `self` is in them, and what they make."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from instagram_async import Comment, Media, User, UserSummary, unstructure
from instagram_async.server import World
from instagram_async.server.world.keys import Named, named

NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)
ANN, BEN, CAT = (
    UserSummary(id=str(number), username=name)
    for number, name in ((7, "ann"), (8, "ben"), (9, "cat"))
)
MEDIA = Media(id="64_7", created_time=NOON, user=ANN)
OTHER = Media(id="65_8", created_time=NOON, user=BEN)
ME = User(id="7", username="ann", bio="here")


def loaded(*rows: tuple[Any, str], self_id: str | None = None) -> World:
    lines = [json.dumps(unstructure(item) | {"listing": key}) for item, key in rows]
    return World.load(lines, self_id=self_id)


def ids(people: list[UserSummary]) -> list[str]:
    return [one.id for one in people]


@pytest.mark.parametrize("before", ["", "/", "GET ", "GET /", "v1/", "/v1/", "GET /v1/"])
@pytest.mark.parametrize("after", ["", "/", "?count=50", "/?count=50&cursor=14"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("media/64_7/comments", Named("comments", "64_7")),
        ("media/64/likes", Named("likes", "64")),
        ("64_7/likes", Named("likes", "64_7")),
        ("users/7/follows", Named("follows", "7")),
        ("users/self/followed-by", Named("followed-by", "self")),
        ("users/self/requested-by", Named("requested-by", "self")),
        ("users/self/media/liked", Named("media/liked", "self")),
        ("users/self/media/recent", Named("media/recent", "self")),
        ("users/self", Named("profile", "self")),
        ("users/search", Named("search", "")),
    ],
)
def test_the_path_of_an_operation_names(before: str, path: str, after: str, name: Named) -> None:
    assert named(f"{before}{path}{after}") == name


@pytest.mark.parametrize(
    "key",
    ["", "people", "users/ann/follows", "users/7/follow", "v2/users/7/follows",
     "POST users/7/follows", "users//follows", "7?count=3",
     "users/7/follows/8", "users/\u0667/follows"],
)  # fmt: skip
def test_anything_else_names_nobody(key: str) -> None:
    assert named(key) is None


@pytest.mark.parametrize("media_id", ["64", "64_7"])
def test_the_id_of_a_media_names_it(media_id: str) -> None:
    assert named(media_id) == named(f"media/{media_id}") == Named("media", media_id)


@pytest.mark.parametrize("key", ["v1/media/64_7/comments", "/media/64/comments?count=9"])
def test_comments_find_their_media(key: str) -> None:
    comment = Comment(id="1", created_time=NOON, text="hi", author=BEN)
    world = loaded((MEDIA, "ann"), (comment, key))
    assert [one.id for one in world.comments("64_7", count=9)] == ["1"]


@pytest.mark.parametrize("me", [(ME, "users/self"), (MEDIA, "/v1/users/self/media/recent")])
def test_the_lines_say_who_self_is(me: tuple[Any, str]) -> None:
    """Wherever they stand; his are the token and the first place then."""
    world = loaded(
        (OTHER, "snow"), (CAT, "users/self/followed-by"), (BEN, "users/self/follows"), me
    )
    assert world.self_id == "7"
    assert ids(world.followed_by("7", count=9)[0]) == ["9"]
    assert ids(world.follows("7", count=9)[0]) == ["8"]
    assert world.users[0].id == "7"


def test_self_is_who_he_is_said_to_be(caplog: pytest.LogCaptureFixture) -> None:
    rows = (MEDIA, "users/self/media/recent"), (CAT, "users/self/follows"), (BEN, "8_8")
    world = loaded(*rows, self_id="8")
    assert world.self_id == "8"
    assert ids(world.follows("8", count=9)[0]) == ["9"]
    assert [record.getMessage() for record in caplog.records] == [
        "1 user without likes: no line tells of media 8_8"
    ]
    with pytest.raises(ValueError, match=r"^no line tells of user 5, who self is$"):
        loaded(*rows, self_id="5")


def test_without_a_word_self_is_the_first_user() -> None:
    world = loaded((MEDIA, "ann"), (CAT, "users/self/follows"))
    assert ids(world.follows("7", count=9)[0]) == ["9"]
    with pytest.raises(LookupError):
        _ = World.load([]).self_id


def test_who_stands_in_lists_of_self_is_not_self(caplog: pytest.LogCaptureFixture) -> None:
    world = loaded(
        *((one, "users/self/followed-by") for one in (BEN, CAT)),
        (BEN, "users/self/requested-by"),
        (MEDIA, "users/self/media/liked"),
    )
    assert [ids(world.follows(one.id, count=9)[0]) for one in world.users] == [[], [], []]
    assert world.likes("64_7", count=9) == []
    assert sorted(record.getMessage() for record in caplog.records) == [
        "3 users without ties: no line says who 'self' is",
        "likes of 1 user left out: no line says who 'self' is",
    ]


def test_who_asks_to_follow_asks_again() -> None:
    world = loaded(
        (MEDIA, "ann"),
        *((one, "users/self/requested-by") for one in (CAT, BEN)),
        (BEN, "users/7/followed-by"),
    )
    assert ids(world.requested_by("7")) == ["9"]  # who follows does not ask
    assert ids(world.followed_by("7", count=9)[0]) == ["8"]


def test_what_self_likes_is_liked_in_that_order() -> None:
    """And what the lists of the media themselves say stays in theirs."""
    third = Media(id="66_8", created_time=NOON, user=BEN)
    world = loaded(
        (MEDIA, "ann"),
        *((one, "users/self/media/liked") for one in (OTHER, third, MEDIA)),
        *((one, "media/64_7/likes") for one in (BEN, ANN, CAT)),
    )
    assert [one.id for one in world.liked("7", count=9)[0]] == ["65_8", "66_8", "64_7"]
    assert ids(world.likes("64_7", count=9)) == ["8", "7", "9"]
    assert ids(world.likes("66_8", count=9)) == ["7"]


def test_what_somebody_likes_comes_in_the_order_of_the_lines() -> None:
    world = loaded(
        (MEDIA, "ann"),
        (OTHER, "ben"),
        *((one, "64_7") for one in (CAT, BEN, ANN)),
        *((one, "65_8") for one in (ANN, CAT)),
    )
    for one in (ANN, CAT):
        assert [media.id for media in world.liked(one.id, count=9)[0]] == ["65_8", "64_7"]
