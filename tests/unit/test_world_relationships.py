from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.models import Relationship, User
from instagram_async.server import World

IDS = [str(number) for number in range(1, 9)]


def small() -> World:
    return World(User(id=user_id, username=f"user_{user_id}") for user_id in IDS)


def stand(world: World, one: str, other: str) -> tuple[str | None, str | None]:
    found = world.relationship(one, other)
    return found.outgoing_status, found.incoming_status


def test_a_public_user_is_followed_at_once() -> None:
    world = small()
    assert world.follow("1", "2").outgoing_status == "follows"
    assert stand(world, "2", "1") == ("none", "followed_by")
    assert [user.id for user in world.followed_by("2", count=9)[0]] == ["1"]
    assert [user.id for user in world.follows("1", count=9)[0]] == ["2"]
    assert world.unfollow("1", "2").outgoing_status == "none"
    assert stand(world, "2", "1") == ("none", "none")


def test_a_private_user_is_asked() -> None:
    world = small()
    world.set_private("2", private=True)
    for who in ("1", "3", "4"):
        world.follow(who, "2")
    assert world.relationship("1", "2") == Relationship(
        outgoing_status="requested", target_user_is_private=True, incoming_status="none"
    )
    assert stand(world, "2", "1") == ("none", "requested_by")
    assert [user.id for user in world.requested_by("2")] == ["4", "3", "1"]
    assert world.approve("2", "1").incoming_status == "followed_by"
    assert world.ignore("2", "3").incoming_status == "none"
    assert world.unfollow("4", "2").outgoing_status == "none"
    assert world.requested_by("2") == []
    assert [user.id for user in world.followed_by("2", count=9)[0]] == ["1"]


def test_who_did_not_ask_is_neither_let_in_nor_turned_away() -> None:
    world = small()
    world.follow("1", "2")
    assert world.approve("2", "3").incoming_status == "none"
    assert world.ignore("2", "1").incoming_status == "followed_by"


def test_a_follower_stays_one_when_the_user_becomes_private() -> None:
    world = small()
    world.follow("1", "2")
    world.set_private("2", private=True)
    assert world.follow("1", "2").outgoing_status == "follows"
    assert world.can_view("1", "2")
    assert not world.can_view("3", "2")
    assert not world.can_view(None, "2")
    assert world.can_view("2", "2")
    world.set_private("2", private=False)
    assert world.can_view(None, "2")


def test_a_block_cuts_both_ties_and_hides() -> None:
    world = small()
    world.follow("1", "2")
    world.follow("2", "1")
    assert world.block("1", "2").incoming_status == "blocked_by_you"
    assert stand(world, "1", "2") == ("none", "blocked_by_you")
    assert stand(world, "2", "1") == ("none", "none")
    assert (world.can_view("2", "1"), world.can_view("1", "2")) == (False, True)
    for who, whom in (("1", "2"), ("2", "1")):
        with pytest.raises(PermissionError, match="there is a block"):
            world.follow(who, whom)
    assert world.unblock("1", "2").incoming_status == "none"
    assert world.can_view("2", "1")
    assert world.follow("2", "1").outgoing_status == "follows"


def test_ties_are_between_two_who_live_here() -> None:
    world = small()
    with pytest.raises(ValueError, match="but one user"):
        world.follow("1", "1")
    for who, whom in (("1", "99"), ("99", "1")):
        with pytest.raises(LookupError, match="no user 99"):
            world.block(who, whom)
    with pytest.raises(LookupError, match="no user 99"):
        world.followed_by("99", count=1)


steps = st.lists(
    st.tuples(st.booleans(), st.sampled_from(IDS[1:])),
    max_size=12,
)


@given(first=st.sets(st.sampled_from(IDS[1:])), meanwhile=st.lists(steps, max_size=6),
       count=st.integers(1, 3))  # fmt: skip
def test_a_walk_has_all_who_stay_once_whatever_happens_meanwhile(
    first: set[str], meanwhile: list[list[tuple[bool, str]]], count: int
) -> None:
    world = small()
    for who in sorted(first):
        world.follow(who, "1")
    stayed, given_, cursor, more = set(first), list[str](), None, True
    rounds = iter(meanwhile)
    while more:
        people, places, more = world.followed_by("1", count=count, cursor=cursor)
        assert len(people) == len(places) <= count
        given_ += [user.id for user in people]
        cursor = places[-1] if places else None
        for comes, who in next(rounds, []):
            (world.follow if comes else world.unfollow)(who, "1")
            stayed -= set() if comes else {who}
    assert stayed <= set(given_)
    assert all(given_.count(who) == 1 for who in stayed)


def test_places_look_like_milliseconds() -> None:
    world = World.seeded(users=40)
    _, places, more = world.followed_by(world.self_id, count=10)
    world.follow(world.users[-1].id, world.users[-2].id)
    _, new, _ = world.followed_by(world.users[-2].id, count=1)
    assert more
    assert {len(str(place)) for place in (*places, *new)} == {13}
    assert places == sorted(places, reverse=True)
    assert new[0] > places[0]


def test_a_seeded_world_has_ties_of_all_kinds() -> None:
    world = World.seeded(3)
    me, others = world.self_id, [user.id for user in world.users[1:]]
    assert {world.relationship(me, other).outgoing_status for other in others} == {
        "follows", "none", "requested",
    }  # fmt: skip
    assert {world.relationship(me, other).incoming_status for other in others} >= {
        "followed_by", "none",
    }  # fmt: skip
    private = [user for user in others if world.relationship(me, user).target_user_is_private]
    assert [world.can_view(me, user) for user in private] == [False, True]
    assert {user.id for user in world.requested_by(private[0])} == {me, others[0]}
    for user in world.users:
        assert user.counts is not None
        assert len(world.followed_by(user.id, count=99)[0]) == user.counts.followed_by
        assert len(world.follows(user.id, count=99)[0]) == user.counts.follows


@pytest.mark.parametrize("users", range(1, 8))
def test_small_worlds_have_whom_they_can(users: int) -> None:
    world = World.seeded(users=users)
    private = [user.id for user in world.users if not world.can_view(None, user.id)]
    assert private == [user.id for user in world.users[3:5]][: max(0, users - 4)]
