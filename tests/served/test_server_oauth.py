from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from yarl import URL

from instagram_async.server import LocalInstagram, World
from tests.served.server_helpers import Got, get, post, root_of

HOME = "https://app.example/home"


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=5)) as server:
        yield server


def form_of(server: LocalInstagram, **changes: str | None) -> dict[str, str]:
    form: dict[str, str | None] = {
        "client_id": server.client_id,
        "client_secret": server.client_secret,
        "grant_type": "authorization_code",
        "redirect_uri": HOME,
        **changes,
    }
    return {name: value for name, value in form.items() if value is not None}


async def exchange(server: LocalInstagram, data: Any) -> Got:
    url = URL(server.base_url).origin() / "oauth" / "access_token"
    async with aiohttp.ClientSession() as session, session.post(url, data=data) as response:
        return Got(response.status, response.headers, await response.read())


@pytest.mark.parametrize("multipart", [False, True])
async def test_a_code_becomes_a_token_once(server: LocalInstagram, multipart: bool) -> None:
    code = server.authorization_code(redirect_uri=HOME)
    form = form_of(server, code=code)
    got = await exchange(server, aiohttp.FormData(form, default_to_multipart=multipart))
    user = server.world.users[0]
    assert got.status == 200
    assert got.json == {
        "access_token": server.access_token(),
        "user": {
            "id": user.id,
            "username": user.username,
            "full_name": user.full_name,
            "profile_picture": f"{root_of(server)}/portraits/{user.id}.svg",
            "bio": user.bio,
            "website": user.website,
        },
    }
    assert got.headers["Content-Type"] == "application/json"
    assert not any(name.lower().startswith("x-ratelimit") for name in got.headers)
    again = await exchange(server, form)
    assert (again.status, again.json) == (400, {
        "code": 400, "error_type": "OAuthException", "error_message": "No matching code found.",
    })  # fmt: skip
    assert (await get(server, "users/self")).headers["X-Ratelimit-Remaining"] == "4999"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"client_id": None}, "You must provide a client_id"),
        ({"client_id": "77"}, "Invalid Client ID"),
        ({"client_secret": "77"}, "Invalid Client Secret"),
        ({"client_secret": None}, "Invalid Client Secret"),
        ({"grant_type": "password"}, "Invalid grant_type"),
        ({"code": "77"}, "No matching code found."),
        ({"code": None}, "No matching code found."),
        ({"redirect_uri": f"{HOME}/"}, "Redirect URI does not match registered redirect URI"),
    ],
)
async def test_what_is_wrong_uses_no_code_up(
    server: LocalInstagram, changes: dict[str, str | None], message: str
) -> None:
    code = server.authorization_code(redirect_uri=HOME)
    got = await exchange(server, form_of(server, **{"code": code, **changes}))
    assert got.status == 400
    assert got.json == {"code": 400, "error_type": "OAuthException", "error_message": message}
    assert got.headers["Content-Type"] == "application/json"
    assert (await exchange(server, form_of(server, code=code))).status == 200


async def test_a_body_that_is_no_form_names_no_client(server: LocalInstagram) -> None:
    got = await exchange(server, b"client_id=1")
    assert got.json["error_message"] == "You must provide a client_id"


async def test_scopes_grow_in_place(server: LocalInstagram) -> None:
    media = server.world.recent(server.world.self_id, count=1)[0][0]
    token = server.access_token()
    path = f"media/{media.id}/likes"
    assert (await post(server, path, access_token=token)).status == 400
    code = server.authorization_code(scope="likes", redirect_uri=HOME)
    assert (await post(server, path, access_token=token)).status == 400
    got = await exchange(server, form_of(server, code=code))
    assert got.json["access_token"] == token
    assert (await post(server, path, access_token=token)).status == 200


async def test_codes_are_for_users_and_scopes_that_exist(server: LocalInstagram) -> None:
    eve = server.world.users[4].id
    code = server.authorization_code(eve, redirect_uri=HOME)
    assert code != server.authorization_code(eve, redirect_uri=HOME)
    got = await exchange(server, form_of(server, code=code))
    assert got.json["user"]["id"] == eve
    with pytest.raises(LookupError, match="no user 1"):
        server.authorization_code("1", redirect_uri=HOME)
    with pytest.raises(ValueError, match="no scope everything"):
        server.authorization_code(scope="everything", redirect_uri=HOME)


async def test_nothing_secret_is_written_down(server: LocalInstagram) -> None:
    code = server.authorization_code(redirect_uri=HOME)
    await exchange(server, form_of(server, code=code))
    received = server.requests[-1]
    assert (received.method, received.path, received.status) == (
        "POST", "/oauth/access_token", 200,
    )  # fmt: skip
    assert set(received.query) == {"client_id", "grant_type", "redirect_uri"}
    assert server.client_secret not in repr(server)
