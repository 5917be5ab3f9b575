from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.models import Comment, Comments, Likes, Location, Media, User, UserSummary
from instagram_async.models.pk import first_pk
from instagram_async.server import World
from instagram_async.server.ids import media_pk

ANN, BOB, EVE = (User(id=user_id, username=name) for user_id, name in
                 (("9", "ann"), ("70", "bob"), ("5", "eve")))  # fmt: skip
NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)


def world_of(count: int) -> tuple[World, list[str]]:
    """People, and media of Ann's, a minute apart, oldest first."""
    world, ids = World([ANN, BOB, EVE]), list[str]()
    for number in range(count):
        at = NOON + timedelta(minutes=number)
        ids.append(world.free_id("9", at))
        user = UserSummary(id="9", username="ann")
        world.post(Media(id=ids[-1], created_time=at, user=user))
    return world, ids


def seen(world: World, media_id: str, viewer: str | None = None) -> Media:
    media = world.media(media_id, viewer=viewer)
    assert media is not None
    return media


def test_likes_count_once_and_stand_latest_first() -> None:
    world, (media,) = world_of(1)
    for who in ("70", "9", "70", "5"):
        world.like(media, who)
    assert [user.id for user in world.likes(media, count=2)] == ["5", "9"]
    assert seen(world, media).likes.count == 3
    assert [user.username for user in seen(world, media).likes.data] == ["eve", "ann", "bob"]
    assert [seen(world, media, who).user_has_liked for who in ("9", None)] == [True, None]
    world.unlike(media, "9")
    world.unlike(media.partition("_")[0], "9")
    assert seen(world, media).likes.count == 2
    assert seen(world, media, "9").user_has_liked is False


def test_liked_media_stand_in_the_order_of_the_likes() -> None:
    world, ids = world_of(4)
    for at in (2, 0, 3, 1):
        world.like(ids[at], "70")
    media, more = world.liked("70", count=3)
    assert [one.id for one in media] == [ids[1], ids[3], ids[0]]
    assert more
    assert world.liked("70", count=3, max_like_id=media_pk(ids[0])) == (
        [seen(world, ids[2], "70")], False,
    )  # fmt: skip
    assert world.liked("5", count=3) == ([], False)


@pytest.mark.parametrize("gone", ["unliked", "deleted", "liked again"])
def test_a_place_among_likes_outlives_its_like(gone: str) -> None:
    world, ids = world_of(4)
    for media_id in ids:
        world.like(media_id, "70")
    assert [one.id for one in world.liked("70", count=2)[0]] == [ids[3], ids[2]]
    if gone == "deleted":
        world.delete(ids[2])
    else:
        world.unlike(ids[2], "70")
    left = [ids[1], ids[0]]
    if gone == "liked again":
        world.like(ids[2], "70")
        left = [ids[3], *left]
    found, _ = world.liked("70", count=9, max_like_id=media_pk(ids[2]))
    assert [one.id for one in found] == left
    assert world.liked("5", count=9, max_like_id=media_pk(ids[2])) == ([], False)


def test_seeded_likes_agree_wherever_they_are_shown() -> None:
    world = World.seeded(2, media=60)
    everything = [one for user in world.users for one in world.recent(user.id, count=99)[0]]
    for user in world.users:
        media, _ = world.liked(user.id, count=9999)
        liking = {one.id for one in everything if user.id in
                  [who.id for who in world.likes(one.id, count=99)]}  # fmt: skip
        assert {one.id for one in media} == liking
        assert all(one.user_has_liked for one in media)
        ids = [one.id for one in media]
        assert len(ids) < 2 or ids != sorted(ids, key=media_pk, reverse=True)


def test_what_is_written_before_an_index_is_built_is_in_it() -> None:
    world = World.seeded(2, media=10)
    media = [one.id for one in world.recent(world.self_id, count=9)[0]]
    eve = world.users[3].id
    world.like(media[5], eve)
    world.unlike(media[6], eve)
    ids = [one.id for one in world.liked(eve, count=99)[0]]
    assert media[5] in ids
    assert media[6] not in ids


def test_comments_stand_oldest_first_and_have_growing_ids() -> None:
    world, (media,) = world_of(1)
    said = [world.comment(media, "70", text, NOON + timedelta(seconds=late))
            for text, late in (("b", 5), ("c", 5), ("a", 1), ("d", 9))]  # fmt: skip
    found = world.comments(media, count=150)
    assert [one.text for one in found] == ["a", "b", "c", "d"]
    assert [int(one.id) for one in said] == sorted(int(one.id) for one in said)
    assert len({one.id for one in said}) == 4
    assert world.comments(media, count=2) == found[-2:]
    assert world.comments(media, count=0) == ()
    assert seen(world, media).comments == Comments(count=4, data=tuple(found))
    assert said[0] == Comment(
        id=said[0].id,
        created_time=NOON + timedelta(seconds=5),
        text="b",
        author=UserSummary(id="70", username="bob"),
    )
    world.delete_comment(media, said[0].id)
    assert [one.text for one in world.comments(media, count=9)] == ["a", "c", "d"]
    assert world.find_comment(media, said[0].id) is None
    with pytest.raises(LookupError, match="no comment"):
        world.delete_comment(media, said[0].id)


def test_a_clock_that_is_behind_gives_ids_that_grow_all_the_same() -> None:
    world, (media,) = world_of(1)
    first = world.comment(media, "70", "a", datetime(1970, 1, 1, tzinfo=UTC))
    assert int(first.id) == media_pk(media) + 1


