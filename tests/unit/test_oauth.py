"""OAuth: what is sent, once, what is made of each answer, and what nobody gets to see."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aioresponses import aioresponses

from instagram_async import (
    AuthorizationCode,
    OAuth,
    Timeout,
    User,
    UserGrant,
)
from instagram_async.testing import ScriptedTransport
from tests.support.aiohttp_shim import ShimmedResponse
from tests.support.canary import CODE, SECRET, TOKEN
from tests.support.oauth import FORM, GOOD, HUNT, URI, hunted, oauth, scripted
from tests.support.raw import Answer, http, raw_server


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
