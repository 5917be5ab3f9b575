"""The way to the page of consent and back: addresses, states, answers and refusals."""

from __future__ import annotations

import pickle
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from instagram_async import OAuth, PermissionDeniedError
from instagram_async.v1.redirects import answer_in, fits
from tests.support.canary import CODE, TOKEN
from tests.support.hunt import Hunt
from tests.support.redirect_table import MORE, TABLE

STATE = "st4te of+one/user=&%ü"
HUNT = Hunt(CODE, TOKEN, STATE, blind=[__file__])
URI = "https://app.example/cb"
NO = {
    "error": "access_denied",
    "error_reason": "user_denied",
    "error_description": "The user denied your request",
}


def back(uri: str = URI, fragment: Any = None, **query: str) -> str:
    """The address that a browser is sent to."""
    url = f"{uri}{'&' if '?' in uri else '?'}{urlencode(query)}".rstrip("?&")
    return url if fragment is None else f"{url}#{urlencode(fragment)}"


def oauth(uri: str = URI) -> OAuth:
    return OAuth("my-app", redirect_uri=uri)


@pytest.mark.parametrize(("registered", "sent", "valid"), TABLE + MORE)
def test_which_addresses_are_a_redirect_to_ours(registered: str, sent: str, valid: bool) -> None:
    assert fits(registered, sent) is valid
    url = back(sent, code=CODE, state=STATE)
    if valid:
        assert oauth(registered).code_from(url, STATE).code == CODE
    else:
        with pytest.raises(
            ValueError, match="the redirected URL is none of redirect_uri"
        ) as caught:
            oauth(registered).code_from(url, STATE)
        assert HUNT.exception(caught.value) == []


def test_parameters_of_our_own_are_not_the_answer() -> None:
    ours = f"{URI}?code=ours&state=ours&error=ours"
    assert oauth(ours).code_from(back(ours, code=CODE, state=STATE), STATE).code == CODE
    with pytest.raises(ValueError, match="state"):
        oauth(ours).code_from(ours, "ours")


def test_a_code() -> None:
    code = oauth().code_from(back(code=CODE, state=STATE), STATE)
    assert code.code == CODE
    assert repr(code) == str(code) == "AuthorizationCode(code=...)"
    assert oauth().code_from(back(code=CODE, state=STATE) + "#_=_", STATE) == code
    spaced = f"{URI}?state={quote(STATE)}&code={quote(CODE, safe='')}&code={quote(CODE, safe='')}"
    assert oauth().code_from(spaced, STATE) == code


