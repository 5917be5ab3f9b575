"""What a client exports, and what a world writes down, is a world again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from instagram_async import structure, unstructure
from instagram_async.models import Media, User
from instagram_async.server import World

NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)


def lived_in() -> World:
    """A seeded world in which things were done after it was made."""
    world = World.seeded(6, users=7, media=30)
    me, other, third = (user.id for user in world.users[:3])
    newest = [media.id for media in world.recent(me, count=9)[0]]
    world.comment(newest[0], me, "late #Evening", NOON)
    world.delete_comment(newest[1], world.comment(newest[1], other, "?", NOON).id)
    world.like(newest[2], third)
    world.unlike(newest[3], world.likes(newest[3], count=1)[0].id if world.likes(
        newest[3], count=1) else me)  # fmt: skip
    world.delete(newest[4])
    world.add_tag(newest[5], "снег!", NOON)
    world.block(third, other)
    world.add_geography(1.0, 2.0, 3.0)
    world.ban_tag("Evening")
    world.ban_tag("unheard")
    world.set_age_gated(third, True)
    return world


def test_what_was_dumped_is_loaded_and_dumped_again(tmp_path: Path) -> None:
    world = lived_in()
    world.dump(tmp_path / "one.jsonl")
    again = World.load(tmp_path / "one.jsonl", path=tmp_path / "world.db")
    again.dump(tmp_path / "two.jsonl")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert again.users == world.users
    assert (again.locations, again.geographies) == (world.locations, world.geographies)
    for user in world.users:
        me = user.id
        assert again.recent(me, count=99, viewer=me) == world.recent(me, count=99, viewer=me)
        assert again.liked(me, count=999) == world.liked(me, count=999)
        assert again.feed(me, count=99) == world.feed(me, count=99)
        assert again.requested_by(me) == world.requested_by(me)
        assert again.followed_by(me, count=9)[0] == world.followed_by(me, count=9)[0]
        assert again.can_view(world.users[1].id, me) == world.can_view(world.users[1].id, me)
    assert again.search_tags("e", count=9) == world.search_tags("e", count=9)
    assert "evening" not in {tag.name for tag in again.search_tags("e", count=9)}
    assert [again.is_banned(name) for name in ("evening", "unheard", "snow")] == [True, True, False]
    assert [again.is_age_gated(user.id) for user in again.users[:4]] == [False, False, True, False]
    for tag in world.search_tags("s", count=9):
        assert again.tagged(tag.name, count=999) == world.tagged(tag.name, count=999)
    place = world.locations[0].id or ""
    assert again.at_location(place, count=99) == world.at_location(place, count=99)
    assert again.listed_location("foursquare_id", f"20{place}") == world.locations[0]
    for media in world.recent(world.self_id, count=99)[0]:
        assert again.comments(media.id, count=999) == world.comments(media.id, count=999)
    again.close()


def test_what_a_client_read_is_served_again() -> None:
    world = World.seeded(2, media=40)
    media = world.recent(world.self_id, count=40, viewer=world.users[1].id)[0]
    again = World.load(json.dumps(unstructure(one)) for one in [*media, media[3]])
    assert again.self_id == world.self_id
    found = again.recent(again.self_id, count=99)[0]
    assert [one.id for one in found] == [one.id for one in media]
    for old, new in zip(media, found, strict=True):
        assert (new.caption, new.tags, new.images, new.location) == (
            old.caption, old.tags, old.images, old.location,
        )  # fmt: skip
        assert (new.likes.data, new.comments.data) == (old.likes.data, old.comments.data)
        assert new.likes.count == len(old.likes.data)


def test_a_later_line_says_more_about_a_user_and_never_less() -> None:
    short = {"id": "9", "username": "ann", "full_name": "Ann", "profile_picture": ""}
    whole = {**short, "bio": "here", "counts": {"media": 7}, "is_private": True}
    lines = [json.dumps(line).encode() for line in (short, whole, short)]
    world = World.load([*lines, b"\n"])
    (ann,) = world.users
    assert (ann.bio, ann.counts and ann.counts.media) == ("here", 0)
    assert not world.can_view(None, "9")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: Expecting"),
        ("[]", r"line 2: not an object: '\[\]'"),
        ("5", "line 2: not an object: '5'"),
        ("[" * 100_000, "line 2: maximum recursion"),
        ('{"meta": {}}', "no shape of v1 has the keys meta"),
        ('{"media_id": "1_9", "text": "?"}', "no media 1_9"),
        ('{"id": "64_9", "created_time": "x", "user": {"id": "9", "username": "a"}}', "line 2"),
        ('{"user_id": "9", "target_id": "8", "outgoing_status": "follows"}', "no user 8"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_by_its_number(
    line: str, reason: str, tmp_path: Path
) -> None:
    user = json.dumps(unstructure(User(id="9", username="ann")))
    with pytest.raises(ValueError, match=reason):
        World.load([user, line], path=tmp_path / "world.db")
    assert list(tmp_path.iterdir()) == []


def test_a_comment_with_a_number_that_no_server_gives_is_refused() -> None:
    media = '{"id":"64_9","created_time":"1300000000","user":{"id":"9","username":"ann"}}'
    said = json.loads('{"created_time":"1300000001","text":"hi","listing":"64_9"}')
    said |= {"id": f"{2**63}", "from": {"id": "9", "username": "ann"}}
    with pytest.raises(ValueError, match="line 2: the id of a comment is a number of 63 bits"):
        World.load([media, json.dumps(said)])
    World.load([media, json.dumps(said | {"id": f"{2**63 - 1}"})]).close()


def test_a_media_line_keeps_what_v1_says_of_it() -> None:
    line = '{"id":"64","created_time":"1300000000","user":{"id":"9","username":"ann"}}'
    world = World.load([line])
    found = world.media("64")
    assert found == structure(line, Media)
    assert world.recent("9", count=9, max_timestamp=1_300_000_000)[0] == [found]
