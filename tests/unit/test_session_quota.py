"""What the session tells the gate, and what the gate makes of it (reference C.3)."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from instagram_async import (
    Client,
    ConnectError,
    Hooks,
    Quota,
    QuotaWait,
    RateLimitError,
    Response,
    Retry,
    ServerError,
    TransportError,
)
from instagram_async.testing import ManualClock, ScriptedTransport
from tests.support.canary import TOKEN
from tests.support.offline import COMMENTS, LIKES, START, html, offline, refusal, reply
from tests.support.virtual import run

ONCE = Retry(attempts=1)
NOW = Retry(attempts=4, base=0)


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


async def write(client: Client, template: str = LIKES) -> Any:
    return (await client.call("POST", template, "1_2")).data


async def refused(client: Client, template: str | None = None) -> RateLimitError:
    impatient = client.with_options(max_wait=0)
    with pytest.raises(RateLimitError) as caught:
        await (read(impatient) if template is None else write(impatient, template))
    return caught.value


def seconds(error: RateLimitError) -> float:
    assert error.retry_at is not None
    assert error.retry_at.tzinfo is UTC
    return error.retry_at.timestamp() - START


def left(remaining: int, limit: int = 10) -> Response:
    told = {"x-ratelimit-limit": str(limit), "X-RateLimit-Remaining": str(remaining)}
    return reply("told", headers=told)


def test_each_attempt_takes_a_place() -> None:
    client, line = offline(html(503), html(503), quota=Quota(2), max_wait=0, retry=NOW)

    async def main() -> None:
        with pytest.raises(ServerError):  # what was met, not that it can't be tried again
            await read(client)
        with pytest.raises(RateLimitError) as caught:
            await read(client)
        assert caught.value.status is None

    run(main())
    assert len(line.requests) == 2


def test_a_refusal_that_can_not_be_waited_out_is_the_servers() -> None:
    client, line = offline(refusal(429), quota=Quota(9, per=60), max_wait=5, retry=NOW)
    with pytest.raises(RateLimitError) as caught:
        run(read(client))
    assert caught.value.status == 429
    assert caught.value.retry_at is not None
    assert caught.value.retry_at.timestamp() == START + 60
    assert len(line.requests) == 1


def test_what_was_never_sent_takes_no_place() -> None:
    failures = [ConnectError("refused")] * 3
    client, line = offline(*failures, reply("fine"), quota=Quota(1), max_wait=0, retry=NOW)

    async def main() -> None:
        assert await read(client) == "fine"
        await refused(client)

    run(main())
    assert len(line.requests) == 4


def test_a_lost_request_keeps_its_place_as_long_as_it_may_arrive() -> None:
    client, _ = offline(TransportError("lost"), quota=Quota(1, per=100), retry=ONCE)

    async def main() -> float:
        with pytest.raises(TransportError):
            await read(client)
        return seconds(await refused(client))

    assert run(main()) == 60 + 100  # the timeout's total, and a window


def test_a_retry_waits_outside_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("instagram_async.session.random", lambda: 1.0)
    client, line = offline(
        html(503), reply("other"), reply("first"), concurrency=1, retry=Retry(base=30)
    )

    async def main() -> None:
        first = asyncio.create_task(read(client))
        await asyncio.sleep(1)
        assert await read(client) == "other"
        assert await first == "first"

    run(main())
    assert line.left_at == [0, 1, 30]


@pytest.mark.parametrize("attempts", [1, 2])
def test_the_general_refusal_closes_everything(attempts: int) -> None:
    script = [refusal(429, flat=True)] * attempts
    client, line = offline(*script, retry=Retry(attempts=attempts, base=0))

    async def main() -> None:
        with pytest.raises(RateLimitError) as caught:
            await read(client)
        assert (caught.value.status, caught.value.family) == (429, None)
        assert seconds(caught.value) == 60 if attempts == 1 else 60 + 60
        for template in (None, LIKES, COMMENTS):
            ours = await refused(client, template)
            assert ours.status is None
            assert ours.retry_at == caught.value.retry_at

    run(main())
    assert len(line.requests) == attempts


def test_a_familys_refusal_closes_the_family() -> None:
    client, line = offline(refusal(429), reply("read"), reply("comment"), retry=ONCE)

    async def main() -> None:
        with pytest.raises(RateLimitError) as caught:
            await write(client, LIKES)
        assert (caught.value.status, caught.value.family) == (429, "likes")
        assert seconds(caught.value) == 60
        assert (await refused(client, LIKES)).family == "likes"
        assert await read(client) == "read"
        assert await write(client, COMMENTS) == "comment"

    run(main())
    assert line.left_at == [0, 0, 0]


def test_a_refusal_in_meta_of_a_read_is_the_general_one() -> None:
    client, _ = offline(refusal(429), retry=ONCE)

    async def main() -> None:
        with pytest.raises(RateLimitError) as caught:
            await read(client)
        assert caught.value.family is None
        await refused(client)

    run(main())


@pytest.mark.parametrize(("after", "pause"), [("7", 7), ("0", 0), ("999999", 3600), ("soon", 60)])
def test_retry_after_is_obeyed_and_capped(after: str, pause: float) -> None:
    asked = refusal(429, flat=True, headers={"retry-after": after})
    client, line = offline(asked, reply("fine"), retry=NOW)
    assert run(read(client)) == "fine"
    assert line.left_at == [0, pause]


def test_retry_after_may_be_a_date() -> None:
    headers = {
        "Date": "Mon, 01 Jun 2020 10:00:00 GMT",
        "Retry-After": "Mon, 01 Jun 2020 10:02:00 GMT",
    }
    client, line = offline(refusal(429, headers=headers), reply("fine"), retry=NOW)
    run(read(client))
    assert line.left_at == [0, 120]


def test_refusals_in_a_row_double_the_pause() -> None:
    client, line = offline(*[refusal(429, flat=True)] * 3, reply("fine"), retry=NOW)
    run(read(client))
    assert line.left_at[0] == 0
    pauses = [b - a for a, b in zip(line.left_at, line.left_at[1:], strict=False)]
    assert pauses == [60, 60, 120]


def test_a_header_that_forbids_lets_one_probe_go_a_slice() -> None:
    script = [left(0), left(0), left(0), left(3), left(2), left(1), left(0)]
    client, line = offline(*script, quota=Quota(10, per=100))

    async def main() -> None:
        for _ in script:
            await read(client)

    run(main())
    assert line.left_at == [0, 10, 20, 30, 30, 30, 30]


def test_a_header_that_allows_more_than_we_do_changes_nothing() -> None:
    client, line = offline(left(4999, 5000), left(4998, 5000), quota=Quota(1, per=100))

    async def main() -> None:
        await read(client)
        await read(client)

    run(main())
    assert line.left_at == [0, 100]


async def test_a_wait_that_is_too_long_is_refused_at_once() -> None:
    clock = ManualClock(START)
    transport = ScriptedTransport([reply("one")])
    client = Client(TOKEN, transport=transport, clock=clock, quota=Quota(1), max_wait=3599)
    await read(client)
    with pytest.raises(RateLimitError) as caught:
        await asyncio.wait_for(read(client), 1)  # the clock stands still
    assert caught.value.operation == "GET users/{id}"
    assert caught.value.retry_at == datetime.fromtimestamp(START + 3600, UTC)
    assert len(transport.requests) == 1
    patient = asyncio.create_task(read(client.with_options(max_wait=3600)))
    await asyncio.sleep(0)
    transport.add(reply("two"))
    clock.advance(3600)
    assert await patient == "two"


def test_a_long_wait_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    told: list[QuotaWait] = []
    client, line = offline(
        *[reply(n) for n in range(4)], quota=Quota(1, per=100), hooks=Hooks(on_wait=told.append)
    )

    async def main() -> None:
        await read(client)
        await asyncio.gather(*[read(client) for _ in range(3)])

    run(main())
    assert line.left_at == [0, 100, 200, 300]
    assert told == [QuotaWait(None, 100.0, 1)]
    [record] = [r for r in caplog.records if r.levelno == logging.WARNING]
    assert record.name == "instagram_async.quota"
    assert "all requests is used up: 1 waiting, the next may go in 100 s" in record.getMessage()


def test_a_short_wait_is_not_worth_a_word(caplog: pytest.LogCaptureFixture) -> None:
    told: list[QuotaWait] = []
    client, line = offline(
        reply(1), reply(2), quota=Quota(1, per=5), hooks=Hooks(on_wait=told.append)
    )

    async def main() -> None:
        await read(client)
        await read(client)

    run(main())
    assert line.left_at == [0, 5]
    assert told == []
    assert caplog.records == []
