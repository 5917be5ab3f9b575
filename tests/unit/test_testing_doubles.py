"""What the package gives to its users' own tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from instagram_async import (
    Client,
    Media,
    Request,
    Response,
    Tag,
    Timeout,
    TransportError,
    UserSummary,
)
from instagram_async.testing import ManualClock, Script, ScriptedTransport

REQUEST = Request("GET", "http://127.0.0.1/v1/users/self", query=(("access_token", "hush"),))
MEDIA = Media(
    id="64_9",
    created_time=datetime(2015, 9, 12, tzinfo=UTC),
    user=UserSummary(id="9", username="ann"),
)


async def test_models_are_written_as_v1_sends_them() -> None:
    reply = ScriptedTransport.reply
    transport = ScriptedTransport([reply([MEDIA], pagination={})])
    client = Client("token", transport=transport, base_url="http://127.0.0.1/v1")
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
