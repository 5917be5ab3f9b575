"""Which errors pass by themselves, and how long a watch keeps away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from instagram_async import APIError, RateLimitError, ResponseError, ServerError
from instagram_async.paging.backoff import ask_again_at, is_transient

BUSY = ServerError("busy", "GET things/{id}", 503)


def test_a_broken_reply_passes_and_a_shape_does_not() -> None:
    assert is_transient(ResponseError("not JSON"))
    assert not is_transient(ResponseError("no list", None, "data"))
    assert not is_transient(APIError("odd", None, 418))


@pytest.mark.parametrize(
    ("failures", "least", "most"),
    [(1, 0.5, 1.0), (2, 1.0, 2.0), (5, 8.0, 16.0), (9, 128.0, 256.0), (10, 150.0, 300.0)],
)
def test_it_doubles_up_to_five_minutes(failures: int, least: float, most: float) -> None:
    assert ask_again_at(BUSY, failures, 100.0, 0.0) == 100.0 + least
    assert ask_again_at(BUSY, failures, 100.0, 1.0) == 100.0 + most


def test_weeks_of_failures_are_no_overflow() -> None:
    assert ask_again_at(BUSY, 100_000, 0.0, 1.0) == 300.0


def test_the_later_of_both_counts() -> None:
    for at, when in ((5_000.0, 5_000.0), (50.0, 101.0)):
        error = RateLimitError("", None, None, datetime.fromtimestamp(at, UTC), 429)
        assert ask_again_at(error, 1, 100.0, 1.0) == when
    assert ask_again_at(RateLimitError(), 1, 100.0, 1.0) == 101.0
