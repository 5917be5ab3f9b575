"""What the package gives to its users' own tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from instagram_async import (
    AuthenticationError,
    Client,
    Media,
    NotFoundError,
    Pager,
    RateLimitError,
    Request,
    Response,
    Retry,
    Tag,
    Timeout,
    TransportError,
    UserSummary,
)
from instagram_async.clock import sleep
from instagram_async.testing import (
    ManualClock,
    Script,
    ScriptedTransport,
    make_media,
    make_user_summary,
)
from tests.support.canary import TOKEN

REQUEST = Request("GET", "http://127.0.0.1/v1/users/self", query=(("access_token", "hush"),))
MEDIA = Media(
    id="64_9",
    created_time=datetime(2015, 9, 12, tzinfo=UTC),
    user=UserSummary(id="9", username="ann"),
)
PAGED: list[Callable[[Client], Pager[Any]]] = [
    lambda client: client.user_recent("9"),
    lambda client: client.user_feed(),
    lambda client: client.user_liked(),
    lambda client: client.user_follows(),
    lambda client: client.user_followed_by("9"),
    lambda client: client.tag_recent("ёлка"),
    lambda client: client.location_recent("7"),
    lambda client: client.geography_recent("7"),
]


async def test_models_are_written_as_v1_sends_them() -> None:
    reply = ScriptedTransport.reply
    transport = ScriptedTransport([reply([MEDIA], pagination={})])
    client = Client(TOKEN, transport=transport, base_url="http://127.0.0.1/v1")
    assert await client.user_recent("9").collect() == [MEDIA]
    assert (
        reply(Tag(name="snow", media_count=3)).body
        == reply({"name": "snow", "media_count": 3}).body
    )
    assert b'"created_time": "1442016000"' in reply({"newest": MEDIA}).body
    assert reply(None).body == b'{"meta": {"code": 200}, "data": null}'


async def test_a_script_is_any_iterable_of_responses_errors_and_functions() -> None:
    def echo(request: Request) -> Response:
        return ScriptedTransport.reply(dict(request.query)["access_token"])

    def script() -> Any:
        steps: tuple[Script, ...] = (Response(204, {}, b""), TransportError("lost"), echo)
        yield from steps

    transport = ScriptedTransport(script())
    assert (await transport.send(REQUEST, Timeout(total=7))).status == 204
    with pytest.raises(TransportError, match="lost"):
        await transport.send(REQUEST, Timeout())
    assert b"hush" in (await transport.send(REQUEST, Timeout())).body
    assert transport.requests == [REQUEST] * 3
    assert [timeout.total for timeout in transport.timeouts] == [7, 60, 60]
    with pytest.raises(AssertionError, match="nothing left in the script"):
        await transport.send(REQUEST, Timeout())


@pytest.mark.parametrize("step", [lambda request: {"data": 1}, lambda request: None, {"data": 1}])
async def test_a_step_that_gives_no_response_is_named(step: object) -> None:
    transport = ScriptedTransport([cast("Script", step)])
    with pytest.raises(
        TypeError, match=r"a script gives a Response for .*, not (None|\{)"
    ) as caught:
        await transport.send(REQUEST, Timeout())
    assert "hush" not in str(caught.value)


async def test_texts_of_the_doubles() -> None:
    clock = ManualClock(now=100)
    clock.advance(5)
    assert repr(clock) == "ManualClock(now=105.0)"
    transport = ScriptedTransport([Response(200, {}, b"hush"), Response(200, {}, b"")])
    await transport.send(REQUEST, Timeout())
    assert repr(transport) == "ScriptedTransport(requests=1, left=1)"


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("ask", PAGED, ids=lambda ask: ask(Client(TOKEN)).listing.path)
async def test_a_page_has_the_key_that_its_listing_reads(
    ask: Callable[[Client], Pager[Any]], count: int
) -> None:
    model = ask(Client(TOKEN)).listing.model
    make = make_media if model is Media else make_user_summary
    items = [make(number) for number in reversed(range(count + 1))]
    script = [
        ScriptedTransport.page(items[:1], next=items[0].id),
        ScriptedTransport.page(items[1:], headers={"X-Ratelimit-Limit": "5000"}),
    ]
    transport = ScriptedTransport(script)
    assert await ask(Client(TOKEN, transport=transport)).collect() == items
    assert len(transport.requests) == 2


async def test_a_page_of_a_list_without_pages_has_no_next_one() -> None:
    script = [ScriptedTransport.page([], next="9"), ScriptedTransport.page([])]
    client = Client(TOKEN, transport=ScriptedTransport(script))
    with pytest.raises(AssertionError, match=r"there is no next page for .*users/search"):
        await client.user_search("ann").collect()
    assert await client.user_search("ann").collect() == []


async def test_refusals_in_both_envelopes() -> None:
    refusal = ScriptedTransport.refusal
    script = [
        refusal("APINotFoundError", "this user does not exist"),
        refusal("OAuthException", "no", headers={"Retry-After": "7"}),
        refusal("OAuthRateLimitException", "too many", 429, flat=True),
        refusal("OAuthRateLimitException", "too many", 429),
    ]
    client = Client(TOKEN, transport=ScriptedTransport(script), retry=Retry(attempts=1))
    with pytest.raises(NotFoundError) as missing:
        await client.user("404")
    assert (missing.value.status, missing.value.error_type) == (400, "APINotFoundError")
    with pytest.raises(AuthenticationError):
        await client.user("404")
    assert script[1].headers["retry-after"] == "7"
    with pytest.raises(RateLimitError) as general:
        await client.like("64_9")
    assert (general.value.status, general.value.family) == (429, None)
    with pytest.raises(RateLimitError) as of_likes:
        await Client(TOKEN, transport=ScriptedTransport(script[3:]), retry=Retry(attempts=1)).like(
            "64_9"
        )
    assert of_likes.value.family == "likes"


async def test_a_clock_can_be_waited_for() -> None:
    clock = ManualClock(now=100)
    script: list[Script] = [TransportError("lost"), ScriptedTransport.reply(make_user_summary(1))]
    client = Client(TOKEN, transport=ScriptedTransport(script), clock=clock)
    call = asyncio.create_task(client.user("9"))
    when = await clock.waiting()
    assert when == clock.next_timer()
    assert 100 < when <= 100.5
    assert not call.done()
    clock.advance(1)
    assert (await call).username == "user_1"
    with pytest.raises(AssertionError, match="nobody waits"):
        await clock.waiting()


async def test_a_clock_runs_what_waits_by_it() -> None:
    clock = ManualClock()

    async def work(*waits: float) -> list[float]:
        woken = []
        for wait in waits:
            await sleep(clock, wait)
            woken.append(clock.now())
        return woken

    async def fail() -> None:
        await sleep(clock, 5)
        raise TransportError("lost")

    assert await clock.run(work(3600, 0, 60)) == [3600, 3600, 3660]
    with pytest.raises(TransportError, match="lost"):
        await clock.run(fail())
    assert clock.now() == 3665


async def test_what_a_clock_runs_ends_with_it() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.create_task(ManualClock().run(work()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(ended.wait(), 5)
