from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.models import Location, Media, Tag, User, UserSummary
from instagram_async.server import World
from instagram_async.server.bounds import Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.ids import media_pk
from instagram_async.server.world.tags import Tagged

ANN = UserSummary(id="9", username="ann")
NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)
PIER = Location(id="7", name="Pier", latitude=10.0, longitude=20.0)
# About 111 m a thousandth of a degree.
NEARBY = Location(latitude=10.002, longitude=20.0)
FAR = Location(id="8", name="Far", latitude=-10.0, longitude=20.0)
NAME_ONLY = Location(id="6", name="Somewhere")


def world_of(*places: Location | None) -> tuple[World, list[str]]:
    """Media of these places, a minute apart, oldest first."""
    world, ids = World([User(id="9", username="ann")]), list[str]()
    for number, place in enumerate(places):
        at = NOON + timedelta(minutes=number)
        ids.append(world.free_id("9", at))
        world.post(Media(id=ids[-1], created_time=at, user=ANN, location=place, tags=("Sea",)))
    return world, ids


def test_media_are_found_by_the_id_of_their_place() -> None:
    world, ids = world_of(PIER, FAR, NEARBY, None, PIER, NAME_ONLY)
    media, more = world.at_location("7", count=9)
    assert [one.id for one in media] == [ids[4], ids[0]]
    assert not more
    assert world.at_location("7", count=1, bounds=Bounds(max_id=media_pk(ids[4])))[0] == media[1:]
    assert [one.id for one in world.at_location("6", count=9)[0]] == [ids[5]]
    assert world.at_location("404", count=9) == ([], False)
    world.delete(ids[4])
    assert world.at_location("7", count=9) == (media[1:], False)


def test_media_are_found_by_the_point_of_their_place() -> None:
    world, ids = world_of(PIER, FAR, NEARBY, None, PIER, NAME_ONLY)
    for radius, at in ((1, [4, 0]), (221, [4, 0]), (224, [4, 2, 0]), (5000, [4, 2, 0])):
        media, more = world.near(Circle(10.0, 20.0, radius), count=9)
        assert [one.id for one in media] == [ids[number] for number in at]
        assert not more
    media, more = world.near(Circle(10.0, 20.0, 5000), count=2)
    assert ([one.id for one in media], more) == ([ids[4], ids[2]], True)
    bounds = Bounds(max_timestamp=int((NOON + timedelta(minutes=2)).timestamp()))
    media, _ = world.near(Circle(10.0, 20.0, 5000), count=9, bounds=bounds)
    assert [one.id for one in media] == [ids[2], ids[0]]


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((0.0, 0.0), (0.0, 0.0), 0.0),
        ((0.0, 0.0), (0.0, 180.0), 20_015_087.0),
        ((90.0, 0.0), (-90.0, 77.0), 20_015_087.0),
        ((0.0, 179.9), (0.0, -179.9), 22_239.0),
        ((60.0, 0.0), (60.0, 1.0), 55_597.0),
    ],
)
def test_distances_are_along_the_great_circle(
    one: tuple[float, float], other: tuple[float, float], metres: float
) -> None:
    assert Circle(*one, 0).distance(*other) == pytest.approx(metres, abs=10)
    assert Circle(*other, 0).distance(*one) == pytest.approx(metres, abs=10)


def test_places_of_media_are_on_the_map_and_more_can_be_put_there() -> None:
    world, _ = world_of(PIER, NEARBY, FAR, NAME_ONLY)
    assert world.locations == (PIER, FAR, NAME_ONLY)
    assert (world.location("7"), world.location("404")) == (PIER, None)
    cafe = Location(id="3", name="Café", latitude=10.001, longitude=20.0)
    world.add_location(cafe, {"foursquare_id": "55"})
    assert world.listed_location("foursquare_id", "55") == cafe
    assert world.listed_location("facebook_places_id", "55") is None
    assert world.search_locations(Circle(10.0008, 20.0, 1000), count=9) == [cafe, PIER]
    assert world.search_locations(Circle(10.0008, 20.0, 1000), count=1) == [cafe]
    with pytest.raises(ValueError, match="has an id"):
        world.add_location(NEARBY)


def test_a_geography_is_a_circle_that_has_an_id() -> None:
    world, _ = world_of(PIER)
    first, second = world.add_geography(10.0, 20.0, 5000), world.add_geography(0.0, 0.0, 1)
    assert world.geographies == (first, second)
    assert first != second
    assert first.isdecimal()
    assert world.geography(first) == Circle(10.0, 20.0, 5000)
    assert world.geography("1") is None


def test_tags_are_searched_by_their_beginning_most_used_first() -> None:
    world, ids = world_of(PIER, PIER)
    world.add_tag(ids[0], "seaside", NOON)
    world.add_tag(ids[0], "sand", NOON)
    assert world.search_tags("SE", count=9) == [
        Tag(name="sea", media_count=2), Tag(name="seaside", media_count=1),
    ]  # fmt: skip
    assert world.search_tags("s", count=1) == [Tag(name="sea", media_count=2)]
    assert world.search_tags("", count=9) == []
    world.delete(ids[0])
    assert [tag.name for tag in world.search_tags("s", count=9)] == ["sea"]


@given(
    late=st.lists(st.none() | st.integers(0, 4), min_size=1, max_size=9),
    count=st.integers(1, 4),
    gone=st.sets(st.integers(0, 8)),
)
def test_a_walk_of_a_tag_has_everything_once(
    late: list[int | None], count: int, gone: set[int]
) -> None:
    world, ids = world_of(*[None] * len(late))
    for media_id, minutes in zip(ids, late, strict=True):
        if minutes is not None:
            world.add_tag(media_id, "x", NOON + timedelta(minutes=minutes))
    found, cursor, first = list[tuple[int, str]](), None, True
    while first or cursor is not None:
        page, cursor = world.tagged("x", count=count, max_tag_id=cursor)
        found += [(one.tag_id, one.media.id) for one in page]
        for at in gone if first else ():  # between the pages
            if at < len(ids) and ids[at] not in [media_id for _, media_id in found]:
                world.delete(ids[at])
        first = False
    tagged = {media_id for media_id, at in zip(ids, late, strict=True) if at is not None}
    deleted = {ids[at] for at in gone if at < len(ids)}
    got = [media_id for _, media_id in found]
    assert found == sorted(found, reverse=True)
    assert len(set(got)) == len(got)
    assert tagged - deleted <= set(got) <= tagged


def test_a_seeded_world_has_tags_and_places_that_media_share() -> None:
    world = World.seeded(4)
    everything = [one for user in world.users for one in world.recent(user.id, count=999)[0]]
    late = list[Tagged]()
    for tag in world.search_tags("s", count=9):
        carrying = {one.id for one in everything if tag.name in one.tags}
        found, _ = world.tagged(tag.name, count=999)
        assert {one.media.id for one in found} == carrying
        assert tag.media_count == len(carrying) > 1
        late += [one for one in found if one.tag_id != media_pk(one.media.id)]
    assert late
    for place in world.locations:
        taken = [one.id for one in everything if one.location and one.location.id == place.id]
        media, _ = world.at_location(str(place.id), count=999)
        assert [one.id for one in media] == sorted(taken, key=media_pk, reverse=True)
        assert len(taken) > 1
        assert world.listed_location("facebook_places_id", f"10{place.id}") == place
    (geo_id,) = world.geographies
    circle = world.geography(geo_id)
    assert circle is not None
    assert len(world.near(circle, count=999)[0]) > 1
