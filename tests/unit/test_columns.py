"""Which columns an item has, and what stands in them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instagram_async import (
    Comment,
    Counts,
    Likes,
    Location,
    Media,
    Position,
    Relationship,
    Tag,
    TaggedUser,
    User,
    UserInPhoto,
    UserSummary,
)
from instagram_async.bulk.columns import TABLES, clean, flat, plain, table_of
from instagram_async.bulk.sink import Row
from instagram_async.bulk.wire import from_json, to_json
from tests.support.strategies import MODELS

MOMENT = datetime(2015, 9, 10, 15, 46, 40, tzinfo=UTC)
ANN = UserSummary(id="9", username="ann", full_name="Ann B.", profile_picture="http://p/9.jpg")
BARE = Media(id="a", created_time=MOMENT, user=UserSummary(id="9", username="ann"))


def columns(item: Any) -> dict[str, Any]:
    table = table_of(type(item))
    names = [column.name for column in table.columns]
    return dict(zip(names, table.values(item), strict=True))


def test_media() -> None:
    media = Media(
        id="64_9",
        created_time=MOMENT,
        user=ANN,
        type="video",
        link="http://instagram.com/p/BA/",
        caption=Comment(id="1", created_time=MOMENT, text="snow!"),
        likes=Likes(count=7),
        location=Location(id="5", name="Pier", latitude=-33.9, longitude=18.4),
        tags=("snow", "ice"),
        filter="Normal",
        user_has_liked=False,
        distance=12.5,
    )
    assert columns(media) == {
        "id": "64_9", "created_time": MOMENT, "type": "video", "user_id": "9", "username": "ann",
        "caption": "snow!", "tags": ("snow", "ice"), "likes": 7, "comments": 0,
        "location_id": "5", "location_name": "Pier", "latitude": -33.9, "longitude": 18.4,
        "filter": "Normal", "link": "http://instagram.com/p/BA/", "shortcode": "BA", "url": None,
        "user_has_liked": False, "distance": 12.5,
    }  # fmt: skip


def test_media_of_which_little_is_known() -> None:
    found = columns(BARE)
    assert {name for name, value in found.items() if value is None} == {
        "caption", "location_id", "location_name", "latitude", "longitude", "filter", "link",
        "shortcode", "url", "user_has_liked", "distance",
    }  # fmt: skip
    assert found["tags"] == ()


def test_people_comments_tags_and_places() -> None:
    assert columns(ANN) == {
        "id": "9", "username": "ann", "full_name": "Ann B.", "profile_picture": "http://p/9.jpg",
    }  # fmt: skip
    known = User(id="9", username="ann", counts=Counts(media=1, followed_by=2, follows=3))
    assert columns(known) == {
        "id": "9", "username": "ann", "full_name": "", "profile_picture": None, "bio": "",
        "website": "", "media": 1, "followed_by": 2, "follows": 3, "is_business": None,
    }  # fmt: skip
    assert columns(User(id="9", username="ann"))["followed_by"] is None
    assert columns(Comment(id="7", created_time=MOMENT, text="hi", author=ANN)) == {
        "id": "7", "created_time": MOMENT, "user_id": "9", "username": "ann", "text": "hi",
    }  # fmt: skip
    assert columns(Comment(id="7", created_time=MOMENT))["user_id"] is None
    assert columns(Tag(name="snow", media_count=3)) == {"name": "snow", "media_count": 3}
    assert columns(Location(id="5", name="Pier", latitude=1.5)) == {
        "id": "5", "name": "Pier", "latitude": 1.5, "longitude": None,
    }  # fmt: skip


def test_what_a_column_can_not_hold_is_left_out_of_it() -> None:
    for count, held in [(2**63 - 1, 2**63 - 1), (2**63, None), (-(2**63), -(2**63)), (2**70, None)]:
        assert columns(Tag(name="snow", media_count=count))["media_count"] == held
    for real, kept in [(1.5, 1.5), (float("nan"), None), (float("inf"), None)]:
        assert columns(Location(latitude=real))["latitude"] == kept
    assert columns(Tag(name="a\ud83d"))["name"] == "a\ufffd"
    assert clean("\ud800\udfff") == "\ufffd\ufffd"
    assert clean("\ud7ff\ue000\U0001f600") == "\ud7ff\ue000\U0001f600"


def test_a_row() -> None:
    table, values = flat(Row("a\ud83d", "b\ud83d", Tag(name="snow", media_count=3)))
    assert dict(zip(table.names, values, strict=True)) == {
        "listing": "a\ufffd",
        "identity": "b\ufffd",
        "name": "snow",
        "media_count": 3,
        "json": '{"name":"snow","media_count":3}',
    }


def test_values_for_what_knows_text_and_numbers() -> None:
    assert plain(("snow", 'i"ce')) == '["snow","i\\"ce"]'
    assert plain(("é",)) == '["é"]'
    assert plain(()) == "[]"
    assert plain(MOMENT) == "2015-09-10T15:46:40Z"
    east = timezone(timedelta(hours=2))
    assert plain(datetime(2015, 9, 10, 1, 0, 0, 999_999, east)) == "2015-09-09T23:00:00Z"
    for value in ("snow", 3, -3.5, True, None):
        assert plain(value) is value


def test_what_has_no_table() -> None:
    for kind in (Relationship, dict, list[Media], "Media", None):
        with pytest.raises(TypeError, match="has no table: the kinds are Media, UserSummary"):
            table_of(kind)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^Relationship has"):
        flat(Row("a", "b", Relationship()))


def test_the_docs_have_every_column() -> None:
    page = Path(__file__).parents[2] / "docs" / "bulk.md"
    found = re.findall(r"(?m)^\| `(\w+)` \| `(\w+)` \| (`.*`) \|$", page.read_text())
    assert [(name, kind, columns.strip("`").split("` `")) for name, kind, columns in found] == [
        (table.name, table.kind.__name__, [column.name for column in table.columns])
        for table in TABLES
    ]


def test_names_of_columns_are_words_and_tell_tables_apart() -> None:
    assert len({table.names for table in TABLES}) == len(TABLES)
    for table in TABLES:
        assert len(set(table.names)) == len(table.names)
        assert all(name.replace("_", "").islower() for name in table.names)


@pytest.mark.parametrize("kind", [table.kind for table in TABLES], ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_an_item_comes_back_equal(kind: type[Any], data: st.DataObject) -> None:
    item = data.draw(MODELS[kind])
    text = to_json(item)
    assert from_json(text, kind, "rows") == item
    assert b"\n" not in text
    text.decode()


# Lone halves; two that fit would be one letter in JSON.
@pytest.mark.parametrize("text", ["\ud83d", "a\udc00b", "\ud83d\ud83d"])
def test_half_a_letter_comes_back(text: str) -> None:
    assert from_json(to_json(Tag(name=text)), Tag, "rows") == Tag(name=text)
    assert to_json(Tag(name=text)).decode()


@pytest.mark.parametrize("real", ["inf", "-inf", "nan"])
def test_a_number_that_json_has_no_word_for_comes_back(real: str) -> None:
    place = Location(id="5", name=real, latitude=float(real), longitude=-1.5)
    tagged = UserInPhoto(user=TaggedUser(username="bob"), position=Position(x=float(real), y=0.5))
    media = Media(
        id="a",
        created_time=MOMENT,
        user=ANN,
        location=place,
        tags=("nan",),
        users_in_photo=(tagged,),
    )
    text = to_json(media)
    assert json.loads(text)["location"]["latitude"] == real
    assert repr(from_json(text, Media, "rows")) == repr(media)


def test_an_instant_is_kept_to_the_second() -> None:
    fine = Comment(id="1", created_time=MOMENT.replace(microsecond=250_000))
    assert from_json(to_json(fine), Comment, "rows").created_time == MOMENT
    assert columns(fine)["created_time"] == fine.created_time
