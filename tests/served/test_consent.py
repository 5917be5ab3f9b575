"""The page of consent: both flows, with our own client, and what is refused."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl

import pytest
from yarl import URL

from instagram_async import Client, OAuth, PermissionDeniedError, User
from instagram_async.server import App, LocalInstagram, World
from tests.served.consent_helpers import HOME, address, answer, ask, form_in, sent_to
from tests.served.server_helpers import Got, post
from tests.support.hunt import Hunt
from tests.support.redirect_table import MORE, TABLE

SCRIPT = User(id="66", username="<script>alert(1)</script>", full_name='"><img src=x>')


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=5)) as server:
        yield server


def oauth(server: LocalInstagram, uri: str = HOME) -> OAuth:
    return OAuth(server.client_id, server.client_secret, redirect_uri=uri, base_url=server.base_url)


def flat(got: Got) -> tuple[int, str, str]:
    assert got.headers["Content-Type"] == "application/json"
    assert got.status == got.json["code"]
    return got.status, got.json["error_type"], got.json["error_message"]


@pytest.mark.parametrize("uri", [HOME, f"{HOME}?shop=7&q=a+b", "ig1234://authorize"])
@pytest.mark.parametrize("slash", ["", "/"])
async def test_the_explicit_flow(server: LocalInstagram, uri: str, slash: str) -> None:
    eve = server.world.users[4]
    asked = oauth(server, uri).authorize("likes")
    url = asked.url.replace("/authorize/?", f"/authorize{slash}?")
    back = await sent_to(url, user=eve.id)
    code = oauth(server, uri).code_from(back, asked.state)
    grant = await oauth(server, uri).exchange(code)
    assert grant.user.id == eve.id
    media, _ = server.world.recent(eve.id, count=1)
    got = await post(server, f"media/{media[0].id}/likes", access_token=grant.access_token)
    assert got.status == 200
    got = await post(
        server, f"media/{media[0].id}/comments", access_token=grant.access_token, text="hi"
    )
    assert got.status == 400


async def test_the_implicit_flow(server: LocalInstagram) -> None:
    asked = oauth(server).authorize(implicit=True)
    back = await sent_to(asked.url)
    assert URL(back).query_string == ""
    grant = oauth(server).token_from(back, asked.state)
    async with Client(grant.access_token, base_url=server.base_url) as client:
        assert (await client.user()).id == server.world.self_id


@pytest.mark.parametrize("implicit", [False, True])
async def test_a_refusal(server: LocalInstagram, implicit: bool) -> None:
    asked = oauth(server).authorize(implicit=implicit)
    back = await sent_to(asked.url, "deny")
    read = oauth(server).token_from if implicit else oauth(server).code_from
    with pytest.raises(PermissionDeniedError, match="The user denied your request"):
        read(back, asked.state)


async def test_the_exact_words_of_the_answers(server: LocalInstagram) -> None:
    no = (
        "error=access_denied&error_reason=user_denied"
        "&error_description=The+user+denied+your+request"
    )
    assert await sent_to(address(server), "deny") == f"{HOME}?{no}"
    url = address(server, redirect_uri=f"{HOME}?a=b", state="ä &")
    assert await sent_to(url, "deny") == f"{HOME}?a=b&{no}&state=%C3%A4+%26"
    code = server.authorization_code(redirect_uri=HOME)
    back = await sent_to(address(server, state="s"))
    assert back.replace(URL(back).query["code"], code) == f"{HOME}?code={code}&state=s"
    assert await sent_to(address(server, response_type="token", state="s")) == (
        f"{HOME}#access_token={server.access_token()}&state=s"
    )
    url = address(server, redirect_uri="https://app.example/é b")
    assert (await sent_to(url, "deny")).startswith("https://app.example/%C3%A9%20b?error=")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"client_id": None}, "You must include a valid client_id, response_type, and"),
        ({"redirect_uri": None}, "You must include a valid client_id, response_type, and"),
        ({"response_type": ""}, "You must include a valid client_id, response_type, and"),
        ({"client_id": "77"}, "Invalid Client ID"),
        ({"response_type": "id"}, 'Only response type "code" and "token" is allowed'),
        ({"redirect_uri": "/cb"}, "Redirect URI does not match registered redirect URI"),
        ({"redirect_uri": "http://["}, "Redirect URI does not match registered redirect URI"),
        ({"redirect_uri": f"{HOME}#x"}, "Redirect URI does not match registered redirect URI"),
        ({"redirect_uri": "JavaScript:1"}, "Redirect URI does not match registered redirect URI"),
        ({"redirect_uri": f"{HOME}\r\nA: b"}, "Redirect URI does not match registered"),
        ({"scope": ""}, "Invalid scope field(s): "),
        ({"scope": "basic all likes,x"}, "Invalid scope field(s): all,likes,x"),
    ],
)
async def test_a_bad_request_is_told_flat(
    server: LocalInstagram, changes: dict[str, str | None], message: str
) -> None:
    for method in (None, {"decision": "allow"}):
        status, kind, words = flat(await ask(address(server, **changes), method))
        assert (status, kind) == (400, "OAuthException")
        assert words.startswith(message)


@pytest.mark.parametrize(("registered", "sent", "valid"), TABLE + MORE)
async def test_which_addresses_an_app_may_be_sent_to(
    registered: str, sent: str, valid: bool
) -> None:
    app = App(redirect_uris=("https://other.example/", registered))
    async with LocalInstagram(World([SCRIPT]), app=app) as server:
        url = address(server, redirect_uri=sent)
        if valid:
            assert (await sent_to(url, "deny")).partition("?")[0].isascii()
            assert server.authorization_code(redirect_uri=sent)
            return
        if sent:
            assert flat(await ask(url))[2] == "Redirect URI does not match registered redirect URI"
        with pytest.raises(ValueError, match="is none of the app's redirect_uris"):
            server.authorization_code(redirect_uri=sent)


async def test_the_implicit_flow_can_be_disabled() -> None:
    async with LocalInstagram(app=App(implicit=False)) as server:
        assert flat(await ask(address(server, response_type="token"))) == (
            403, "OAuthForbiddenException", "Implicit authentication is disabled",
        )  # fmt: skip
        assert (await ask(address(server))).status == 200


async def test_what_the_page_shows() -> None:
    app = App(name="<b>Post & Co</b>")
    async with LocalInstagram(World([SCRIPT]), app=app) as server:
        got = await ask(address(server, scope="likes follower_list likes", state="</form>"))
    form = form_in(got.body)
    assert form.people == ["66"]
    assert form.buttons == ["allow", "deny"]
    assert not {"script", "img", "b"} & set(form.elements)
    for words in (SCRIPT.username, SCRIPT.full_name, app.name, "basic", "likes", "follower_list"):
        assert words in form.text
    assert form.elements.count("li") == 3
    assert HOME in form.text
    policy = got.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "script" not in policy
    assert policy.endswith("base-uri 'none'; frame-ancestors 'none'")
    assert got.headers["Cache-Control"] == "no-store"


async def test_a_form_from_elsewhere_is_no_answer(server: LocalInstagram) -> None:
    url = address(server)
    other = form_in((await ask(address(server, scope="likes"))).body).hidden
    for hidden in ({}, {"authenticity_token": "é"}, other):
        got = await ask(url, {**hidden, "user": server.world.self_id, "decision": "allow"})
        assert got.status == 403
        assert "Please answer again." in form_in(got.body).text
        again = {**form_in(got.body).hidden, "user": server.world.self_id, "decision": "allow"}
        assert (await ask(url, again)).status == 302


async def test_an_answer_that_is_none(server: LocalInstagram) -> None:
    got = await answer(address(server), user="1")
    assert got.status == 400
    assert "Nobody of that name lives here." in form_in(got.body).text
    hidden = form_in(got.body).hidden
    got = await ask(address(server), {**hidden, "user": server.world.self_id})
    assert got.status == 400
    assert "press one of the two buttons" in form_in(got.body).text


async def test_a_big_world_is_not_listed_whole() -> None:
    async with LocalInstagram(World.seeded(1, users=60, media=0)) as server:
        form = form_in((await ask(address(server))).body)
        assert len(form.people) == 50
        assert "60 who live here" in form.text
        last = server.world.users[59]
        back = await sent_to(address(server, response_type="token"), username=f" {last.username} ")
        assert f"access_token={last.id}." in back
        assert (await answer(address(server), username=last.username[:-1])).status == 400


@pytest.mark.parametrize("kind", ["code", "token"])
async def test_nothing_secret_is_written_down(
    server: LocalInstagram, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    caplog.set_level(logging.DEBUG)
    url = address(server, scope="likes", response_type=kind)
    forged = form_in((await ask(url)).body).hidden["authenticity_token"]
    back = URL(await sent_to(url))
    answered = {**back.query, **dict(parse_qsl(back.fragment))}
    shown, _, sent = server.requests
    assert (shown.method, shown.path, shown.status) == ("GET", "/oauth/authorize/", 200)
    assert sent.status == 302
    asked = {"client_id", "redirect_uri", "response_type", "scope"}
    assert set(sent.query) == {*asked, "user", "decision"}
    hunt = Hunt(*answered.values(), forged, server.client_secret, blind=[__file__])
    assert hunt.records(caplog.records) == []
    assert hunt.value([repr(server), repr(server._access), list(server.requests)]) == []
