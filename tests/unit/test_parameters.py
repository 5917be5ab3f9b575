"""Arguments to paths and wire parameters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async.v1.parameters import fill, pairs

EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("template", "args", "path"),
    [
        ("media/popular", (), "media/popular"),
        ("users/{}", ("self",), "users/self"),
        ("users/{}/media/recent", (25025320,), "users/25025320/media/recent"),
        ("media/{}/comments/{}", ("1_2", 3), "media/1_2/comments/3"),
        ("tags/{}", ("été",), "tags/%C3%A9t%C3%A9"),
        ("tags/{}", ("a/b?c#d e+%&",), "tags/a%2Fb%3Fc%23d%20e%2B%25%26"),
        ("tags/{}", ("../../oauth",), "tags/..%2F..%2Foauth"),
        ("tags/{}", ("%2e%2e",), "tags/%252e%252e"),
        ("tags/{}", ("{}",), "tags/%7B%7D"),
        ("tags/{}", ("...",), "tags/..."),
        ("tags/{}", (" ",), "tags/%20"),
    ],
)
def test_paths(template: str, args: tuple[str | int, ...], path: str) -> None:
    assert fill(template, args) == path


@given(arg=st.text(min_size=1))
def test_an_argument_is_one_segment_and_comes_back(arg: str) -> None:
    if arg in (".", ".."):
        return
    path = fill("tags/{}/media", (arg,))
    assert path.count("/") == 2
    assert unquote(path) == f"tags/{arg}/media"
    assert path.isascii()


@pytest.mark.parametrize("arg", ["", ".", "..", "\ud800"])
def test_arguments_that_would_climb_or_vanish(arg: str) -> None:
    with pytest.raises(ValueError, match=r"can't stand in the path users/\{\}|surrogates"):
        fill("users/{}", (arg,))


@pytest.mark.parametrize("arg", [True, None, 1.5, b"self", ["self"]])
def test_arguments_of_another_type(arg: Any) -> None:
    with pytest.raises(TypeError, match=r"users/\{\} takes text or whole numbers"):
        fill("users/{}", (arg,))


@pytest.mark.parametrize("args", [(), ("a", "b")])
def test_too_many_or_too_few_arguments(args: tuple[str, ...]) -> None:
    with pytest.raises(TypeError, match=f"takes 1 arguments, not {len(args)}"):
        fill("users/{}", args)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, ()),
        ({"count": None, "q": None}, ()),
        ({"q": "été &=", "count": 33}, (("q", "été &="), ("count", "33"))),
        ({"q": ""}, (("q", ""),)),
        ({"min_id": "0", "distance": 0}, (("min_id", "0"), ("distance", "0"))),
        ({"lat": -1.5, "lng": 0.0}, (("lat", "-1.5"), ("lng", "0.0"))),
        ({"min_timestamp": 1441900000}, (("min_timestamp", "1441900000"),)),
        ({"min_timestamp": datetime(2015, 9, 10, 15, 46, 40, 999_999, UTC)},
         (("min_timestamp", "1441900001"),)),
        ({"max_timestamp": datetime(2015, 9, 10, 17, 46, 40, tzinfo=EAST)},
         (("max_timestamp", "1441900000"),)),
    ],
)  # fmt: skip
def test_parameters(given: dict[str, Any], sent: tuple[tuple[str, str], ...]) -> None:
    assert pairs(given) == sent


@pytest.mark.parametrize("count", [0, -1, "5", 5.0])
def test_counts_that_no_server_takes(count: object) -> None:
    with pytest.raises(ValueError, match="count must be a whole number of at least 1"):
        pairs({"count": count})


def test_instants_need_a_time_zone() -> None:
    naive = datetime(2015, 9, 10)  # noqa: DTZ001 - that it is naive is the point
    with pytest.raises(ValueError, match="min_timestamp has no time zone"):
        pairs({"min_timestamp": naive})


@pytest.mark.parametrize("value", ["1441900000", 1441900000.5])
def test_instants_are_no_text_and_no_fractions(value: object) -> None:
    with pytest.raises(TypeError, match="max_timestamp must be an aware datetime or whole seconds"):
        pairs({"max_timestamp": value})


@pytest.mark.parametrize("value", [True, b"x", ["x"], {}, timedelta(1)])
@pytest.mark.parametrize("name", ["count", "q", "min_timestamp"])
def test_values_that_the_wire_has_no_form_for(name: str, value: object) -> None:
    with pytest.raises(TypeError, match=f"{name} must be text, a number or an aware datetime"):
        pairs({name: value})


def test_text_that_utf8_can_not_hold() -> None:
    with pytest.raises(ValueError, match="q is no text"):
        pairs({"q": "a\ud800"})
    assert pairs({"q": "\U0001f600"}) == (("q", "\U0001f600"),)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.5, "1.5"), (1e-05, "0.00001"), (-1e-07, "-0.0000001"), (1e22, "1" + "0" * 22)],
)
def test_numbers_have_no_exponents(value: float, text: str) -> None:
    assert pairs({"lat": value}) == (("lat", text),)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="lat must be a number"):
        pairs({"lat": value})