@pytest.mark.shows_secret("pickle", reason="a grant is kept with the token in it: that is its use")
def test_a_token_is_in_the_fragment() -> None:
    for url in (
        back(fragment={"access_token": TOKEN, "state": STATE}),
        back(fragment={"access_token": TOKEN}, state=STATE),
        back(fragment={"access_token": TOKEN, "state": STATE}, state=STATE),
    ):
        grant = oauth().token_from(url, STATE)
        assert grant.access_token == TOKEN
        assert repr(grant) == str(grant) == "Grant(access_token=...)"
        assert pickle.loads(pickle.dumps(grant)) == grant


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (back(state=STATE), "no access_token in its fragment"),
        (back(access_token=TOKEN, state=STATE), "no access_token in its fragment"),
        (back(code=CODE, state=STATE), "no access_token in its fragment"),
        (back(fragment={"access_token": "", "state": STATE}), "no access_token in its fragment"),
        (back(fragment={"access_token": TOKEN, "state": "other"}, state=STATE), "state"),
        (back(fragment={"access_token": TOKEN}), "state"),
        (back("https://evil.example", {"access_token": TOKEN, "state": STATE}), "redirect_uri"),
    ],
)
def test_no_token(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        oauth().token_from(url, STATE)
    assert HUNT.exception(caught.value) == []


@pytest.mark.parametrize(
    "url",
    [
        back(state=STATE),
        back(code="", state=STATE),
        f"{back(code=CODE, state=STATE)}&code=other",
        back(fragment={"code": CODE}, state=STATE),
        back(fragment={"access_token": TOKEN}, state=STATE),
    ],
)
def test_no_code(url: str) -> None:
    with pytest.raises(ValueError, match="the redirect has no code in its query") as caught:
        oauth().code_from(url, STATE)
    assert HUNT.exception(caught.value) == []


@pytest.mark.parametrize("expected", [None, "", STATE + "x", STATE[:-1], "\ud800"])
@pytest.mark.parametrize("query", [{"code": CODE}, NO, {}])
@pytest.mark.parametrize("uri", [URI, "https://evil.example/cb"])
def test_the_state_is_looked_at_before_anything_else(
    expected: str | None, query: dict[str, str], uri: str
) -> None:
    read: Any
    for read in (oauth().code_from, oauth().token_from):
        with pytest.raises(ValueError, match="state") as caught:
            read(back(uri, state=STATE, **query), expected)
        assert HUNT.exception(caught.value) == []


@pytest.mark.parametrize(
    "url",
    [
        back(code=CODE),
        back(code=CODE, state=""),
        back(code=CODE, fragment={"state": STATE}),
        f"{back(code=CODE, state=STATE)}&state=other",
        f"{back(code=CODE, state='other')}&state={quote(STATE, safe='')}",
    ],
)
def test_a_state_that_did_not_come_or_came_twice(url: str) -> None:
    with pytest.raises(ValueError, match="is not the one that was sent, or is missing") as caught:
        oauth().code_from(url, STATE)
    assert HUNT.exception(caught.value) == []


def test_what_is_no_text() -> None:
    url: Any = back(code=CODE, state=STATE).encode()
    with pytest.raises(TypeError, match="a redirected URL is text, not bytes") as caught:
        oauth().code_from(url, STATE)
    assert HUNT.exception(caught.value) == []
    state: Any = STATE.encode()
    with pytest.raises(ValueError, match="no state to compare with") as unequal:
        oauth().code_from(back(code=CODE, state=STATE), state)
    assert HUNT.exception(unequal.value) == []


@pytest.mark.parametrize(
    ("query", "kind", "message"),
    [
        (NO, "access_denied", "The user denied your request"),
        ({**NO, "error_description": ""}, "access_denied", "user_denied"),
        ({"error": "access_denied"}, "access_denied", "access_denied"),
        ({"error_reason": "user_denied"}, "user_denied", "user_denied"),
        ({**NO, "code": CODE}, "access_denied", "The user denied your request"),
    ],
)
@pytest.mark.parametrize(
    ("read", "in_fragment"), [("code_from", False), ("token_from", False), ("token_from", True)]
)
def test_a_refusal(
    query: dict[str, str], kind: str, message: str, read: str, in_fragment: bool
) -> None:
    said = {**query, "state": STATE}
    with pytest.raises(PermissionDeniedError) as caught:
        getattr(oauth(), read)(back(fragment=said) if in_fragment else back(**said), STATE)
    error = caught.value
    assert (error.status, error.error_type, error.message) == (0, kind, message)
    assert error.operation == "GET oauth/authorize"
    assert str(error) == f"GET oauth/authorize: {message} ({kind})"
    assert HUNT.exception(error) == []
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_refusal_that_repeats_everything() -> None:
    words = f"no {CODE} {quote(CODE)} {TOKEN} {STATE} code=short"
    said = {"error": f"e {CODE}", "error_description": words, "code": CODE, "access_token": TOKEN}
    with pytest.raises(PermissionDeniedError) as caught:
        oauth().token_from(back(fragment={**said, "state": STATE}), STATE)
    assert caught.value.message == "no ... ... ... ... code=..."
    assert HUNT.exception(caught.value) == []


def test_the_hunt_would_find_what_the_frames_of_the_thinking_part_hold() -> None:
    """A planted leak: the same address, in a frame that raises."""

    def careless(redirected_url: str) -> None:
        raise ValueError("no")

    planted = Hunt(CODE)
    with pytest.raises(ValueError, match="no") as caught:
        careless(back(code=CODE))
    assert any("redirected_url of" in place for place in planted.exception(caught.value))
    assert isinstance(answer_in(back(code=CODE), URI, None, "code"), ValueError)
