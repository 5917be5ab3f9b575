"""No page is looked for among all that there is: each is a range of an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.models import Location, Media, User, UserSummary
from instagram_async.server import Bounds, Circle, World
from instagram_async.server.ids import media_pk
from instagram_async.server.store import timelines
from instagram_async.server.store.grid import cell_of, columns_of, rows_of

NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)
LARGE = {"media", "likes", "unliked", "tagged", "comments", "ties", "blocks", "users", "tags"}
HARBOUR = Circle(47.6077, -122.3394, 5000)

ASKED: dict[str, Callable[[World, str, str], object]] = {
    "media": lambda world, media, me: world.media(media, viewer=me),
    "recent": lambda world, media, me: world.recent(me, count=9, min_timestamp=1, viewer=me),
    "feed": lambda world, media, me: world.feed(me, count=9),
    "liked": lambda world, media, me: world.liked(me, count=9, max_like_id=media_pk(media)),
    "tagged": lambda world, media, me: world.tagged("snow", count=9, max_tag_id=2**62),
    "tag": lambda world, media, me: world.tag("snow"),
    "search_tags": lambda world, media, me: world.search_tags("s", count=9),
    "at_location": lambda world, media, me: world.at_location("4000", count=9),
    "near": lambda world, media, me: world.near(HARBOUR, count=9, bounds=Bounds(max_id=2**62)),
    "search_locations": lambda world, media, me: world.search_locations(HARBOUR, count=9),
    "comments": lambda world, media, me: world.comments(media, count=9),
    "likes": lambda world, media, me: world.likes(media, count=9),
    "user": lambda world, media, me: world.user(me),
    "followed_by": lambda world, media, me: world.followed_by(me, count=9),
    "follows": lambda world, media, me: world.follows(me, count=9, cursor=2**62),
    "requested_by": lambda world, media, me: world.requested_by(me),
    "can_view": lambda world, media, me: world.can_view("1", me),
    "is_banned": lambda world, media, me: world.is_banned("snow"),
    "set_age_gated": lambda world, media, me: world.set_age_gated(me, True),
    "like": lambda world, media, me: world.like(media, me),
    "unlike": lambda world, media, me: world.unlike(media, me),
    "comment": lambda world, media, me: world.comment(media, me, "#snow", NOON),
    "delete": lambda world, media, me: world.delete(media),
}


@pytest.mark.parametrize("name", ASKED)
def test_nothing_is_looked_for_everywhere(name: str) -> None:
    world = World.seeded(1)
    me = world.self_id
    media = world.liked(me, count=1)[0][0].id
    world.comment(media, me, "!", NOON)  # so that they are no longer drawn
    asked = list[str]()
    connection = world._db._connection
    connection.set_trace_callback(asked.append)
    ASKED[name](world, media, me)
    connection.set_trace_callback(None)
    reads = [sql for sql in asked if sql.split()[0] in ("SELECT", "UPDATE", "DELETE", "INSERT")]
    assert reads
    for sql in reads:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        for step in plan:
            words = step.split()
            assert not (words[0] == "SCAN" and words[1] in LARGE), (sql, step)
            # What is sorted is as much as matches the beginning of a tag, or who has posted.
            sorts = "TEMP B-TREE FOR ORDER BY" in step
            assert not sorts or name in ("search_tags", "feed"), (sql, step)


point = st.tuples(
    st.sampled_from([-90.0, -45.5, 0.0, 0.004, 47.6077, 89.99, 90.0])
    | st.floats(-90, 90, allow_nan=False),
    st.sampled_from([-180.0, -179.999, 0.0, 179.999, 180.0]) | st.floats(-180, 180),
)
reach = st.sampled_from([0.0, 10.0, 1500.0, 5000.0, 2e6]) | st.floats(0, 2.1e7)


@given(centre=point, radius=reach, bearing=point, share=st.floats(0, 1))
def test_the_squares_of_a_circle_have_all_that_is_in_it(
    centre: tuple[float, float], radius: float, bearing: tuple[float, float], share: float
) -> None:
    circle = Circle(*centre, radius)
    # Somewhere on the straight way to another point, often just within.
    lat = centre[0] + (bearing[0] - centre[0]) * share
    lng = centre[1] + (bearing[1] - centre[1]) * share
    if not circle.holds(lat, lng):
        return
    cell, (first, last) = cell_of(lat, lng), rows_of(circle)
    assert first <= cell <= last
    assert any(west <= cell % 36_000 <= east for west, east in columns_of(circle))


@given(
    points=st.lists(point, max_size=12), centre=point, radius=reach, most=st.sampled_from([0, 9])
)
def test_what_is_found_around_a_point_is_what_a_list_gives(
    points: list[tuple[float, float]], centre: tuple[float, float], radius: float, most: int
) -> None:
    world = World([User(id="9", username="ann")])
    ann, circle = UserSummary(id="9", username="ann"), Circle(*centre, radius)
    expected = list[str]()
    for lat, lng in points:
        media_id = world.free_id("9", NOON)
        place = Location(latitude=lat, longitude=lng)
        world.post(Media(id=media_id, created_time=NOON, user=ann, location=place))
        if circle.holds(lat, lng):
            expected.insert(0, media_id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timelines, "_MOST_CELLS", most)  # both ways of looking
        found, more = world.near(circle, count=5)
    assert ([one.id for one in found], more) == (expected[:5], len(expected) > 5)


@pytest.mark.parametrize("number", [2**63, 10**19, -(2**63) - 1, 2**200])
def test_numbers_that_no_media_has_bound_nothing_and_name_nothing(number: int) -> None:
    world = World.seeded(1, media=3)
    me = world.self_id
    everything = world.recent(me, count=9)
    if number > 0:
        assert world.media(str(number)) is None
        assert world.recent(me, count=9, max_id=number, max_timestamp=number) == everything
        assert world.recent(me, count=9, min_id=number) == ([], False)
        assert world.tagged("snow", count=9, min_tag_id=number) == ([], None)
        with pytest.raises(ValueError, match="no media id"):
            world.post(Media(id=str(number), created_time=NOON, user=world.users[0]))  # type: ignore[arg-type]
    else:
        assert world.recent(me, count=9, min_id=number, min_timestamp=number) == everything
    assert world.liked(me, count=9, max_like_id=number) == ([], False)
    assert world.followed_by(me, count=99, cursor=number)[2] is False
