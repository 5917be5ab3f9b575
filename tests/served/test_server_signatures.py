"""A server that enforces signed requests (reference D.5), and our client that signs."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from typing import Any

import pytest

from instagram_async import (
    Client,
    InstagramError,
    OAuth,
    Pager,
    Quota,
    Retry,
    SignatureError,
    User,
)
from instagram_async.server import App, LocalInstagram, World
from instagram_async.v1.signing import Secret, sign
from tests.served.server_helpers import RECENT, Got, delete, get, post, refused, token_of
from tests.support.exchanges import EXCHANGES, SHORTCUTS, Exchange, name_of
from tests.support.listings import ALL_SCOPES, listings, names, world

SIGNED = App(signed=True)
ABSENT = "Invalid signed-request: Missing required parameter 'sig'"
WRONG = "Invalid signed-request: Signature does not match"


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=30), app=SIGNED) as server:
        yield server


def client_of(server: LocalInstagram, secret: str | None = None) -> Client:
    return Client(
        server.access_token(scope=ALL_SCOPES),
        client_secret=secret or server.client_secret,
        signed=True,
        base_url=server.base_url,
        quota=Quota.unlimited(),
        retry=Retry(attempts=1),
    )


async def carry_out(exchange: Exchange, client: Client, *, plain: bool) -> InstagramError | None:
    made = (exchange.plain if plain else exchange.full)(client)
    try:
        await (made if inspect.isawaitable(made) else made.first())
    except InstagramError as error:
        return error
    return None


def flat(got: Got) -> tuple[int, str, str]:
    assert got.headers["Content-Type"] == "application/json"
    assert not any(name.lower().startswith("x-ratelimit") for name in got.headers)
    assert got.status == got.json["code"]
    return got.status, got.json["error_type"], got.json["error_message"]


@pytest.mark.parametrize("exchange", [*EXCHANGES, *SHORTCUTS], ids=name_of)
@pytest.mark.parametrize("plain", [True, False])
async def test_every_operation_is_signed_as_the_server_wants_it(
    server: LocalInstagram, exchange: Exchange, plain: bool
) -> None:
    async with client_of(server) as client:
        error = await carry_out(exchange, client, plain=plain)
    # Most of them ask for what this world has not; they are let in, and told so.
    assert not isinstance(error, SignatureError)
    assert 403 not in {request.status for request in server.requests}
    async with client_of(server, "another secret") as client:
        error = await carry_out(exchange, client, plain=plain)
    assert isinstance(error, SignatureError)
    assert error.message == WRONG
    assert server.requests[-1].status == 403


async def test_tags_and_comments_of_any_alphabet(server: LocalInstagram) -> None:
    mine, _ = server.world.recent(server.world.self_id, count=1)
    text = "schön & gut ☃ = 100%|+\n#été"
    async with client_of(server) as client:
        await client.create_comment(mine[0].id, text)
        said = await client.media_comments(mine[0].id).collect()
        assert said[-1].text == text
        await client.delete_comment(mine[0].id, said[-1].id)
        for name in ("été", "ёлка", "😀", "a+b", "a/b", "50%25", "a|b=c&d"):
            server.world.add_tag(mine[0].id, name, said[-1].created_time)
            assert (await client.tag(name)).media_count == 1
            assert [one.id for one in await client.tag_recent(name).collect()] == [mine[0].id]
        assert [tag.name for tag in await client.tag_search("ёл").collect()] == ["ёлка"]


@pytest.mark.parametrize("name", list(names()))
async def test_each_page_of_a_listing_is_signed_anew(name: str) -> None:
    made = world()
    found: list[list[str]] = []
    for app in (App(), SIGNED):
        async with LocalInstagram(made, app=app) as server, client_of(server) as client:
            pager: Pager[Any] = listings(client, made)[name]()
            found.append([getattr(one, "id", None) or one.name for one in await pager.collect()])
            assert {request.status for request in server.requests} == {200}
    assert found[0] == found[1]
    assert found[0]


async def test_an_app_without_a_user_signs_too(server: LocalInstagram) -> None:
    async with Client(
        client_id=server.client_id,
        client_secret=server.client_secret,
        signed=True,
        base_url=server.base_url,
    ) as client:
        assert (await client.tag("snow")).name == "snow"
    got = await get(server, "tags/snow", access_token="", client_id=server.client_id)
    assert flat(got) == (403, "OAuthForbiddenException", ABSENT)


def signed(server: LocalInstagram, endpoint: str, **parameters: str) -> str:
    return sign(endpoint, tuple(parameters.items()), Secret(server.client_secret))


@pytest.mark.parametrize("ending", ["", "/", ".json"])
async def test_a_read(server: LocalInstagram, ending: str) -> None:
    token = server.access_token()
    sig = signed(server, f"/{RECENT}{ending}", access_token=token, count="2")
    assert (await get(server, RECENT + ending, count=2, sig=sig)).status == 200
    assert flat(await get(server, RECENT + ending, count=2)) == (
        403, "OAuthForbiddenException", ABSENT,
    )  # fmt: skip
    for wrong in (sig.upper(), sig[:-1], "ä"):
        got = await get(server, RECENT + ending, count=2, sig=wrong)
        assert flat(got) == (403, "OAuthForbiddenException", WRONG)
    assert flat(await get(server, RECENT + ending, count=3, sig=sig))[2] == WRONG


async def test_the_next_url_holds_an_old_signature(server: LocalInstagram) -> None:
    sig = signed(server, f"/{RECENT}", access_token=server.access_token(), count="2")
    got = await get(server, RECENT, count=2, sig=sig)
    url = got.json["pagination"]["next_url"].removeprefix(f"{server.base_url}/")
    assert f"sig={sig}" in url
    assert flat(await get(server, url)) == (403, "OAuthForbiddenException", WRONG)


async def test_a_write_is_signed_over_query_and_form(server: LocalInstagram) -> None:
    mine, _ = server.world.recent(server.world.self_id, count=1)
    token, path = token_of(server), f"media/{mine[0].id}/comments"
    sig = signed(server, f"/{path}", access_token=token, text="hé & ho")
    for query, form in (
        ("", {"access_token": token, "text": "hé & ho", "sig": sig}),
        (f"?access_token={token}", {"access_token": token, "text": "hé & ho", "sig": sig}),
        (f"?sig={sig}&text=h%C3%A9+%26+ho", {"access_token": token}),
    ):
        assert (await post(server, path + query, **form)).status == 200
    got = await post(server, path, access_token=token, text="other", sig=sig)
    assert flat(got)[2] == WRONG
    likes = f"media/{mine[0].id}/likes"
    assert flat(await delete(server, likes))[2] == ABSENT
    sig = signed(server, f"/{likes}", access_token=token)
    assert (await delete(server, likes, sig=sig)).status == 200


async def test_credentials_come_before_the_signature(server: LocalInstagram) -> None:
    assert refused(await get(server, RECENT, access_token="1.2.3"))[1] == (
        "OAuthAccessTokenException"
    )
    assert (await get(server, "nowhere")).status == 404


async def test_a_server_that_enforces_nothing_looks_at_no_signature() -> None:
    async with LocalInstagram() as server:
        assert (await get(server, RECENT, sig="0")).status == 200


async def test_codes_are_exchanged_without_a_signature() -> None:
    user = User(id="9", username="ann")
    async with LocalInstagram(World([user]), app=SIGNED) as server:
        uri = "https://app.example/cb"
        oauth = OAuth(
            server.client_id, server.client_secret, redirect_uri=uri, base_url=server.base_url
        )
        grant = await oauth.exchange(server.authorization_code(redirect_uri=uri))
        assert grant.user.id == "9"
