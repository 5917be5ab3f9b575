from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.models import Counts, Media, User, UserSummary
from instagram_async.models.pk import first_pk, pk_second
from instagram_async.server import World
from instagram_async.server.ids import media_pk

START = 1_440_000_000
ANN = User(id="9", username="ann")
BOB = User(id="70", username="bob", counts=Counts(media=99, followed_by=3, follows=4))


def post_of(user: User, second: int, low: int = 0, off: int = 0) -> Media:
    """A media whose pk says `second` and whose `created_time` is `off` seconds later."""
    return Media(
        id=f"{first_pk(second * 1000 + 999) + low}_{user.id}",
        created_time=datetime.fromtimestamp(second + off, UTC),
        user=UserSummary(id=user.id, username=user.username),
    )


posts = st.lists(
    st.builds(
        post_of,
        st.sampled_from([ANN, BOB]),
        st.integers(START, START + 12),
        st.integers(0, 3),
        st.sampled_from([0, 0, 0, 0, -1, 1, 5]),
    ),
    max_size=25,
    unique_by=lambda media: media_pk(media.id),
)
bound = st.none() | st.integers(START - 2, START + 19)
pk_bound = st.none() | st.builds(
    lambda second, low: first_pk(second * 1000 + 999) + low,
    st.integers(START - 1, START + 13),
    st.integers(-1, 4),
)


def naive(
    media: list[Media],
    count: int,
    max_id: int | None,
    min_id: int | None,
    min_timestamp: int | None,
    max_timestamp: int | None,
) -> tuple[list[Media], bool]:
    fits = [
        one
        for one in sorted(media, key=lambda one: media_pk(one.id), reverse=True)
        if one.user.id == ANN.id
        and (max_id is None or media_pk(one.id) < max_id)
        and (min_id is None or media_pk(one.id) > min_id)
        and (min_timestamp is None or one.created_time.timestamp() >= min_timestamp)
        and (max_timestamp is None or one.created_time.timestamp() <= max_timestamp)
    ]
    return fits[:count], len(fits) > count


@given(
    posted=posts,
    gone=st.sets(st.integers(0, 24)),
    count=st.integers(1, 8),
    max_id=pk_bound,
    min_id=pk_bound,
    min_timestamp=bound,
    max_timestamp=bound,
)
def test_recent_is_what_a_list_gives(
    posted: list[Media],
    gone: set[int],
    count: int,
    max_id: int | None,
    min_id: int | None,
    min_timestamp: int | None,
    max_timestamp: int | None,
) -> None:
    world = World([ANN, BOB], posted)
    for at in gone & set(range(len(posted))):
        world.delete(posted[at].id)
    left = [one for at, one in enumerate(posted) if at not in gone]
    found = world.recent(
        ANN.id,
        count=count,
        max_id=max_id,
        min_id=min_id,
        min_timestamp=min_timestamp,
        max_timestamp=max_timestamp,
    )
    assert found == naive(left, count, max_id, min_id, min_timestamp, max_timestamp)


def test_recorded_media_of_2011_find_their_place() -> None:
    old = Media(
        id="40129999",
        created_time=datetime(2011, 1, 2, tzinfo=UTC),
        user=UserSummary(id="9", username="ann"),
    )
    new = post_of(ANN, START)
    world = World([ANN], [new, old])
    before_2012 = int(datetime(2012, 1, 1, tzinfo=UTC).timestamp())
    assert world.recent("9", count=5) == ([new, old], False)
    assert world.recent("9", count=5, max_timestamp=before_2012) == ([old], False)
    assert world.recent("9", count=5, min_timestamp=before_2012) == ([new], False)


@pytest.mark.parametrize("off", [-3, -1, 0, 1, 3])
def test_a_media_is_found_by_its_own_second_whatever_its_id_says(off: int) -> None:
    media = post_of(ANN, START, off=off)
    world = World([ANN], [media])
    second = START + off
    found = world.recent("9", count=1, min_timestamp=second, max_timestamp=second)
    assert found == ([media], False)
    assert world.recent("9", count=1, min_timestamp=second + 1) == ([], False)
    assert world.recent("9", count=1, max_timestamp=second - 1) == ([], False)


def test_counts_are_those_of_the_world() -> None:
    world = World([BOB, ANN])
    world.follow(ANN.id, BOB.id)
    media = post_of(BOB, START)
    world.post(media)
    world.post(post_of(BOB, START + 1))
    world.delete(media.id)
    bob = world.user("70")
    assert bob is not None
    assert bob.counts == Counts(media=1, followed_by=1, follows=0)


def test_the_first_user_is_self() -> None:
    world = World()
    with pytest.raises(LookupError, match="nobody"):
        _ = world.self_id
    world.add_user(BOB)
    world.add_user(ANN)
    assert world.self_id == "70"
    assert world.user("8") is None


def test_nothing_is_there_twice_and_nothing_is_nobodys() -> None:
    media = post_of(ANN, START)
    world = World([ANN], [media])
    with pytest.raises(ValueError, match="there is a user 9"):
        world.add_user(ANN)
    with pytest.raises(ValueError, match="there is a media"):
        world.post(media)
    with pytest.raises(ValueError, match="there is no user 70"):
        world.post(post_of(BOB, START + 1))


def test_a_media_is_deleted_once_by_either_form_of_its_id() -> None:
    first, second = post_of(ANN, START), post_of(ANN, START + 1)
    world = World([ANN], [first, second])
    world.delete(first.id)
    world.delete(second.id.partition("_")[0])
    assert world.recent("9", count=5) == ([], False)
    with pytest.raises(LookupError, match="there is no media"):
        world.delete(first.id)


@pytest.mark.parametrize("text", ["", "x", "1_", "_9", "1_x", "1_2_3", "-1", "²", "1 "])
def test_what_is_no_media_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no media id"):
        World([ANN]).delete(text)


def test_free_ids_are_of_their_moment_and_free() -> None:
    world = World([ANN])
    moment = datetime(2015, 9, 12, 8, 30, 1, 250_000, tzinfo=UTC)
    for expected in range(1, 4):
        media_id = world.free_id("9", moment)
        user = UserSummary(id="9", username="ann")
        world.post(Media(id=media_id, created_time=moment, user=user))
        assert len(world.recent("9", count=9)[0]) == expected
        assert pk_second(media_pk(media_id)) == int(moment.timestamp())
    later = world.free_id("9", moment + timedelta(milliseconds=1))
    assert media_pk(later) > max(media_pk(one.id) for one in world.recent("9", count=9)[0])


def test_its_users_stand_in_the_order_in_which_they_moved_in() -> None:
    world = World([BOB, ANN], [post_of(ANN, START)])
    assert world.users == (world.user("70"), world.user("9"))
    assert [user.counts and user.counts.media for user in world.users] == [0, 1]
    assert World.seeded(3, users=4).users[0].id == World.seeded(3).self_id
    assert World().users == ()


def test_an_id_is_given_for_an_instant_only() -> None:
    with pytest.raises(ValueError, match="must know its zone"):
        World([ANN]).free_id("9", datetime(2015, 9, 12))  # noqa: DTZ001 - what is refused


def test_its_text_counts() -> None:
    assert repr(World([ANN, BOB], [post_of(ANN, START)])) == "World(users=2, media=1)"
    assert repr(World.seeded(users=2, media=7)) == "World(users=2, media=7)"
