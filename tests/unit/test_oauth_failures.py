"""An exchange that fails is one request, and shows no secret."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from instagram_async import (
    APIError,
    AuthenticationError,
    ConnectError,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    Request,
    Response,
    ResponseError,
    ServerError,
    SignatureError,
    Timeout,
    TransportError,
)
from instagram_async.testing.transport import Script
from tests.support.canary import CODE, SECRET, TOKEN
from tests.support.hunt import Hunt
from tests.support.oauth import GOOD, HUNT, hunted, oauth, scripted
from tests.support.offline import html, refusal
from tests.support.raw import Answer, http, raw_server, refused_port
from tests.support.until import until


@pytest.fixture(autouse=True)
def _logs(caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.DEBUG)
    yield
    assert HUNT.records(caplog.records) == []


# The page of consent.


def oauth_refusal(message: str, error_type: str = "OAuthException", status: int = 400) -> Response:
    return refusal(status, error_type, message, flat=True)


LIMIT = "You have exceeded the maximum number of requests per hour."
FAILURES: list[tuple[Script, type[InstagramError], str]] = [
    # What reference C.2 knows of OAuth.
    *[
        (oauth_refusal(message), AuthenticationError, message)
        for message in (
            "No matching code found.",
            "Matching code was not found or was already used.",
            "Redirect URI does not match registered redirect URI",
            "You must provide a client_id",
            "Invalid scope field(s): basic",
            "Invalid scope field(s): ",
            "Invalid scope: ['basic']",
        )
    ],
    (
        oauth_refusal("Implicit authentication is disabled", "OAuthForbiddenException", 403),
        PermissionDeniedError,
        "Implicit authentication is disabled (HTTP 403, OAuthForbiddenException)",
    ),
    (
        oauth_refusal("Invalid signed-request: no match", "OAuthForbiddenException", 403),
        SignatureError,
        "Invalid signed-request",
    ),
    (
        refusal(400, "OAuthClientException", "Missing client_secret URL parameter."),
        AuthenticationError,
        "Missing client_secret",
    ),
    (oauth_refusal(LIMIT, "OAuthRateLimitException", 429), RateLimitError, LIMIT),
    (oauth_refusal(LIMIT, "OAuthRateLimitException"), RateLimitError, LIMIT),
    (oauth_refusal("no", status=200), AuthenticationError, "no (HTTP 200, OAuthException)"),
    (refusal(400, "APIError", "no"), APIError, "no (HTTP 400, APIError)"),
    # What is no JSON, or not the JSON of a token (reference C.4).
    (html(502), ServerError, "HTTP 502"),
    (html(503), ServerError, "HTTP 503"),
    (html(404), NotFoundError, "HTTP 404"),
    (html(400), InvalidRequestError, "HTTP 400"),
    (html(302), APIError, "HTTP 302"),
    (html(200), ResponseError, "no JSON object with an access_token"),
    (Response(200, {}, b""), ResponseError, "no JSON object with an access_token"),
    (Response(200, {}, GOOD.body[:-9]), ResponseError, "no JSON object with an access_token"),
    (Response(200, {}, b"[" * 100_000), ResponseError, "no JSON object with an access_token"),
    (Response(200, {}, b"[]"), ResponseError, "no JSON object with an access_token"),
    (Response(200, {}, b"{}"), ResponseError, "no JSON object with an access_token"),
    (Response(200, {}, b'{"access_token":""}'), ResponseError, "an access_token"),
    (Response(200, {}, b'{"access_token":[7]}'), ResponseError, "an access_token"),
    (Response(200, {}, json.dumps({"access_token": TOKEN}).encode()), ResponseError, "user"),
    (
        Response(200, {}, json.dumps({"access_token": TOKEN, "user": {"id": "7"}}).encode()),
        ResponseError,
        "username is missing",
    ),
    # What never became a reply.
    (TransportError("connection lost"), TransportError, "connection lost"),
    (ConnectError("no connection"), ConnectError, "no connection"),
]


@pytest.mark.parametrize(("answer", "kind", "words"), FAILURES)
async def test_every_failure_is_one_request(
    answer: Script, kind: type[InstagramError], words: str
) -> None:
    given, transport = scripted(answer, GOOD)
    with pytest.raises(InstagramError) as caught:
        await given.exchange(CODE)
    assert type(caught.value) is kind
    assert str(caught.value).startswith("POST oauth/access_token: ")
    assert words in str(caught.value)
    assert len(transport.requests) == 1
    assert getattr(caught.value, "raw", None) is None
    hunted(caught.value)


def echo(status: int, shape: Callable[[str], Any]) -> Script:
    """A server that repeats everything it was sent, and the token."""

    def answer(request: Request) -> Response:
        assert request.form is not None
        words = " or ".join([*(f"{name}={value}; {value}" for name, value in request.form), TOKEN])
        return Response(status, {}, json.dumps(shape(f"no {words}")).encode())

    return answer


ECHOES: list[Callable[[str], Any]] = [
    lambda words: {"code": 400, "error_type": "OAuthException", "error_message": words},
    lambda words: {"code": 400, "error_type": words, "error_message": words},
    lambda words: {"meta": {"code": 400, "error_type": "OAuthException", "error_message": words}},
    lambda words: {"code": 429, "error_type": "X", "error_message": words, "access_token": TOKEN},
    lambda words: {"access_token": TOKEN, "user": {"id": {"a": words}, "username": words}},
    lambda words: {"access_token": TOKEN, "user": words},
    lambda words: {"access_token": [words], "user": {"id": "1", "username": words}},
    lambda words: words,
]


@pytest.mark.parametrize("status", [200, 400, 403, 429, 500])
@pytest.mark.parametrize("shape", ECHOES)
async def test_a_server_that_repeats_what_it_was_sent(
    status: int, shape: Callable[[str], Any]
) -> None:
    given, _ = scripted(echo(status, shape))
    # Nobody knows for a token what stands in an error's words alone.
    hunt = HUNT if "access_token" in shape("") else Hunt(CODE, SECRET, blind=[__file__])
    with pytest.raises(InstagramError) as caught:
        await given.exchange(CODE)
    assert hunt.exception(caught.value) == []


@pytest.mark.shows_secret("error: TransportError", reason="the leak is planted")
async def test_a_transport_that_leaks() -> None:
    """A planted leak: the hunt finds it in the transport, and nothing of it in our error."""

    class Leaky:
        async def send(self, request: Request, timeout: Timeout) -> Response:
            query = dict(request.form or ())
            try:
                raise LookupError(f"cannot send {query}")
            except LookupError as error:
                planted.append(error)
                raise TransportError(f"lost {query['code']}, {query['client_secret']}") from error

        async def close(self) -> None:
            raise AssertionError("a transport that is lent is not closed")

    planted: list[BaseException] = []
    with pytest.raises(TransportError, match=r"lost \.\.\., \.\.\.") as caught:
        await oauth(transport=Leaky()).exchange(CODE)
    hunted(caught.value)
    assert caught.value.__context__ is caught.value.__cause__ is None
    blindless = Hunt(CODE, SECRET)
    assert any("query of" in place for place in blindless.exception(planted[0]))


@pytest.mark.parametrize("answer", [Answer(then="close"), Answer(then="reset"),
                                    Answer(http(GOOD.body, length=999), then="close")])  # fmt: skip
async def test_a_lost_reply_is_not_asked_for_again(answer: Answer) -> None:
    async with raw_server(answer) as server:
        with pytest.raises(TransportError) as caught:
            await oauth(base_url=server.base_url).exchange(CODE)
        assert type(caught.value) is TransportError
        hunted(caught.value)
        assert server.lines == ["POST /oauth/access_token"]
        assert server.connections == 1


async def test_a_lost_reply_on_a_connection_that_was_used_before() -> None:
    """Where aiohttp itself would send some requests again."""
    script = (Answer(http(GOOD.body)), Answer(then="close"))
    async with raw_server(*script) as server, aiohttp.ClientSession() as session:
        given = oauth(base_url=server.base_url, session=session)
        await given.exchange(CODE)
        with pytest.raises(TransportError) as caught:
            await given.exchange(CODE)
        hunted(caught.value)
        assert [request.connection for request in server.arrived] == [1, 1]
        assert not session.closed


async def test_limits_of_time_and_size() -> None:
    async with raw_server(Answer(then="stall")) as server:
        with pytest.raises(TransportError, match="within") as caught:
            await oauth(base_url=server.base_url, timeout=Timeout(total=0.02)).exchange(CODE)
        hunted(caught.value)
    async with raw_server(Answer(http(GOOD.body))) as server:
        with pytest.raises(TransportError, match="larger than 9 bytes") as caught:
            await oauth(base_url=server.base_url, max_bytes=9).exchange(CODE)
        hunted(caught.value)


async def test_nobody_is_there() -> None:
    with pytest.raises(ConnectError) as caught:
        await oauth(base_url=f"http://127.0.0.1:{refused_port()}/v1").exchange(CODE)
    hunted(caught.value)


async def test_a_redirect_is_not_followed() -> None:
    moved = http(b"", "Location: http://evil.example/", status="302 Found")
    async with raw_server(Answer(moved)) as server:
        with pytest.raises(APIError, match="HTTP 302") as caught:
            await oauth(base_url=server.base_url).exchange(CODE)
        hunted(caught.value)
        assert len(server.arrived) == 1


async def test_a_cancelled_exchange() -> None:
    async with raw_server(Answer(then="stall")) as server:
        task = asyncio.create_task(oauth(base_url=server.base_url).exchange(CODE))
        await until(lambda: server.arrived)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        hunted(caught.value)
        assert len(server.arrived) == 1


async def test_a_borrowed_session_that_was_closed() -> None:
    async with aiohttp.ClientSession() as session:
        pass
    with pytest.raises(RuntimeError, match="the aiohttp session is closed") as caught:
        await oauth(session=session).exchange(CODE)
    hunted(caught.value)


async def test_one_serves_many_users_at_once() -> None:
    async with raw_server(Answer(http(GOOD.body))) as server:
        given = oauth(base_url=server.base_url)
        grants = await asyncio.gather(*(given.exchange(f"{CODE}{n}") for n in range(5)))
    assert len(grants) == len(server.arrived) == 5


def test_every_loop_may_use_it() -> None:
    given, transport = scripted(GOOD, GOOD)
    for _ in range(2):
        asyncio.run(given.exchange(CODE))
    assert len(transport.requests) == 2
