"""An app's settings: what it is approved for, codes that end, tokens that are revoked."""

from __future__ import annotations

from typing import Any

import pytest

from instagram_async import APIError, AuthenticationError, Client, OAuth
from instagram_async.server import App, LocalInstagram, World
from tests.served.server_helpers import delete, get, post, refused, token_of

URI = "https://app.example/cb"


class Clock:
    def __init__(self) -> None:
        self.time = 1_442_750_400.0

    def __call__(self) -> float:
        return self.time


@pytest.mark.parametrize(
    ("changes", "error", "match"),
    [
        ({"redirect_uris": URI}, TypeError, "redirect_uris and invited are several"),
        ({"sandbox": True, "invited": "25025320"}, TypeError, "are several"),
        ({"redirect_uris": [URI, "/cb"]}, ValueError, "must be an absolute address"),
        ({"redirect_uris": [f"{URI}#x"]}, ValueError, "must have no fragment"),
        ({"approved": "basic all"}, ValueError, "there is no scope 'all'"),
        ({"client_id": ""}, ValueError, "an id and a secret"),
        ({"client_secret": ""}, ValueError, "an id and a secret"),
        ({"invited": ["1"]}, ValueError, "invited to a sandbox only"),
        ({"sandbox": True, "invited": map(str, range(11))}, ValueError, "for 10 users, not 11"),
    ],
)
def test_settings_that_make_no_sense(
    changes: dict[str, Any], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        App(**changes)


def test_an_app_is_a_value_that_does_not_show_its_secret() -> None:
    app = App(client_secret="c4nary", approved=["likes"])
    assert app == App(client_secret="c4nary", approved="likes basic")
    assert hash(app) == hash(App(client_secret="c4nary", approved="likes"))
    assert "c4nary" not in repr(app)
    assert App(approved=()).approved == {"basic"}
    with pytest.raises(AttributeError):
        app.name = "other"  # type: ignore[misc]


async def test_an_app_of_ones_own() -> None:
    app = App(client_id="my-app", client_secret="my-secret", redirect_uris=[URI])
    async with LocalInstagram(app=app) as server:
        assert (server.client_id, server.client_secret) == ("my-app", "my-secret")
        code = server.authorization_code(redirect_uri=URI)
        oauth = OAuth("my-app", "my-secret", redirect_uri=URI, base_url=server.base_url)
        grant = await oauth.exchange(code)
        assert grant.access_token == server.access_token()
        assert grant.access_token != LocalInstagram().access_token()
        async with Client(client_id="my-app", base_url=server.base_url) as client:
            assert (await client.tag("snow")).name == "snow"
        stranger = LocalInstagram().client_id
        got = await get(server, "tags/snow", access_token="", client_id=stranger)
        assert got.status == 400


@pytest.mark.parametrize("family", ["likes", "comments", "relationships"])
async def test_what_an_app_is_not_approved_for(family: str) -> None:
    async with LocalInstagram(app=App(approved="basic")) as server:
        media, _ = server.world.recent(server.world.self_id, count=1)
        other = server.world.users[1].id
        path = {"relationships": f"users/{other}/relationship"}.get(
            family, f"media/{media[0].id}/{family}"
        )
        got = await post(server, path, action="follow", text="hi")
        words = (
            f"This client ID is not permitted to POST {family}. For more info, please refer to"
            f" our developer site at http://instagram.com/developer/endpoints/{family}."
        )
        assert refused(got) == (400, "APIError", words)
        assert rb"http:\/\/instagram.com\/developer\/endpoints" in got.body
        async with Client(token_of(server), base_url=server.base_url) as client:
            with pytest.raises(APIError, match="not permitted to POST likes"):
                await client.like(media[0].id)
            assert (await client.user()).id == server.world.self_id
        if family == "likes":
            assert "to DELETE likes" in refused(await delete(server, path))[2]


@pytest.mark.parametrize(("later", "works"), [(599.0, True), (600.0, False), (9e9, False)])
async def test_a_code_does_not_last(later: float, works: bool) -> None:
    clock = Clock()
    async with LocalInstagram(now=clock) as server:
        oauth = OAuth(
            server.client_id, server.client_secret, redirect_uri=URI, base_url=server.base_url
        )
        code = server.authorization_code(redirect_uri=URI)
        clock.time += later
        server.authorization_code(redirect_uri=URI)
        assert len(server._access.codes._open) == 1 + works
        if works:
            assert (await oauth.exchange(code)).access_token == server.access_token()
            return
        with pytest.raises(AuthenticationError, match="No matching code found"):
            await oauth.exchange(code)


async def test_a_revoked_token_is_worth_nothing() -> None:
    async with LocalInstagram(World.seeded(1, media=5)) as server:
        token = server.access_token(scope="likes")
        other = server.access_token(server.world.users[1].id)
        server.revoke(token)
        async with Client(token, base_url=server.base_url) as client:
            with pytest.raises(AuthenticationError) as caught:
                await client.user()
        assert caught.value.error_type == "OAuthAccessTokenException"
        again = server.access_token()
        assert again != token
        assert again == server.access_token()
        media, _ = server.world.recent(server.world.self_id, count=1)
        got = await post(server, f"media/{media[0].id}/likes", access_token=again)
        assert refused(got)[1] == "OAuthPermissionsException"  # he starts from nothing
        assert (await get(server, "users/self", access_token=other)).status == 200
        with pytest.raises(LookupError, match="there is no such token") as missing:
            server.revoke(token)
        assert token not in str(missing.value)
