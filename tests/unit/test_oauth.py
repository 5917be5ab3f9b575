"""OAuth: what is sent, once, what is made of each answer, and what nobody gets to see."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aioresponses import aioresponses

from instagram_async import (
    APIError,
    AuthenticationError,
    AuthorizationCode,
    ConnectError,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    OAuth,
    PermissionDeniedError,
    RateLimitError,
    Request,
    Response,
    ResponseError,
    ServerError,
    SignatureError,
    Timeout,
    TransportError,
    User,
    UserGrant,
)
from instagram_async.testing import ScriptedTransport
from instagram_async.testing.transport import Script
from tests.support.aiohttp_shim import ShimmedResponse
from tests.support.hunt import Hunt
from tests.support.offline import html, refusal
from tests.support.raw import Answer, http, raw_server, refused_port

CODE = "c4nary+c0de/=&%ü"
SECRET = "c4nary/s3cr+t=?é"
TOKEN = "7.c4na+ry/t0k=n&%ü"
URI = "https://app.example/cb?a=b c"
USER = {
    "username": "ann",
    "bio": "",
    "website": "",
    "profile_picture": "http://h/p.jpg",
    "full_name": "Ann",
    "id": "7",
}
GOOD = Response(200, {}, json.dumps({"access_token": TOKEN, "user": USER}).encode())
FORM = (
    b"client_id=my%20app&client_secret=c4nary%2Fs3cr%2Bt%3D%3F%C3%A9&grant_type=authorization_code"
    b"&redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fa%3Db%20c&code=c4nary%2Bc0de%2F%3D%26%25%C3%BC"
)
HUNT = Hunt(CODE, SECRET, TOKEN, blind=[__file__])


def oauth(**options: Any) -> OAuth:
    return OAuth("my app", SECRET, redirect_uri=URI, **options)


def scripted(*script: Script) -> tuple[OAuth, ScriptedTransport]:
    transport = ScriptedTransport(script)
    return oauth(transport=transport), transport


def hunted(error: BaseException) -> None:
    assert HUNT.exception(error) == []
    if isinstance(error, InstagramError):
        assert error.operation == "POST oauth/access_token"
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), str(error))
        assert HUNT.exception(again) == []


@pytest.fixture(autouse=True)
def _logs(caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.DEBUG)
    yield
    assert HUNT.records(caplog.records) == []


# The page of consent.


def test_the_address_of_the_page() -> None:
    asked = oauth().authorize(state="a state&")
    assert asked.url == (
        "https://api.instagram.com/oauth/authorize/?client_id=my%20app"
        "&redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fa%3Db%20c"
        "&response_type=code&scope=basic&state=a%20state%26"
    )
    assert asked.state == "a state&"
    assert repr(asked) == str(asked) == "AuthorizationRequest(url=..., state=...)"


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("https://gateway.example/instagram/v1/", "https://gateway.example"),
        ("https://gateway.example:443", "https://gateway.example"),
        ("http://[::1]:8080/v1", "http://[::1]:8080"),
    ],
)
async def test_addresses_stand_at_the_root_of_the_host(base_url: str, origin: str) -> None:
    transport = ScriptedTransport([GOOD])
    given = oauth(base_url=base_url, transport=transport)
    assert given.authorize().url.startswith(f"{origin}/oauth/authorize/?client_id=")
    await given.exchange(CODE)
    assert transport.requests[0].url == f"{origin}/oauth/access_token"


@pytest.mark.parametrize(
    ("scope", "sent"),
    [
        (("basic",), "basic"),
        (["likes", "basic", "likes"], "likes basic"),
        ("basic  comments", "basic comments"),
        (
            ("public_content", "follower_list", "comments", "relationships", "likes"),
            "public_content follower_list comments relationships likes",
        ),
    ],
)
def test_scopes(scope: str | Iterable[str], sent: str) -> None:
    url = oauth().authorize(scope).url
    assert parse_qs(urlsplit(url).query)["scope"] == [sent]
    assert "+" not in url


@pytest.mark.parametrize(
    ("scope", "named"),
    [
        ((), "one scope at least"),
        ("", "one scope at least"),
        (("basic", "like"), "there is no scope 'like'"),
        (("basic likes",), "there is no scope 'basic likes'"),
        (("Basic",), "there is no scope 'Basic'"),
        (("",), "there is no scope ''"),
        ((None,), "there is no scope None"),
    ],
)
def test_what_is_no_scope(scope: Any, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        oauth().authorize(scope)


def test_a_state_that_nobody_guesses() -> None:
    states = {oauth().authorize().state for _ in range(100)}
    assert len(states) == 100
    assert min(map(len, states)) >= 32


@pytest.mark.parametrize("state", ["", " ", "a\nb", "\ud800"])
def test_what_is_no_state(state: str) -> None:
    with pytest.raises(ValueError, match="a state must be"):
        oauth().authorize(state=state)


def test_the_implicit_flow_asks_for_the_token() -> None:
    asked = OAuth("app", redirect_uri="ig1://authorize").authorize(implicit=True)
    query = parse_qs(urlsplit(asked.url).query)
    assert query == {
        "client_id": ["app"],
        "redirect_uri": ["ig1://authorize"],
        "response_type": ["token"],
        "scope": ["basic"],
        "state": [asked.state],
    }


# What it is made with.


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": ""},
        {"client_id": None},
        {"client_id": "a\n"},
        {"client_secret": SECRET.encode()},
        {"client_secret": SECRET + "\ud800"},
        {"redirect_uri": ""},
        {"redirect_uri": None},
        {"redirect_uri": "/cb"},
        {"redirect_uri": "app.example/cb"},
        {"redirect_uri": "https:///cb"},
        {"redirect_uri": "http://["},
        {"redirect_uri": "https://app.example/cb#there"},
        {"redirect_uri": "https://app.example/cb\n"},
        {"base_url": "ftp://h"},
        {"base_url": "http://u:p@h"},
        {"timeout": 5},
        {"max_bytes": 0},
        {"user_agent": "a\r\nb"},
        {"session": object(), "transport": ScriptedTransport()},
        {"user_agent": "a", "transport": ScriptedTransport()},
        {"max_bytes": 5, "transport": ScriptedTransport()},
        {"no_such_argument": 1},
    ],
)
def test_what_makes_no_sense(wrong: dict[str, Any]) -> None:
    given: dict[str, Any] = {"client_id": "a", "client_secret": SECRET, "redirect_uri": URI}
    with pytest.raises((TypeError, ValueError)) as caught:
        OAuth(**given | wrong)
    hunted(caught.value)


def test_nothing_shows_the_secret() -> None:
    given = oauth()
    assert repr(given) == f"OAuth(client_id='my app', redirect_uri={URI!r})"
    assert HUNT.value([getattr(given, name) for name in OAuth.__slots__]) == []
    assert not hasattr(given, "__dict__")


# The exchange.


@pytest.mark.parametrize("code", [CODE, AuthorizationCode(CODE)])
async def test_a_code_becomes_a_token(code: str | AuthorizationCode) -> None:
    given, transport = scripted(GOOD)
    grant = await given.exchange(code)
    assert type(grant) is UserGrant
    assert grant.access_token == TOKEN
    assert grant.user == User(
        id="7", username="ann", full_name="Ann", profile_picture="http://h/p.jpg"
    )
    assert grant.user.counts is None
    assert HUNT.value([grant, AuthorizationCode(CODE), *transport.requests]) == []
    assert pickle.loads(pickle.dumps(grant)) == grant
    with pytest.raises(AttributeError):
        grant.access_token = "other"  # type: ignore[misc]
    (request,) = transport.requests
    assert (request.method, request.query, request.headers) == ("POST", (), {})
    assert request.form is not None
    assert [name for name, _ in request.form] == [
        "client_id", "client_secret", "grant_type", "redirect_uri", "code"
    ]  # fmt: skip
    assert transport.timeouts == [Timeout()]


async def test_the_bytes_that_are_sent() -> None:
    async with raw_server(Answer(http(GOOD.body))) as server:
        given = oauth(base_url=server.base_url, user_agent="me")
        assert (await given.exchange(CODE)).access_token == TOKEN
    (arrived,) = server.arrived
    assert arrived.line == "POST /oauth/access_token HTTP/1.1"
    assert arrived.body == FORM
    assert arrived.headers["content-type"] == "application/x-www-form-urlencoded"
    assert arrived.headers["user-agent"] == "me"
    assert server.open == {}  # what was opened for it is closed


async def test_what_aiohttp_is_asked_for() -> None:
    with aioresponses() as mocked:
        mocked.post("http://h/oauth/access_token", response_class=ShimmedResponse, body=GOOD.body)
        grant = await oauth(base_url="http://h/v1", timeout=Timeout(total=3)).exchange(CODE)
    assert grant.access_token == TOKEN
    ((_, calls),) = mocked.requests.items()
    (options,) = [call.kwargs for call in calls]
    assert options["data"] == FORM
    assert options["allow_redirects"] is False
    assert options["timeout"].total == 3


@pytest.mark.parametrize(
    "code", [b"c4nary", None, 7, "", CODE + "\ud800", AuthorizationCode("")], ids=repr
)
async def test_what_is_no_code(code: Any) -> None:
    given, transport = scripted()
    with pytest.raises((TypeError, ValueError), match="code") as caught:
        await given.exchange(code)
    hunted(caught.value)
    assert transport.requests == []


@pytest.mark.parametrize("secret", [None, ""])
async def test_an_exchange_needs_the_secret(secret: str | None) -> None:
    given = OAuth("app", secret, redirect_uri=URI, transport=ScriptedTransport())
    with pytest.raises(ValueError, match="an exchange needs a client_secret") as caught:
        await given.exchange(CODE)
    hunted(caught.value)


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
        with pytest.raises(TimeoutError) as caught:
            async with asyncio.timeout(0.05):
                await oauth(base_url=server.base_url).exchange(CODE)
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
