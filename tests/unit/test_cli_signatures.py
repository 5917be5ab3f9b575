from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cyclopts import Token

from instagram_async import Client
from instagram_async.cli.signatures import example_of, instant, signature_of, words_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1442750000", datetime(2015, 9, 20, 11, 53, 20, tzinfo=UTC)),
        ("100000000", datetime(1973, 3, 3, 9, 46, 40, tzinfo=UTC)),
        ("2014-01-31", datetime(2014, 1, 31, tzinfo=UTC)),
        ("2014-01-31T12:30", datetime(2014, 1, 31, 12, 30, tzinfo=UTC)),
        ("20140131", datetime(2014, 1, 31, tzinfo=UTC)),
        (
            "2014-01-31T12:30+02:00",
            datetime(2014, 1, 31, 12, 30, tzinfo=timezone(timedelta(hours=2))),
        ),
    ],
)
def test_an_instant_is_a_number_or_a_day_or_a_time(text: str, found: datetime) -> None:
    read = instant(None, [Token(value=text)])
    assert read == found
    assert read.tzinfo is not None


def test_what_is_no_instant_is_refused() -> None:
    for text in "yesterday", "2014-02-30", "", "9" * 13, "9" * 30:
        with pytest.raises(ValueError, match=f"{text!r} is no day"):
            instant(None, [Token(value=text)])


def test_a_signature_is_the_methods_own_and_the_options() -> None:
    signature = signature_of(Client.media_search, more=dict)
    names = ["lat", "lng", "distance", "min_timestamp", "max_timestamp", "count", "more"]
    assert list(signature.parameters) == names
    assert signature.parameters["more"].default == {}
    assert example_of(signature, ["instagram-async", "media-search"], "--limit 5") == (
        "instagram-async media-search 48.858 2.294 --limit 5"
    )


def test_an_argument_without_a_sample_is_written_as_it_is_called() -> None:
    signature = signature_of(Client.media_comments)
    assert example_of(signature, ["x", "media-comments"]) == "x media-comments MEDIA_ID"


def test_the_words_are_those_of_the_method() -> None:
    words = inspect.cleandoc(words_of(Client.tag, "instagram-async tag snow"))
    assert words.startswith(
        "A tag and how often it is used.\n\nExample: `instagram-async tag snow`"
    )
    assert "\nArgs:\n    name: " in words
    assert "Raises" not in words
    assert ">>>" not in words


def test_a_method_without_arguments_has_no_words_for_them() -> None:
    assert "Args" not in words_of(Client.user_requested_by, "x")
