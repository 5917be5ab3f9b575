"""OAuth with the local server: from a code to a call."""

from __future__ import annotations

import logging

import pytest
from attrs import evolve

from instagram_async import AuthenticationError, Client, OAuth
from instagram_async.server import LocalInstagram
from tests.support.hunt import Hunt

URI = "https://app.example/cb"


def oauth(server: LocalInstagram, client_secret: str | None = None, uri: str = URI) -> OAuth:
    known = server.client_secret if client_secret is None else client_secret
    return OAuth(server.client_id, known, redirect_uri=uri, base_url=server.base_url)


async def test_a_code_becomes_a_token_that_can_ask() -> None:
    async with LocalInstagram() as server:
        code = server.authorization_code(user="self", scope="basic likes", redirect_uri=URI)
        grant = await oauth(server).exchange(code)
        assert grant.access_token == server.access_token()  # the same token again (reference D.1)
        async with Client(grant.access_token, base_url=server.base_url) as client:
            assert grant.user == evolve(await client.user(), counts=None)


async def test_a_code_is_good_once() -> None:
    async with LocalInstagram() as server:
        code = server.authorization_code(user="self", scope="basic", redirect_uri=URI)
        await oauth(server).exchange(code)
        with pytest.raises(AuthenticationError) as caught:
            await oauth(server).exchange(code)
        assert caught.value.error_type == "OAuthException"
        assert caught.value.status == 400


@pytest.mark.parametrize(
    ("secret", "uri", "code"),
    [
        ("another secret", URI, None),
        (None, "https://app.example/other", None),
        (None, URI, "no such code"),
    ],
)
async def test_what_does_not_fit(
    secret: str | None, uri: str, code: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with LocalInstagram() as server:
        issued = server.authorization_code(user="self", scope="basic", redirect_uri=URI)
        with pytest.raises(AuthenticationError) as caught:
            await oauth(server, secret, uri).exchange(issued if code is None else code)
        assert caught.value.operation == "POST oauth/access_token"
        hunt = Hunt(issued, server.client_secret, secret or issued, blind=[__file__])
        assert hunt.exception(caught.value) == []
        assert hunt.records(caplog.records) == []
        assert len(server.requests) == 1
