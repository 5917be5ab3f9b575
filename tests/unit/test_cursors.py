"""How media listings page and what bounds them (reference A.9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import inf

import pytest
from attrs import evolve

from instagram_async import Media, UserSummary
from instagram_async.paging import ListReply
from instagram_async.paging.cursor import Step
from instagram_async.quota import ServerQuota
from instagram_async.v1.cursors import MAX_ID, MAX_LIKE_ID, MAX_PK, media_pk, pk_of, posted, whole
from instagram_async.v1.timespans import seconds

MEDIA = Media(
    id="64_9",
    created_time=datetime(2015, 9, 10, 15, 46, 40, tzinfo=UTC) + timedelta(milliseconds=900),
    user=UserSummary(id="9", username="ann"),
)


def test_the_numbers_of_a_media() -> None:
    assert (MEDIA.id, media_pk(MEDIA), seconds(MEDIA)) == ("64_9", 64, 1441900000)


@pytest.mark.parametrize(
    ("created", "second"), [(1441900000, 1441900000), (1441899999, 1441900000), (1441800000,) * 2]
)
def test_windows_are_cut_by_the_second_in_the_number_if_it_is_one(
    created: int, second: int
) -> None:
    pk = ((1441900000 * 1000 - 1314220021721) << 23) + 5
    posted_at = datetime.fromtimestamp(created, UTC)
    assert posted(evolve(MEDIA, id=f"{pk}_9", created_time=posted_at)) == second
    assert posted(evolve(MEDIA, id="draft_9", created_time=posted_at)) == created


def test_the_bounds_of_a_window() -> None:
    seconds_axis, pks = MAX_ID.axes
    assert seconds_axis.bounds(100, 200) == (("min_timestamp", "98"), ("max_timestamp", "201"))
    assert pks.bounds(100, 200) == (("min_id", "99"), ("max_id", "200"))
    assert pks.bounds(-inf, inf) == ()
    assert pks.narrowed((("min_id", "7_9"), ("max_id", "300_9")), -inf, 200) == (
        ("min_id", "7_9"),
        ("max_id", "200"),
    )
    assert [pks.is_outside(number, 200) for number in (199, 200, 201)] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "pk"), [("64_9", 64), ("64", 64), ("draft_9", None), ("_9", None), ("", None)]
)
def test_the_number_in_an_id(text: str, pk: int | None) -> None:
    assert pk_of(text) == pk


@pytest.mark.parametrize(
    ("text", "number"), [("64", 64), ("-5", -5), ("", None), ("soon", None), ("1.5", None)]
)
def test_the_number_in_a_parameter(text: str, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    ("pagination", "cursor"),
    [
        ({"next_max_id": "64_9", "next_url": "u"}, "64_9"),
        ({"next_max_id": 64}, "64"),
        ({"next_max_id": ""}, None),
        ({"next_max_id": None}, None),
        ({"next_max_like_id": "64"}, None),
        ({"next_url": "http://127.0.0.1/?max_id=64"}, None),
        ({}, None),
    ],
)
def test_only_its_own_key_names_the_next_page(
    pagination: dict[str, object], cursor: str | None
) -> None:
    reply = ListReply[Media]((), pagination, ServerQuota())
    assert MAX_ID.following((), None, None, reply) == Step(cursor)


def test_the_cursor_replaces_only_its_own_parameter() -> None:
    params = (("min_id", "1_9"), ("max_id", "99_9"))
    assert MAX_ID.request(params, None) == params
    assert MAX_ID.request(params, "64_9") == (("min_id", "1_9"), ("max_id", "64_9"))


def test_bounds() -> None:
    params = (
        ("max_id", "99_9"),
        ("min_id", "1_9"),
        ("min_timestamp", "5"),
        ("max_timestamp", "soon"),
    )
    found = {(key(MEDIA), value, lower) for key, value, lower in MAX_ID.limits(params, None)}
    assert found == {(1441900000, 5, True), (64, 1, True), (64, 99, False)}


def test_a_listing_with_other_cursors_names_no_place_by_its_items() -> None:
    assert not MAX_LIKE_ID.names_items
    assert MAX_LIKE_ID.behind(None, ("64_9",), 1) is None


def test_places_and_their_media_are_named_by_the_number_alone() -> None:
    assert MAX_ID.behind(None, ("65_9", "64_9"), 2) == "64_9"
    assert MAX_PK.behind(None, ("65_9", "64_9"), 2) == "64"
    assert MAX_PK.is_behind("64", "64_9")
    assert not MAX_PK.is_behind("64", "65_9")
