"""What cursors look like, era by era, and that they lead on whatever they look like."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest

from instagram_async.models import Media, User, UserSummary
from instagram_async.server import LocalInstagram, World
from instagram_async.server.cursors import unveil
from instagram_async.server.era import EraName
from tests.served.server_helpers import get, pages
from tests.support.every import EVERYTHING

DIGITS, OPAQUE = r"\d{13}", r"AQ[\w-]{18}"
TAGGED = "tags/x/media/recent"


@pytest.mark.parametrize(
    ("era", "form"),
    [("2013", DIGITS), ("2015", DIGITS), (date(2015, 10, 31), OPAQUE), ("2016", OPAQUE)],
    ids=str,
)
@pytest.mark.parametrize("path", ["users/self/followed-by", "users/self/follows"])
async def test_cursors_of_people(era: EraName | date, form: str, path: str) -> None:
    world = World.seeded(3, users=12, media=5)
    for user in world.users[1:9]:
        world.follow(world.self_id, user.id)
    async with LocalInstagram(world, era=era) as server:
        server.access_token(scope=EVERYTHING)
        first = await get(server, path, count=2)
        pagination = first.json["pagination"]
        walked = await pages(server, path, "cursor", count=2)
        whole = await get(server, path, count=100)
    assert re.fullmatch(form, pagination["next_cursor"])
    assert pagination["next_url"].endswith(f"count=2&cursor={pagination['next_cursor']}")
    assert len(walked) > 2
    assert list(chain.from_iterable(walked)) == whole.ids
    assert whole.json["pagination"] == {}


def crowded() -> World:
    """Forty media of one tag, all of one second, most of one millisecond."""
    world = World([User(id="9", username="ann")])
    for number in range(40):
        posted = datetime(2015, 9, 1, tzinfo=UTC) + timedelta(milliseconds=number // 12)
        world.post(
            Media(
                id=world.free_id("9", posted),
                created_time=posted.replace(microsecond=0),
                user=UserSummary(id="9", username="ann"),
                tags=("x",),
            )
        )
    return world


@pytest.mark.parametrize(
    ("era", "form"),
    [
        ("2013", r"\d{13}"),
        (date(2015, 6, 10), r"\d{16}"),
        ("2015", r"\d{18,19}"),
        ("2016", OPAQUE),
    ],
    ids=str,
)
async def test_cursors_of_a_tags_media(era: EraName | date, form: str) -> None:
    async with LocalInstagram(crowded(), era=era) as server:
        server.access_token(scope=EVERYTHING)
        whole = await pages(server, TAGGED, "max_tag_id", count=33)
        ids = list(chain.from_iterable(whole))
        got = await get(server, TAGGED, count=5)
        pagination = got.json["pagination"]
        for name in ("next_max_tag_id", "min_tag_id"):
            assert re.fullmatch(form, pagination[name]), pagination
        assert pagination["next_max_id"] == pagination["next_max_tag_id"]
        assert pagination["next_min_id"] == pagination["min_tag_id"]
        walked = await pages(server, TAGGED, "max_tag_id", count=3)
        by_old_name = await get(server, TAGGED, count=5, max_id=pagination["next_max_tag_id"])
        newer = await get(server, TAGGED, min_tag_id=pagination["min_tag_id"])
        empty = newer.json["pagination"]
    assert len(ids) == len(set(ids)) == 40
    assert list(chain.from_iterable(walked)) == ids
    assert by_old_name.ids == ids[5:10]
    assert newer.ids == []
    assert list(empty) == ["deprecation_warning"]


@pytest.mark.parametrize(("day", "unit"), [("2013-08-15", 1), ("2015-06-10", 1000)])
async def test_a_moment_that_was_never_given_is_the_latest_tag_of_it(day: str, unit: int) -> None:
    world = crowded()
    at = int(datetime(2015, 9, 1, tzinfo=UTC).timestamp() * 1000)
    async with LocalInstagram(world, era=date.fromisoformat(day)) as server:
        got = await get(server, TAGGED, max_tag_id=(at + 1) * unit, count=33)
        before = await get(server, TAGGED, max_tag_id=(at - 1) * unit)
        after = await get(server, TAGGED, min_tag_id=(at + 1) * unit, count=33)
    if unit == 1:
        assert len(got.ids) == 24
        assert len(after.ids) == 16
    assert before.ids == []
    assert not set(got.ids) & set(after.ids)


@pytest.mark.parametrize("cursor", ["AQ", "AQ!", "é", "AQAAAAAAAAAAAAAAAAAA", "next"])
@pytest.mark.parametrize(
    ("path", "name"), [("users/self/follows", "cursor"), ("tags/snow/media/recent", "max_tag_id")]
)
async def test_a_cursor_that_holds_nothing_is_malformed(cursor: str, path: str, name: str) -> None:
    assert unveil(cursor) is None
    async with LocalInstagram(World.seeded(3, media=5), era="2016") as server:
        server.access_token(scope=EVERYTHING)
        got = await get(server, path, **{name: cursor})
    assert (got.status, got.headers["Content-Type"]) == (400, "text/html")


async def test_a_word_is_no_moment_either() -> None:
    async with LocalInstagram(crowded(), era="2013") as server:
        got = await get(server, TAGGED, max_tag_id="newest")
    assert got.status == 400
