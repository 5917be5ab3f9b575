"""What may be missing, null or empty in any era (reference B)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from instagram_async.models import Attribution, Comment, Media, User, UserSummary
from instagram_async.server import LocalInstagram, World
from instagram_async.server.era import EraName
from tests.served.server_helpers import RECENT, get

ERAS: tuple[EraName, ...] = ("2013", "2015", "2016", "2017", "2018")
HUGE = "3000000000"


def world() -> World:
    """A user without a name and with a huge id, of whom a bare and a full media are."""
    made = World([User(id=HUGE, username="ann")])
    owner = UserSummary(id=HUGE, username="ann")
    posted = datetime(2015, 9, 1, tzinfo=UTC)
    made.post(Media(id=made.free_id(HUGE, posted), created_time=posted, user=owner))
    made.post(
        Media(
            id=made.free_id(HUGE, posted),
            created_time=posted,
            user=owner,
            caption=Comment(id="1", created_time=posted, text="hi", author=owner),
            filter="Normal",
            attribution=Attribution(name="Darkroom"),
        )
    )
    return made


@pytest.mark.parametrize("era", ERAS)
async def test_what_may_be_null(era: EraName) -> None:
    async with LocalInstagram(world(), era=era) as server:
        full, bare = (await get(server, RECENT)).json["data"]
    for name in ("caption", "filter", "attribution", "location"):
        assert bare[name] is None
    assert bare["tags"] == bare["users_in_photo"] == []
    assert {"images", "videos", "carousel_media"}.isdisjoint(bare)
    assert full["caption"]["text"] == "hi"
    assert (full["filter"], full["attribution"]["name"]) == ("Normal", "Darkroom")


@pytest.mark.parametrize("era", ERAS)
async def test_names_may_be_empty(era: EraName) -> None:
    async with LocalInstagram(world(), era=era) as server:
        profile = (await get(server, "users/self")).json["data"]
        owner = (await get(server, RECENT)).json["data"][0]["user"]
    assert (profile["id"], owner["id"]) == (HUGE, HUGE)
    assert profile["bio"] == profile["website"] == profile["full_name"] == ""
    assert owner["full_name"] == ""
