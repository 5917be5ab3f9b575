"""What hooks and logs are told, and what happens when a hook fails."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from instagram_async import (
    AttemptEnded,
    Client,
    Hooks,
    InstagramError,
    Quota,
    RateLimitError,
    Request,
    RequestSent,
    Response,
    RetryPlanned,
    ServerError,
    Timeout,
    TransportError,
)
from instagram_async.retry import Retry
from tests.support.canary import TOKEN
from tests.support.offline import Line, html, offline, reply
from tests.support.virtual import run

USER = "GET users/{id}"


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


class SlowLine(Line):
    async def send(self, request: Request, timeout: Timeout) -> Response:
        await asyncio.sleep(1.5)
        return await super().send(request, timeout)


def test_hooks_hear_of_everything_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("instagram_async.session.random", lambda: 1.0)
    told: list[object] = []
    line = SlowLine(
        html(503), TransportError("lost"), reply("x", headers={"X-Ratelimit-Remaining": "7"})
    )
    hooks = Hooks(on_request=told.append, on_response=told.append, on_retry=told.append)
    client = Client(TOKEN, transport=line, clock=line.clock, hooks=hooks)
    assert run(read(client)) == "x"
    failed, lost = told[2], told[5]
    assert isinstance(failed, RetryPlanned)
    assert isinstance(lost, RetryPlanned)
    assert isinstance(failed.error, ServerError)
    assert str(lost.error) == "GET users/{id}: lost"
    assert told == [
        RequestSent(USER, 1),
        AttemptEnded(USER, 1, 503, 1.5, len(b"<html>503</html>"), None, failed.error),
        RetryPlanned(USER, 1, 0.5, failed.error),
        RequestSent(USER, 2),
        AttemptEnded(USER, 2, None, 1.5, 0, None, lost.error),
        RetryPlanned(USER, 2, 1.0, lost.error),
        RequestSent(USER, 3),
        AttemptEnded(USER, 3, 200, 1.5, len(reply("x").body), 7, None),
    ]


@pytest.mark.parametrize(
    ("hook", "sent", "places_left"),
    [("on_request", 0, 1), ("on_response", 1, 0), ("on_retry", 1, 0)],
)
def test_what_a_hook_raises_reaches_the_caller(hook: str, sent: int, places_left: int) -> None:
    def fails(event: object) -> None:
        raise LookupError(f"in {hook}")

    hooks: dict[str, Any] = {hook: fails}
    client, line = offline(
        html(503), reply("fine"), hooks=Hooks(**hooks), quota=Quota(1), concurrency=1, max_wait=0
    )

    async def main() -> None:
        with pytest.raises(LookupError, match=f"in {hook}"):
            await read(client)
        assert len(line.requests) == sent
        # The slot is free again, and so is the place of what was never sent.
        expected = LookupError if places_left else RateLimitError
        with pytest.raises(expected):
            await read(client)

    run(main())


def test_a_hook_that_fails_while_many_wait_harms_nobody_else() -> None:
    told: list[object] = []

    def fails_once(event: object) -> None:
        told.append(event)
        if len(told) == 1:
            raise LookupError("in on_wait")

    client, line = offline(
        *[reply(n) for n in range(4)], quota=Quota(1, per=100), hooks=Hooks(on_wait=fails_once)
    )

    async def main() -> list[Any]:
        await read(client)
        return await asyncio.gather(*[read(client) for _ in range(4)], return_exceptions=True)

    results = run(main())
    assert [type(result) for result in results].count(LookupError) == 1
    assert sorted(result for result in results if isinstance(result, int)) == [1, 2, 3]
    assert line.left_at == [0, 100, 200, 300]


def test_debug_lines_say_what_happened(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("instagram_async.session.random", lambda: 0.5)
    caplog.set_level(logging.DEBUG, "instagram_async")
    client, _ = offline(html(503), TransportError("lost"), reply("x"))
    run(read(client))
    assert [record.getMessage() for record in caplog.records] == [
        "GET users/{id} -> 503 in 0.000 s",
        "GET users/{id}: HTTP 503 without a word (HTTP 503): attempt 1 failed, next in 0.25 s",
        "GET users/{id} -> no reply in 0.000 s",
        "GET users/{id}: lost: attempt 2 failed, next in 0.50 s",
        "GET users/{id} -> 200 in 0.000 s",
    ]
    assert {record.name for record in caplog.records} == {"instagram_async.session"}


def test_what_is_logged_has_fields_for_machines(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("instagram_async.session.random", lambda: 0.5)
    caplog.set_level(logging.DEBUG, "instagram_async")
    client, _ = offline(html(503), reply("x", headers={"X-Ratelimit-Remaining": "7"}))
    run(read(client))
    names = ("operation", "attempt", "status", "remaining", "error", "delay")
    assert [[vars(record).get(name) for name in names] for record in caplog.records] == [
        [USER, 1, 503, None, "ServerError", None],
        [USER, 1, None, None, "ServerError", 0.25],
        [USER, 2, 200, 7, None, None],
    ]


def test_an_attempt_that_is_cancelled_is_over_too() -> None:
    told: list[AttemptEnded] = []
    line = SlowLine(reply("x"))
    client = Client(TOKEN, transport=line, clock=line.clock, hooks=Hooks(on_response=told.append))

    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await read(client)

    run(main())
    assert told == [AttemptEnded(USER, 1, None, 1.0, 0, None, None)]


def test_without_debug_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "instagram_async")
    client, _ = offline(html(503), reply("x"))
    run(read(client))
    assert caplog.records == []


def test_the_last_failure_plans_nothing() -> None:
    planned: list[RetryPlanned] = []
    client, _ = offline(
        html(503), html(503), retry=Retry(attempts=2), hooks=Hooks(on_retry=planned.append)
    )
    with pytest.raises(InstagramError):
        run(read(client))
    assert [event.attempt for event in planned] == [1]