def test_seeded_comments_go_on_from_where_they_are() -> None:
    world = World.seeded(1)
    media = max(world.recent(world.self_id, count=99)[0], key=lambda one: one.comments.count)
    assert media.comments.count == 240
    before = world.comments(media.id, count=240)
    assert media.comments.data == before[-8:]
    assert [one.created_time for one in before] == sorted(one.created_time for one in before)
    assert len({one.id for one in before}) == 240
    new = world.comment(media.id, world.self_id, "!", datetime(2015, 10, 1, tzinfo=UTC))
    after = world.media(media.id)
    assert after is not None
    assert after.comments == Comments(count=241, data=(*before[-7:], new))
    world.delete_comment(media.id, before[0].id)
    assert list(world.comments(media.id, count=999)) == [*before[1:], new]


def test_the_owners_hashtags_become_tags_and_nobody_elses() -> None:
    world, (old, new) = world_of(2)
    world.comment(old, "70", "#wow", NOON)
    assert world.tag("wow").media_count == 0
    world.add_tag(new, "WOW", NOON + timedelta(hours=1))
    world.comment(old, "9", "yes, #Wow and #снег!", NOON + timedelta(hours=2))
    world.comment(old, "9", "again #wow", NOON + timedelta(hours=3))
    assert seen(world, old).tags == ("wow", "снег")
    tagged, following = world.tagged("wow", count=1)
    assert [one.media.id for one in tagged] == [old]  # though it is the older one
    assert following == first_pk(int((NOON + timedelta(hours=1)).timestamp() * 1000))
    rest, end = world.tagged("Wow", count=1, max_tag_id=following)
    assert [(one.tag_id, one.media.id) for one in rest] == [(following, new)]
    assert end is None
    world.delete(old)
    assert world.tag("wow").media_count == 1
    assert world.tag("снег").media_count == 0


def test_two_media_of_one_tag_never_share_its_id() -> None:
    world, ids = world_of(3)
    for media_id in ids:
        world.add_tag(media_id, "x", NOON + timedelta(days=1))
    found, _ = world.tagged("x", count=9)
    assert [one.media.id for one in found] == ids[::-1]
    assert len({one.tag_id for one in found}) == 3


def test_a_posted_media_brings_what_those_who_live_here_did() -> None:
    nobody = UserSummary(id="404", username="gone")
    ann, bob = (UserSummary(id=user.id, username=user.username) for user in (ANN, BOB))
    said = tuple(
        Comment(id=str(number), created_time=NOON, text="?", author=author)
        for number, author in enumerate((bob, nobody, None))
    )
    media = Media(
        id="64_9",
        created_time=NOON,
        user=ann,
        tags=("snow",),
        likes=Likes(count=2000, data=(bob, nobody, ann)),
        comments=Comments(count=99, data=said),
    )
    world = World([ANN, BOB], [media])
    assert [user.id for user in world.likes("64", count=9)] == ["70", "9"]
    assert seen(world, "64").likes == Likes(count=2, data=(bob, ann))
    assert seen(world, "64").comments == Comments(count=1, data=said[:1])
    assert world.tag("snow").media_count == 1


def test_writes_are_about_things_that_there_are() -> None:
    world, (media,) = world_of(1)
    with pytest.raises(LookupError, match="no media 65_9"):
        world.like("65_9", "70")
    with pytest.raises(LookupError, match="no media"):
        world.like(media.partition("_")[0] + "_70", "70")
    with pytest.raises(LookupError, match="no user 404"):
        world.like(media, "404")
    with pytest.raises(LookupError, match="no user 404"):
        world.comment(media, "404", "?", NOON)
    with pytest.raises(ValueError, match="no media id"):
        world.likes("x", count=1)


def test_a_media_that_is_posted_anew_is_new() -> None:
    world, (media,) = world_of(1)
    world.like(media, "70")
    old = seen(world, media)
    world.delete(media)
    world.post(Media(id=media, created_time=NOON, user=UserSummary(id="9", username="ann")))
    assert old.likes.count == 1
    assert seen(world, media).likes.count == 0


@given(
    data=st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=20),
    count=st.integers(1, 3),
)
def test_likes_are_walked_whatever_happens_meanwhile(
    data: list[tuple[int, bool]], count: int
) -> None:
    world, ids = world_of(8)
    for media_id in ids[::2]:
        world.like(media_id, "70")
    stay, given_, cursor, more = set(ids[::2]), list[str](), None, True
    changes = iter(data)
    while more:
        media, more = world.liked("70", count=count, max_like_id=cursor)
        given_ += [one.id for one in media]
        cursor = media_pk(media[-1].id) if media else None
        for at, likes in [change for change in [next(changes, None)] if change]:
            (world.like if likes else world.unlike)(ids[at], "70")
            stay -= set() if likes else {ids[at]}
    assert stay <= set(given_)
    assert all(given_.count(media_id) == 1 for media_id in stay)


def test_what_is_posted_after_an_index_is_built_is_in_it() -> None:
    world, _ = world_of(1)
    place = Location(id="7", latitude=1.0, longitude=2.0)
    bob = UserSummary(id="70", username="bob")
    assert world.tag("sea").media_count == 0
    assert world.at_location("7", count=9) == world.liked("70", count=9) == ([], False)
    media = Media(
        id="64_9",
        created_time=NOON,
        user=UserSummary(id="9", username="ann"),
        tags=("sea",),
        location=place,
        likes=Likes(count=1, data=(bob,)),
    )
    world.post(media)
    assert world.tag("sea").media_count == 1
    assert world.at_location("7", count=9) == ([media], False)
    assert [one.id for one in world.liked("70", count=9)[0]] == ["64_9"]
    world.delete("64")
    assert world.tag("sea").media_count == 0
    assert world.at_location("7", count=9) == world.liked("70", count=9) == ([], False)
