"""What the wire really does, and what is made of it (reference B and I)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from instagram_async import (
    Comment,
    Location,
    Media,
    Relationship,
    ResponseError,
    Tag,
    User,
    UserSummary,
    structure,
    unstructure,
)
from instagram_async.models.fields import LocationId, decode_field
from tests.support.fixtures import read

USER: dict[str, Any] = {"id": "9", "username": "ann"}
MEDIA: dict[str, Any] = {"id": "64_9", "created_time": "1441900000", "user": USER}
MOMENT = datetime(2015, 9, 10, 15, 46, 40, tzinfo=UTC)
EMPTY = structure(MEDIA, Media)


def media(**wire: Any) -> Media:
    return structure({**MEDIA, **wire}, Media)


def refused(data: Any, model: type[Any]) -> ResponseError:
    with pytest.raises(ResponseError) as caught:
        structure(data, model)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        '{"name": "snow"}',
        b'{"name": "snow"}',
        {"name": "snow"},
        '{"name": "snow", "media_count": null}',
        '{"name": "no", "name": "snow"}',
        b' \n{"name":"\\u0073now","description":null,"external":[{"from":1}]}\t',
    ],
)
def test_text_bytes_and_parsed_json_are_taken(data: Any) -> None:
    assert structure(data, Tag) == Tag(name="snow")


@pytest.mark.parametrize(
    ("count", "read_as"),
    [(38925656.0, 38925656), (3, 3), ("7", 7), (3.9, 3), (None, 0), (2**70, 2**70)],
)
def test_media_counts(count: object, read_as: int) -> None:
    found = structure({"name": "snow", "media_count": count}, Tag).media_count
    assert found == read_as
    assert type(found) is int


@pytest.mark.parametrize("count", ["many", True, [], "3.5"])
def test_media_counts_that_are_none(count: object) -> None:
    error = refused({"name": "snow", "media_count": count}, Tag)
    assert error.path == "Tag.media_count"
    assert error.message == f"expected int, got {count!r}"


def test_a_count_that_overflows_is_unreadable() -> None:
    assert refused(b'{"name": "snow", "media_count": 1e999}', Tag).message == (
        "expected int, got inf"
    )


@pytest.mark.parametrize("id", [9, "9", 2**80])
def test_ids_may_be_numbers(id: int | str) -> None:
    assert structure({"id": id, "username": "ann"}, UserSummary).id == str(id)
    assert structure({"id": id}, Location).id == str(id)


@pytest.mark.parametrize("id", [9.0, True, [9], {}])
def test_ids_are_nothing_else(id: object) -> None:
    assert refused({"id": id, "username": "ann"}, UserSummary).path == "UserSummary.id"
    assert refused({"id": id}, Location).path == "Location.id"


def test_the_location_decoder_builds_nothing_else() -> None:
    assert decode_field(LocationId, 5) == "5"
    with pytest.raises(TypeError, match="got bytes"):
        decode_field(LocationId, b"5")
    with pytest.raises(TypeError, match="got int"):
        decode_field(complex, 5)


@pytest.mark.parametrize(
    "moment", ["1441900000", 1441900000, 1441900000.0, "2015-09-10T15:46:40Z", "1441900000.0"]
)
def test_instants(moment: object) -> None:
    found = media(created_time=moment).created_time
    assert found == MOMENT
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize("moment", ["yesterday", "2015-09-10T15:46:40", True, [], 10**14, ""])
def test_instants_that_are_none(moment: object) -> None:
    error = refused({**MEDIA, "created_time": moment}, Media)
    assert error.path == "Media.created_time"
    assert error.message.startswith("expected epoch seconds, got ")


@pytest.mark.parametrize(
    "key",
    ["attribution", "caption", "carousel_media", "comments", "distance", "filter", "images",
     "likes", "link", "location", "tags", "type", "user_has_liked", "users_in_photo", "videos"],
)  # fmt: skip
def test_null_is_the_default(key: str) -> None:
    assert media(**{key: None}) == EMPTY


@pytest.mark.parametrize("key", ["caption", "images", "location", "user_has_liked", "distance"])
def test_the_text_null_is_null_where_no_text_can_be(key: str) -> None:
    for null in ("null", "NULL"):
        assert media(**{key: null}) == EMPTY
        assert media(**{key: null, "id": 64}) == media(id="64")


def test_the_text_null_is_text_where_text_can_be() -> None:
    assert media(link="null", tags=["null"], id=64).link == "null"
    assert structure({"id": "null"}, Location).id == "null"


def test_nulls_inside_containers() -> None:
    found = media(comments={"count": 3, "data": None}, likes={"count": None}, id=64)
    assert (found.comments.count, found.comments.data) == (3, ())
    assert (found.likes.count, found.likes.data) == (0, ())


def test_unknown_kinds_are_kept() -> None:
    assert media(type="hologram").type == "hologram"
    found = structure({"outgoing_status": "muted", "incoming_status": "x"}, Relationship)
    assert (found.outgoing_status, found.incoming_status) == ("muted", "x")


def test_the_author_of_a_comment_is_under_from() -> None:
    wire = {"id": "1", "created_time": "1", "text": '"from": "author"', "from": USER}
    found = structure(wire, Comment)
    assert found.author == UserSummary(id="9", username="ann")
    assert found.text == '"from": "author"'
    assert unstructure(found) == {**wire, "from": {**USER, "full_name": ""}}


@pytest.mark.parametrize("spelled", [b'"from":', b'"from" :', b'"from"\n\t:'])
def test_the_key_from_may_have_space_behind_it(spelled: bytes) -> None:
    body = b'{"id":"1","created_time":"1",' + spelled + b'{"id":"9","username":"ann"}}'
    assert structure(body, Comment).author == UserSummary(id="9", username="ann")


def test_lone_surrogates() -> None:
    assert structure(b'{"name": "a\\ud83d"}', Tag).name == "a\ud83d"
    assert structure('{"name": "a\ud83d"}', Tag).name == "a\ufffd\ufffd\ufffd"


def test_bytes_that_are_no_utf8_are_replaced() -> None:
    assert structure(b'{"name": "a\xff"}', Tag).name == "a\ufffd"


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b'{"name": NaN}', b'{"name": "a", "x": Infinity}', '{"name": "a"',
     "[" * 100_000, {"name": float("nan")}, {"name": object()}, {1, 2}],
)  # fmt: skip
def test_what_is_no_json(data: Any) -> None:
    error = refused(data, Tag)
    assert error.message.startswith("not JSON: ")
    assert (error.path, error.raw, error.operation) == ("", None, None)


def test_parsed_json_nested_too_deeply() -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    assert refused({"name": nested}, Tag).message.startswith("not JSON: ")


def test_nesting_that_only_the_fast_lane_refuses() -> None:
    deep = '{"name": "snow", "x": ' + "[" * 600 + "]" * 600 + "}"
    assert structure(deep, Tag) == Tag(name="snow")


@pytest.mark.parametrize("data", ["[]", "7", "null", '"null"', "[[]]", "true"])
def test_what_is_no_object(data: str) -> None:
    error = refused(data, Tag)
    assert error.path == "Tag"
    assert error.message.startswith("expected an object, got ")
    assert error.raw == json.loads(data)


@pytest.mark.parametrize(
    ("wire", "path", "message"),
    [
        ({}, "Media.id", "id is missing"),
        ({**MEDIA, "user": None}, "Media.user", "user is missing"),
        ({**MEDIA, "user": {"id": 9}}, "Media.user.username", "username is missing"),
        ({**MEDIA, "user": "ann"}, "Media.user", "expected an object, got 'ann'"),
        ({**MEDIA, "tags": {}}, "Media.tags", "expected a list, got {}"),
        ({**MEDIA, "tags": ["a", None]}, "Media.tags[1]", "expected str, got None"),
        ({**MEDIA, "location": {"latitude": "x"}}, "Media.location.latitude",
         "expected float, got 'x'"),
        ({**MEDIA, "caption": {"id": "1", "created_time": 1, "from": {"id": 2}}},
         "Media.caption.from.username", "username is missing"),
        ({**MEDIA, "likes": {"data": [USER, USER, 3]}}, "Media.likes.data[2]",
         "expected an object, got 3"),
        ({**MEDIA, "user_has_liked": "perhaps"}, "Media.user_has_liked",
         "expected bool, got 'perhaps'"),
        ({**MEDIA, "link": 3.5}, "Media.link", "expected str, got 3.5"),
    ],
)  # fmt: skip
def test_where_and_why(wire: dict[str, Any], path: str, message: str) -> None:
    error = refused(wire, Media)
    assert (error.path, error.message) == (path, message)
    assert error.raw == wire
    assert str(error) == f"{message} at {path}"


def test_long_values_are_cut_in_messages() -> None:
    assert len(refused({"name": "snow", "media_count": "9" * 999 + "x"}, Tag).message) < 120


def test_lists_of_models() -> None:
    tags = [Tag(name="a"), Tag(name="b", media_count=2)]
    assert structure(unstructure(tags), list[Tag]) == tags
    error = refused([{"name": "a"}, {}], list[Tag])
    assert (error.path, error.message) == ("list[1].name", "name is missing")


def test_written_as_v1_writes() -> None:
    page = json.loads(read("media/recent_2015.json"))["data"]
    assert unstructure(structure(page, list[Media])) == page
    profile = json.loads(read("users/user_2015.json"))["data"]
    assert unstructure(structure(profile, User)) == profile


@pytest.mark.parametrize(
    ("place", "written"),
    [("5", 5), ("0", 0), ("a5", "a5"), (None, None)],
)
def test_the_id_of_a_place_is_a_number_inside_media_only(
    place: str | None, written: int | str | None
) -> None:
    found = media(location={"id": place, "name": "Pier"})
    assert unstructure(found)["location"].get("id") == written
    assert unstructure(found.location).get("id") == place


def test_samples_that_were_left_out_stay_out() -> None:
    found = media(comments={"count": 3}, likes={"count": 0})
    assert unstructure(found)["comments"] == {"count": 3}
    assert unstructure(found)["likes"] == {"count": 0, "data": []}


def test_numbers_that_json_has_no_word_for_are_written_as_text() -> None:
    found = evolve(media(), location=Location(latitude=float("inf"), longitude=2.5))
    wire = unstructure(found)
    assert wire["location"] == {"latitude": "inf", "longitude": 2.5}
    assert structure(json.dumps(wire, allow_nan=False), Media) == found
