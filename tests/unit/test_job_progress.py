"""How far a job is said to be, and for how long yet."""

from __future__ import annotations

import pytest

from instagram_async import ServerQuota
from instagram_async.bulk import Progress
from instagram_async.bulk.progress import Meter, eta

HALF = Progress(listings=10, over=4, failed=1, open=5, items=200, requests=20, rate=10.0)


def test_the_rate_is_that_of_the_last_minute() -> None:
    meter = Meter(1000)
    assert meter.rate(1000, 0) == 0
    assert meter.rate(1010, 50) == 5
    assert meter.rate(1060, 600) == 10
    assert meter.rate(1070, 650) == 10  # of the 600 since 1010
    assert meter.rate(1120, 650) == pytest.approx(50 / 60)
    assert meter.rate(1130, 650) == 0


def test_a_long_silence_is_part_of_the_rate() -> None:
    meter = Meter(0)
    meter.rate(10, 100)
    assert meter.rate(3610, 400) == pytest.approx(300 / 3600)


def test_it_remembers_no_more_than_one_a_second() -> None:
    meter = Meter(0)
    for number in range(100_000):
        rate = meter.rate(number / 1000, number)
    assert rate == pytest.approx(1000, rel=0.02)
    assert len(meter._marks) <= 62


def test_the_rest_takes_what_each_listing_that_is_over_took() -> None:
    assert eta(HALF, 200) == 5 * (200 / 4) / 10
    assert eta(HALF, 400) == 5 * (400 / 4) / 10  # what earlier runs kept says as much


@pytest.mark.parametrize(
    "unknown",
    [
        {"listings": None},
        {"over": 0},
        {"rate": 0.0},
        {"quota": ServerQuota(5000, 24)},
    ],
    ids=repr,
)
def test_where_nothing_can_be_said_nothing_is(unknown: dict[str, object]) -> None:
    assert eta(HALF._replace(**unknown), 200) is None  # type: ignore[arg-type]


def test_a_quota_that_is_enough_is_no_hindrance() -> None:
    assert eta(HALF._replace(quota=ServerQuota(5000, 25)), 200) == 25


def test_when_all_is_over_or_failed_it_takes_no_time() -> None:
    assert eta(Progress(listings=3, over=2, failed=1), 0) == 0
    assert eta(Progress(listings=0), 0) == 0
