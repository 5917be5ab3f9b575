"""The page on sessions of one's own: its recipes, through a real proxy and over real TLS."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import trustme
from yarl import URL

from instagram_async import (
    APIError,
    Client,
    ConnectError,
    OAuth,
    Retry,
    ServerError,
    TransportError,
    download,
)
from instagram_async.server import LocalInstagram, World
from tests.support.hunt import shapes
from tests.support.proxy import Proxy, proxy, tls_door
from tests.support.raw import http, refused_port
from tests.support.snippets import snippets

HERE = "docs/own-session.md"
RECIPES: dict[str, Any] = {"Client": Client}
for snippet in snippets():
    if snippet.name.startswith(HERE) and "async def" in snippet.code:
        exec(snippet.code, RECIPES)
NAME = World.seeded(0, users=6, media=5).users[0].username
ONCE = Retry(attempts=1)


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(0, users=6, media=5)) as server:
        yield server


@pytest.fixture
async def between() -> AsyncIterator[Proxy]:
    async with proxy() as made:
        yield made


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return str(tmp_path / "ca.pem")


@pytest.fixture
async def behind_tls(server: LocalInstagram, authority: trustme.CA) -> AsyncIterator[str]:
    async with tls_door(server.base_url, shown_by(authority)) as base_url:
        yield base_url


def shown_by(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    """What a server of that name shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Nothing in the environment names a proxy."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return iter([monkeypatch])


async def test_plain_requests_are_seen_by_the_proxy(server: LocalInstagram, between: Proxy) -> None:
    token = server.access_token()
    assert await RECIPES["name_through"](between.url, server.base_url, token) == NAME
    (line,) = between.lines
    assert line == f"GET {server.base_url}/users/self?access_token={quote(token)} HTTP/1.1"
    assert len(server.requests) == 1


async def test_of_a_tunnel_the_proxy_sees_host_and_port(
    server: LocalInstagram, between: Proxy, ca: str, behind_tls: str
) -> None:
    token = server.access_token()
    context = ssl.create_default_context(cafile=ca)
    connector = aiohttp.TCPConnector(ssl=context)
    async with (
        aiohttp.ClientSession(proxy=between.url, connector=connector) as session,
        Client(token, base_url=behind_tls, session=session) as client,
    ):
        assert len(await client.user_recent().collect()) == 5
        assert (await client.user()).username == NAME
    assert between.lines == [f"CONNECT localhost:{URL(behind_tls).port} HTTP/1.1"]
    assert len(between.tunnelled) > 1000
    told = bytes(between.tunnelled).decode("latin-1") + repr(between.heads)
    assert not any(shape in told for shape in shapes(token))


async def test_a_proxy_is_told_who_comes(server: LocalInstagram, between: Proxy) -> None:
    named = str(URL(between.url).with_user("ann").with_password("p4ss"))
    await RECIPES["name_through"](named, server.base_url, server.access_token())
    assert "Proxy-Authorization: Basic YW5uOnA0c3M=" in between.heads[0]  # ann:p4ss


async def test_the_environment_names_a_proxy_to_those_who_ask_it(
    server: LocalInstagram, between: Proxy, clean: Iterator[pytest.MonkeyPatch]
) -> None:
    (patch,) = clean
    patch.setenv("HTTP_PROXY", between.url)
    token = server.access_token()
    async with Client(token, base_url=server.base_url) as client:
        await client.user()
    assert between.lines == []  # the client's own session does not
    async with (
        aiohttp.ClientSession(trust_env=True) as session,
        Client(token, base_url=server.base_url, session=session) as client,
    ):
        await client.user()
        assert len(between.lines) == 1
        patch.setenv("NO_PROXY", "127.0.0.1")
        await client.user()
        assert len(between.lines) == 1
    assert len(server.requests) == 3


async def test_the_environment_names_one_for_tls_too(
    server: LocalInstagram,
    between: Proxy,
    ca: str,
    behind_tls: str,
    clean: Iterator[pytest.MonkeyPatch],
) -> None:
    (patch,) = clean
    patch.setenv("HTTPS_PROXY", between.url)
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=ca))
    async with (
        aiohttp.ClientSession(trust_env=True, connector=connector) as session,
        Client(server.access_token(), base_url=behind_tls, session=session) as client,
    ):
        assert (await client.user()).username == NAME
    assert [line.split(" ")[0] for line in between.lines] == ["CONNECT"]


