"""The models: inert values, and the little that they work out."""

from __future__ import annotations

import pickle
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instagram_async import (
    CarouselItem,
    Images,
    Media,
    Rendition,
    UserSummary,
    Videos,
    models,
    pk_to_shortcode,
    shortcode_to_pk,
)
from instagram_async.models.pk import first_pk, later, pk_ms, pk_second
from instagram_async.models.rendition import largest
from tests.support.strategies import MODELS

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def media(**more: Any) -> Media:
    given: dict[str, Any] = {
        "id": "64_9",
        "created_time": datetime(2015, 9, 10, tzinfo=UTC),
        "user": UserSummary(id="9", username="ann"),
        **more,
    }
    return Media(**given)


def size(name: str, width: int = 0, height: int = 0) -> Rendition:
    return Rendition(url=f"http://127.0.0.1/{name}", width=width, height=height)


def test_every_model_has_a_strategy() -> None:
    classes = {each for each in vars(models).values() if isinstance(each, type)}
    assert classes == set(MODELS)


@every_model
@given(data=st.data())
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_inert_values(model: type[Any], data: st.DataObject) -> None:
    value = data.draw(MODELS[model])
    copied = pickle.loads(pickle.dumps(value))
    assert copied == value
    assert copied is not value
    assert hash(copied) == hash(value)
    assert attrs.evolve(value) == value
    assert repr(value).startswith(f"{model.__name__}(")


@every_model
def test_frozen_and_slotted(model: type[Any]) -> None:
    value = object.__new__(model)
    first = attrs.fields(model)[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, first, "changed")
    assert not hasattr(value, "__dict__")
    assert all(field.kw_only for field in attrs.fields(model))


def test_what_is_required() -> None:
    required = {
        model.__name__: {
            field.name for field in attrs.fields(model) if field.default is attrs.NOTHING
        }
        for model in MODELS
    }
    assert {name: names for name, names in required.items() if names} == {
        "Media": {"id", "created_time", "user"},
        "UserSummary": {"id", "username"},
        "User": {"id", "username"},
        "TaggedUser": {"username"},
        "UserInPhoto": {"user"},
        "Position": {"x", "y"},
        "Comment": {"id", "created_time"},
        "Rendition": {"url"},
        "Tag": {"name"},
    }


@pytest.mark.parametrize(
    ("pk", "shortcode"),
    [
        (0, "A"),
        (1, "B"),
        (63, "_"),
        (64, "BA"),
        (62 * 64 + 63, "-_"),
        (1072892704941941781, "7jrjsQLCQV"),
        (2**63 - 1, "H__________"),
    ],
)
def test_shortcodes(pk: int, shortcode: str) -> None:
    assert pk_to_shortcode(pk) == shortcode
    assert shortcode_to_pk(shortcode) == pk


@given(pk=st.integers(min_value=0, max_value=2**70))
def test_shortcodes_come_back(pk: int) -> None:
    assert shortcode_to_pk(pk_to_shortcode(pk)) == pk
    spelled = urlsafe_b64encode(pk.to_bytes(9, "big")).decode().lstrip("A")
    assert pk_to_shortcode(pk) == (spelled or "A")


def test_codes_of_private_accounts_are_longer() -> None:
    public = "BVx0aaaaaaa"
    assert shortcode_to_pk(public + "x" * 28) == shortcode_to_pk(public)
    assert shortcode_to_pk("B" * 28) > shortcode_to_pk("B" * 29)


@pytest.mark.parametrize("shortcode", ["", "a b", "a/b", "é", "BA?"])
def test_texts_that_are_no_shortcodes(shortcode: str) -> None:
    with pytest.raises(ValueError, match="shortcode"):
        shortcode_to_pk(shortcode)


def test_negative_numbers_have_no_shortcode() -> None:
    with pytest.raises(ValueError, match="-1"):
        pk_to_shortcode(-1)


@pytest.mark.parametrize(
    ("link", "shortcode"),
    [
        ("http://instagr.am/p/BQ0/", "BQ0"),
        ("https://www.instagram.com/p/BHq1-_/?taken-by=ann", "BHq1-_"),
        ("https://instagram.com/p/7jw", "7jw"),
        ("https://instagram.com/p/7jw?x=/", "7jw"),
        ("https://instagram.com/p/", "BA"),
        ("https://instagram.com/ann", "BA"),
        ("", "BA"),
        (None, "BA"),
    ],
)
def test_the_shortcode_of_a_media(link: str | None, shortcode: str) -> None:
    assert media(link=link).shortcode == shortcode
    assert media(link=link, id="64").shortcode == shortcode


def test_a_media_without_link_or_number_has_no_shortcode() -> None:
    assert media(id="draft_9").shortcode is None
    assert media(id="").shortcode is None


@pytest.mark.parametrize("build", [media, CarouselItem])
def test_only_videos_are_videos(build: Any) -> None:
    assert build(type="video").is_video
    assert not build(type="image").is_video
    assert not build(type="carousel").is_video


def test_the_largest_rendition_by_pixels() -> None:
    tall = size("tall", 320, 900)
    assert largest(Images(thumbnail=size("t", 150, 150), low_resolution=tall)) == tall.url
    assert largest(Videos(low_bandwidth=size("b", 10, 10))) == "http://127.0.0.1/b"
    assert largest(Videos(low_bandwidth=tall, standard_resolution=size("s", 9, 9))) == tall.url


def test_of_equal_renditions_the_better_named_one() -> None:
    same = Images(
        thumbnail=size("t", 9, 4),
        low_resolution=size("l", 6, 6),
        standard_resolution=size("s", 4, 9),
    )
    assert largest(same) == "http://127.0.0.1/s"
    assert largest(attrs.evolve(same, standard_resolution=None)) == "http://127.0.0.1/l"


def test_a_number_tells_when_it_was_given_out() -> None:
    # By what it was recorded with: 2015-09-20 08:00:00 UTC.
    pk = 1_078_190_959_474_245_632
    assert pk_second(pk) == 1_442_750_400
    assert first_pk(pk_ms(pk)) <= pk < first_pk(pk_ms(pk) + 1)
    assert pk_ms(later(pk, 1500)) == pk_ms(pk) + 1500
    assert later(pk, 0) == pk


def test_no_rendition_at_all() -> None:
    assert largest(None) is None
    assert largest(Images()) is None
    assert largest(Videos()) is None


@pytest.mark.parametrize("build", [media, CarouselItem])
def test_the_url_is_the_videos_before_the_pictures(build: Any) -> None:
    pictures = Images(standard_resolution=size("cover.jpg", 2000, 2000))
    films = Videos(low_resolution=size("film.mp4", 10, 10))
    assert build(images=pictures, videos=films).url == "http://127.0.0.1/film.mp4"
    assert build(images=pictures, videos=Videos()).url == "http://127.0.0.1/cover.jpg"
    assert build(images=pictures).url == "http://127.0.0.1/cover.jpg"
    assert build().url is None
