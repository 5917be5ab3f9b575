"""Errors of a watch: which are survived, how long it keeps away, and who hears of it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from instagram_async import (
    AuthenticationError,
    ClientClosedError,
    ConnectError,
    InstagramError,
    NotFoundError,
    PagingError,
    PermissionDeniedError,
    QuotaStoreError,
    RateLimitError,
    ResponseError,
    RetiredError,
    ServerError,
    TransportError,
    watch,
)
from instagram_async.paging import ListReply
from tests.support.lists import Post
from tests.support.virtual import run
from tests.support.watched import Watched, nothing, posts, take

WHERE = "GET things/{id}"
PASSING = [
    TransportError("lost", WHERE),
    ConnectError("refused", WHERE),
    ServerError("busy", WHERE, 503),
    ResponseError("not JSON", WHERE),
    QuotaStoreError("locked", WHERE),
    RateLimitError("too many", WHERE, None, None, 429),
]
LASTING = [
    AuthenticationError("expired", WHERE, 400),
    PermissionDeniedError("private", WHERE, 400),
    NotFoundError("gone", WHERE, 404),
    RetiredError("gone", WHERE, 410),
    ResponseError("no list", WHERE, "data"),
    ClientClosedError("closed", WHERE),
    PagingError("nothing", WHERE, "empty_pages"),
]


def name_of(error: InstagramError) -> str:
    return f"{type(error).__name__}-{error.message}"


@pytest.mark.parametrize("error", PASSING, ids=name_of)
def test_what_passes_is_survived_and_told(
    error: InstagramError, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1))
        items = shelf.watch()
        await nothing(items, 10)
        shelf.posts += posts(*range(2, 50))
        shelf.fail = [error, error]
        await nothing(items, 50.3)
        assert (items.failures, items.last_error) == (1, error)
        assert items.watermark is not None
        assert error.__traceback__ is None
        assert error.checkpoint is not None
        saved = watch(shelf.pager().resume(error.checkpoint), every=60)
        assert saved.watermark == items.watermark
        assert await take(items, 48) == list(range(2, 50))
        assert (items.failures, items.last_error) == (0, None)

    with caplog.at_level(logging.WARNING):
        run(scenario())
    told = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert [record.name for record in told] == ["instagram_async.paging"] * 2
    assert [vars(record)["failures"] for record in told] == [1, 2]
    assert {vars(record)["error"] for record in told} == {type(error).__name__}
    assert str(told[0].msg % told[0].args).startswith("GET things/7: failure 1, next look in ")


@pytest.mark.parametrize("error", LASTING, ids=name_of)
def test_what_stays_is_raised_and_the_iterator_is_not_used_up(error: InstagramError) -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1))
        items = shelf.watch()
        await nothing(items, 10)
        shelf.posts += posts(*range(2, 50))
        shelf.fail = [ServerError("busy", WHERE, 503), error]
        with pytest.raises(type(error)) as caught:
            await anext(items)
        assert caught.value is error
        assert items.last_error is None
        before = len(shelf.times)
        assert await take(items, 48) == list(range(2, 50))
        gap = shelf.times[before] - shelf.times[before - 1]
        assert 1.0 <= gap <= 2.0  # who goes on at once is no flood
        await nothing(items)

    run(scenario())


def test_an_error_in_a_round_tells_the_place_before_it() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1))
        items = shelf.watch()
        await nothing(items, 10)
        shelf.posts += posts(*range(2, 50))
        pages = iter((None, NotFoundError("gone", WHERE, 404)))

        def second_fails(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
            if error := next(pages, None):
                raise error
            return reply

        shelf.bend = second_fails
        with pytest.raises(NotFoundError) as caught:
            await anext(items)
        again = watch(shelf.pager().resume(caught.value.checkpoint or ""), every=60)
        assert await take(again, 48) == await take(items, 48) == list(range(2, 50))

    run(scenario())


def test_a_round_of_empty_pages_is_gone_on_with() -> None:
    async def scenario() -> None:
        shelf = Watched([])
        items = shelf.watch(count=1)
        await nothing(items, 10)
        shelf.posts += posts(*range(1, 61))
        nearly_all: set[str] = set()

        def hidden(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
            nearly_all.add(asked.get("max_id", ""))
            return reply._replace(items=()) if len(nearly_all) <= 55 else reply

        shelf.bend = hidden
        with pytest.raises(PagingError, match="50 pages"):
            await anext(items)
        assert await take(items, 5) == [1, 2, 3, 4, 5]

    run(scenario())


def test_whoever_catches_what_stays_and_goes_on_asks_ever_more_seldom() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1), fail=[AuthenticationError("expired", WHERE, 400)] * 30)
        items = shelf.watch()
        for _ in range(30):
            with pytest.raises(AuthenticationError):
                await anext(items)
        gaps = [later - sooner for sooner, later in zip(shelf.times, shelf.times[1:], strict=False)]
        assert all(150 <= gap <= 300 for gap in gaps[10:])

    run(scenario())


def test_an_outage_is_asked_through_with_growing_and_scattered_patience() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1), fail=[ServerError("busy", WHERE, 503)] * 14)
        items = shelf.watch(every=3600)
        await nothing(items, 3500)
        gaps = [later - sooner for sooner, later in zip(shelf.times, shelf.times[1:], strict=False)]
        assert len(gaps) == 14
        for index, gap in enumerate(gaps):
            most = min(300.0, 2.0**index)
            assert most / 2 <= gap <= most
        assert len({round(gap / min(300.0, 2.0**index), 6) for index, gap in enumerate(gaps)}) > 5

    run(scenario())


def test_the_quota_says_when(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1))
        again = datetime.fromtimestamp(1_000_000 + 5_000, UTC)
        shelf.fail = [RateLimitError("used up", WHERE, None, again)]
        await nothing(shelf.watch(), 5_001)
        assert shelf.times == [0.0, 5_000.0]
        assert [vars(record)["delay"] for record in caplog.records] == [5_000.0]
        past = datetime.fromtimestamp(1_000, UTC)
        shelf.fail = [RateLimitError("used up", WHERE, None, past)]
        shelf.times.clear()
        await nothing(shelf.watch(), 1.5)
        assert 0.5 <= shelf.times[1] - shelf.times[0] <= 1.0

    run(scenario())


def test_failures_cost_as_much_quota_as_pages() -> None:
    async def scenario() -> None:
        shelf = Watched(posts(1), fail=[TransportError("lost", WHERE)])
        await nothing(shelf.watch(every=10, seconds_for=lambda requests: 40.0 * requests), 130)
        assert shelf.times == [0.0, 40.0, 80.0, 120.0]

    run(scenario())


def test_a_round_that_runs_in_a_circle_is_begun_again() -> None:
    def bent(asked: dict[str, str], reply: ListReply[Post]) -> ListReply[Post]:
        circle = {"next_max_id": asked.get("max_id", "45")}
        return reply._replace(pagination=circle)

    async def scenario() -> None:
        shelf = Watched(posts(1))
        items = shelf.watch(count=2)
        await nothing(items, 10)
        shelf.posts += posts(*range(2, 50))
        shelf.bend = bent
        for _ in range(2):
            with pytest.raises(PagingError, match="second time"):
                await anext(items)
        shelf.bend = None
        assert await take(items, 48) == list(range(2, 50))

    run(scenario())
