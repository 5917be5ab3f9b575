"""What the page says to go wrong with requests and signatures goes wrong."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from hashlib import sha256
from hmac import new as hmac
from importlib import import_module
from typing import Any

import pytest
from yarl import URL

from instagram_async import Client, UncertainWriteError
from instagram_async.server import App, LocalInstagram
from tests.support.listings import ALL_SCOPES
from tests.support.old_calls import ask
from tests.support.old_client import busy_world, old_class
from tests.support.raw import Answer, http, raw_server

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age


DONE = b'{"meta": {"code": 200}, "data": null}'


@pytest.fixture
def parsed() -> Callable[[str], Any]:
    def make(base_url: str) -> Any:
        kind = import_module("instagram.client").InstagramAPI
        url = URL(base_url)
        return type("Api", (kind,), {"protocol": url.scheme, "host": url.authority})

    return make


async def test_each_request_has_a_connection(parsed: Callable[[str], Any]) -> None:
    async with raw_server(Answer(http(DONE))) as raw:
        api = parsed(raw.base_url)(access_token="t")
        await ask(api.unlike_media, "64_9")
        await ask(api.unlike_media, "64_9")
        assert [request.connection for request in raw.arrived] == [1, 2]


async def test_a_comment_without_an_answer_is_sent_twice(parsed: Callable[[str], Any]) -> None:
    async with raw_server(Answer(then="close"), Answer(http(DONE))) as raw:
        api = parsed(raw.base_url)(access_token="t")
        assert await ask(api.create_media_comment, "64_9", "what a light") == []
        assert [request.body for request in raw.arrived] == [b"text=what+a+light"] * 2
    async with (
        raw_server(Answer(then="close"), Answer(http(DONE))) as raw,
        Client("t", base_url=raw.base_url) as client,
    ):
        with pytest.raises(UncertainWriteError):
            await client.create_comment("64_9", "what a light")
        assert len(raw.arrived) == 1


def test_certificates_of_oauth_and_proxies(
    server: LocalInstagram, api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    oauth2, httplib2 = import_module("instagram.oauth2"), import_module("httplib2")
    made: list[dict[str, Any]] = []

    def http_object(**options: Any) -> Any:
        made.append(options)
        raise InterruptedError

    monkeypatch.setattr(oauth2, "Http", http_object)
    for call in (api.get_authorize_login_url, lambda: api.exchange_code_for_access_token("c")):
        with pytest.raises(InterruptedError):
            call()
    with pytest.raises(InterruptedError):
        api.user()
    assert made == [{"disable_ssl_certificate_validation": True}] * 2 + [{}]
    default = inspect.signature(httplib2.Http).parameters["proxy_info"].default
    assert default is httplib2.proxy_info_from_environment


# Signatures.


@pytest.fixture
async def strict() -> AsyncIterator[tuple[LocalInstagram, Any]]:
    async with LocalInstagram(busy_world(), app=App(signed=True)) as server:
        token = server.access_token(scope=ALL_SCOPES)
        yield server, old_class(server)(access_token=token, client_secret=server.client_secret)


async def test_what_can_be_signed(strict: tuple[LocalInstagram, Any]) -> None:
    server, api = strict
    await ask(api.user)
    _, next_url = await ask(api.user_recent_media)
    media_id = server.world.recent(server.world.self_id, count=1)[0][0].id
    for refused in (
        lambda: api.user_recent_media(with_next_url=next_url),
        lambda: api.user_recent_media(count=5),
        lambda: api.tag_search(q="snow"),
        lambda: api.create_media_comment(media_id=media_id, text="what a light"),
    ):
        with pytest.raises(Exception, match="Signature does not match"):
            await ask(refused)


def test_what_is_signed(api: Any) -> None:
    api.client_secret = "another secret"
    request = import_module("instagram.oauth2").OAuth2Request(api)

    def sign(text: str) -> str:
        return hmac(b"another secret", text.encode(), sha256).hexdigest()

    token = f"access_token={api.access_token}"
    url, *_ = request.prepare_request("GET", "/tags/search.json", {"q": b"snow", "count": "5"})
    assert URL(url).query.getall("sig") == [
        sign(f"/tags/search.json|{token}"),
        sign(f"/tags/search.json|{token}|count=5|q=b'snow'"),
    ]
    url, _, body, _ = request.prepare_request("POST", "/media/64_9/comments.json", {"text": b"hi"})
    assert URL(url).query.getall("sig") == [sign(f"/media/64_9/comments.json|{token}")]
    assert body == "text=hi"


async def test_the_header_of_2014_is_never_sent(server: LocalInstagram) -> None:
    api = old_class(server)(
        access_token=server.access_token(scope=ALL_SCOPES),
        client_secret=server.client_secret,
        client_ips="200.15.1.1",
    )
    await ask(api.user)
    sent = len(server.requests)
    for write in (api.like_media, api.unlike_media):
        with pytest.raises(TypeError):
            await ask(write, "64_9")
    assert len(server.requests) == sent


# Models.