async def test_a_proxy_that_is_not_there_is_a_connect_error(server: LocalInstagram) -> None:
    nowhere = f"http://127.0.0.1:{refused_port()}"
    async with (
        aiohttp.ClientSession(proxy=nowhere) as session,
        Client(server.access_token(), base_url=server.base_url, session=session) as client,
    ):
        with pytest.raises(ConnectError):
            await client.with_options(retry=ONCE).user()


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Proxy Authentication Required"])
async def test_a_tunnel_that_is_refused_is_a_connect_error(
    status: str, server: LocalInstagram, ca: str, behind_tls: str
) -> None:
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=ca))
    async with (
        proxy(http(b"<html>no</html>", status=status)) as strict,
        aiohttp.ClientSession(proxy=strict.url, connector=connector) as session,
        Client(server.access_token(), base_url=behind_tls, session=session, retry=ONCE) as client,
    ):
        with pytest.raises(ConnectError):
            await client.user()
        with pytest.raises(ConnectError):  # and nothing that may or may not have been posted
            await client.create_comment("64_9", "lovely!")
    assert len(server.requests) == 0


@pytest.mark.parametrize(
    ("status", "raised"),
    [("407 Proxy Authentication Required", APIError), ("502 Bad Gateway", ServerError)],
)
async def test_what_a_proxy_answers_in_the_servers_place(
    status: str, raised: type[APIError], server: LocalInstagram
) -> None:
    async with (
        proxy(http(b"<html>no</html>", status=status)) as strict,
        aiohttp.ClientSession(proxy=strict.url) as session,
        Client(
            server.access_token(), base_url=server.base_url, session=session, retry=ONCE
        ) as client,
    ):
        with pytest.raises(raised) as caught:
            await client.user()
        assert type(caught.value) is raised
        assert caught.value.status == int(status[:3])


async def test_a_private_authority_is_trusted(
    server: LocalInstagram, ca: str, behind_tls: str
) -> None:
    token = server.access_token()
    assert await RECIPES["name_over_tls"](ca, behind_tls, token) == NAME
    context = ssl.create_default_context()
    context.load_verify_locations(ca)
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session,
        Client(token, base_url=behind_tls, session=session) as client,
    ):
        assert (await client.user()).username == NAME


async def test_any_other_authority_is_not(server: LocalInstagram, ca: str, behind_tls: str) -> None:
    token = server.access_token()
    async with Client(token, base_url=behind_tls, retry=ONCE) as client:
        with pytest.raises(ConnectError, match=r"[Cc]ertificate"):
            await client.user()
    async with tls_door(server.base_url, shown_by(trustme.CA())) as foreign:
        with pytest.raises(ConnectError):
            await RECIPES["name_over_tls"](ca, foreign, token)
    assert len(server.requests) == 0


async def test_a_certificate_of_another_host_is_refused(
    server: LocalInstagram, authority: trustme.CA, ca: str
) -> None:
    async with tls_door(server.base_url, shown_by(authority, "other.example")) as base_url:
        with pytest.raises(ConnectError):
            await RECIPES["name_over_tls"](ca, base_url, server.access_token())
    assert len(server.requests) == 0


async def test_the_client_shows_a_certificate_too(
    server: LocalInstagram, authority: trustme.CA, ca: str, tmp_path: Path
) -> None:
    context = shown_by(authority)
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    own = tmp_path / "own.pem"
    authority.issue_cert("ann@app.example").private_key_and_cert_chain_pem.write_to_path(own)
    async with tls_door(server.base_url, context) as base_url:
        name = RECIPES["name_with_certificate"]
        assert await name(ca, str(own), base_url, server.access_token()) == NAME
        asked = len(server.requests)
        async with (
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=ca))
            ) as session,
            Client(server.access_token(), base_url=base_url, session=session, retry=ONCE) as client,
        ):
            with pytest.raises(TransportError):
                await client.user()
        assert len(server.requests) == asked


async def test_oauth_and_downloads_take_one_too(
    server: LocalInstagram, between: Proxy, tmp_path: Path
) -> None:
    back = "https://app.example/cb"
    async with aiohttp.ClientSession(proxy=between.url) as session:
        oauth = OAuth(
            server.client_id,
            server.client_secret,
            redirect_uri=back,
            base_url=server.base_url,
            session=session,
        )
        await oauth.exchange(server.authorization_code(redirect_uri=back))
        media = server.world.recent(server.world.self_id, count=1)[0][0]
        async with Client(server.access_token(), base_url=server.base_url) as client:
            media = await client.media(media.id)
        await download(media, tmp_path, session=session)
        assert not session.closed
    assert [line.split(" ")[0] for line in between.lines] == ["POST", "GET"]
