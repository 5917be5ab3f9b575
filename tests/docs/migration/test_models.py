"""Each row of models is read on both sides."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest

from instagram_async import Rendition
from tests.support.migration import models
from tests.support.migration_sides import Sides

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age


async def shown(sides: Sides) -> tuple[dict[str, Any], dict[str, Any]]:
    """One of each, as both clients have it."""
    mine, _ = sides.server.world.recent(sides.server.world.self_id, count=45)
    full = next(
        one
        for one in mine
        if one.type == "image" and one.caption and one.likes.data and one.comments.data
        if one.tags and one.location and one.location.name and one.users_in_photo
    )
    film = next(one for one in mine if one.videos and one.videos.low_bandwidth)
    calls = {
        "media": ("api.media(full)", "await client.media(full)"),
        "video": ("api.media(film)", "await client.media(film)"),
        "comment": ("api.media_comments(full)[0]", "await client.media_comments(full).first()"),
        "user": ("api.user()", "await client.user()"),
        "tag": ("api.tag(name)", "await client.tag(name)"),
        "location": ("api.location(location_id)", "await client.location(location_id)"),
        "relationship": (
            "api.user_relationship(user_id=user_id)",
            "await client.relationship(user_id)",
        ),
    }
    at_hand = {"full": full.id, "film": film.id}
    old = {name: await sides.ask_old(code, api=sides.user_api, **at_hand)
           for name, (code, _) in calls.items()}  # fmt: skip
    new = {name: await sides.ask(code, client=sides.client, **at_hand)
           for name, (_, code) in calls.items()}  # fmt: skip
    return old, new


async def test_models_hold_the_same(sides: Sides) -> None:
    old, new = await shown(sides)
    for row in models():
        ours = eval(row.ours, new)
        if row.old is None:
            assert not hasattr(old["media"], row.ours.partition(".")[2])
            continue
        theirs = eval(row.old, old)
        assert theirs is not None
        if isinstance(theirs, datetime):
            assert theirs.tzinfo is None
            assert "naive" in row.note
            theirs = theirs.replace(tzinfo=UTC)
        assert theirs == ours, row


async def test_what_is_not_in_the_table_has_the_same_name(sides: Sides) -> None:
    old, new = await shown(sides)
    table = models()
    left = {"id", "username", "full_name", "profile_picture"}  # of people, wherever they are
    for name in ("media", "comment", "user", "tag", "location", "relationship"):
        named = {
            found[1]
            for row in table
            for found in [re.match(rf"(?:{name}|video)\.(\w+)", row.old or "")]
            if found
        }
        assert set(vars(old[name])) - named <= left, name
        methods = {part for part in dir(old[name]) if part.startswith("get_")}
        assert methods <= named
        ours = {
            found[1]
            for row in table
            for found in [re.match(rf"(?:{name}|video)\.(\w+)", row.here or "")]
            if found
        }
        there = {part.name for part in type(new[name]).__attrs_attrs__}
        assert there - ours <= left | {"is_business"}, name


def test_theirs_compare_by_identity_and_ours_by_value() -> None:
    picture = import_module("instagram.models").Image
    assert picture("x", 1, 2) != picture("x", 1, 2)
    assert Rendition(url="x", width=1, height=2) == Rendition(url="x", width=1, height=2)
