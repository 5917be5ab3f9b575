"""Properties: what is written is read again, and the two lanes read alike."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instagram_async import Media, structure, unstructure
from instagram_async.paging.page import ListReply
from tests.support.fixtures import read
from tests.support.lanes import REFUSED, by_careful_lane, by_fast_lane, careful_page, page, told
from tests.support.strategies import MODELS, bodies

some = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
many = settings(some, max_examples=300)
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@every_model
@given(data=st.data())
@some
def test_written_and_read_again(model: type[Any], data: st.DataObject) -> None:
    value = data.draw(MODELS[model])
    text = json.dumps(unstructure(value))
    assert structure(text, model) == value
    assert by_fast_lane(text.encode(), model) == value
    assert by_careful_lane(text.encode(), model) == value


@every_model
@given(data=st.data())
@some
def test_what_the_fast_lane_takes_the_careful_one_takes(
    model: type[Any], data: st.DataObject
) -> None:
    body = data.draw(bodies(model))
    value = by_fast_lane(body, model)
    if value is not REFUSED:
        assert told(by_careful_lane(body, model)) == told(value)


@given(body=bodies(Media, page=True))
@many
def test_a_page_is_the_same_by_either_lane(body: bytes) -> None:
    assert told(page(body, Media)) == told(careful_page(body, Media))


@given(wires=st.lists(MODELS[Media].map(unstructure), max_size=3))
@some
def test_a_sound_page_is_read_whole_by_either_lane(wires: list[dict[str, Any]]) -> None:
    body = json.dumps({"data": wires, "pagination": {"next_max_id": "7"}}).encode()
    for found in (page(body, Media), careful_page(body, Media)):
        assert isinstance(found, ListReply)
        assert found.items == tuple(structure(wire, Media) for wire in wires)
        assert found.pagination == {"next_max_id": "7"}


@pytest.mark.parametrize("year", ["2013", "2015", "2016", "2017"])
def test_what_servers_sent_since_2013_takes_the_fast_lane(year: str) -> None:
    recent = json.dumps(json.loads(read(f"media/recent_{year}.json"))["data"]).encode()
    assert by_fast_lane(recent, list[Media]) == by_careful_lane(recent, list[Media])


@given(body=st.binary(max_size=40), status=st.sampled_from([200, 301, 400, 503]))
@many
def test_no_body_makes_a_page_raise(body: bytes, status: int) -> None:
    assert told(page(body, Media, status)) == told(careful_page(body, Media, status))
