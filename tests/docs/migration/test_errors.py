"""Each row of errors is brought about on both sides."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from importlib import import_module
from typing import Any

import pytest
from attrs import Factory, frozen
from yarl import URL

from instagram_async import Client, Hooks, OAuth, Retry, Timeout
from instagram_async.server import App, Fault, LocalInstagram
from tests.support.listings import ALL_SCOPES
from tests.support.migration import tables
from tests.support.migration_sides import REDIRECT_URI
from tests.support.old_client import busy_world, old_class
from tests.support.raw import refused_port

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age


@frozen
class Scene:
    """How to bring an error about."""

    old: Callable[[Any, LocalInstagram], Any]
    ours: Callable[[Client, LocalInstagram], Awaitable[Any]]
    faults: tuple[Fault, ...] = ()
    server: dict[str, Any] = Factory(dict)
    token: str | None = None
    scope: str = ALL_SCOPES
    secret: str | None = None
    base_url: str | None = None


def _user(api: Any, _: LocalInstagram) -> Any:
    return api.user()


async def _our_user(client: Client, _: LocalInstagram) -> Any:
    return await client.user()


def _recent(api: Any, _: LocalInstagram) -> Any:
    return api.user_recent_media()


async def _our_recent(client: Client, _: LocalInstagram) -> Any:
    return await client.user_recent().collect()


async def _our_code(_: Client, server: LocalInstagram) -> Any:
    oauth = OAuth(
        server.client_id, server.client_secret,
        redirect_uri=REDIRECT_URI, base_url=server.base_url,
    )  # fmt: skip
    return await oauth.exchange("used")


def _their_code(api: Any, server: LocalInstagram) -> Any:
    api.client_id, api.client_secret = server.client_id, server.client_secret
    return api.exchange_code_for_access_token("used")


async def _forgotten(client: Client, _: LocalInstagram) -> Any:
    return await client.relationship()  # type: ignore[call-arg]


async def _too_many(client: Client, _: LocalInstagram) -> Any:
    return await client.media("64_9", 5)  # type: ignore[call-arg]


def _always(kind: Any, **options: Any) -> tuple[Fault, ...]:
    return (Fault(kind, times=9, **options),)


SCENES = {
    "the token is wrong": Scene(_user, _our_user, token="1000.0000000.no"),
    "there is no such user": Scene(
        lambda api, _: api.user(user_id="404"), lambda client, _: client.user("404")
    ),
    "the scope is missing": Scene(
        lambda api, _: api.like_media("64_9"), lambda client, _: client.like("64_9"), scope="basic"
    ),
    "the signature is wrong": Scene(
        _user, _our_user, server={"app": App(signed=True)}, secret="another secret"
    ),
    "429, the general limit": Scene(_user, _our_user, _always("rate_limit", retry_after=0)),
    "503": Scene(_user, _our_user, _always("status", status=503)),
    "502, in HTML": Scene(_user, _our_user, _always("status", status=502)),
    "an operation that was removed: 404, in HTML": Scene(
        lambda api, _: api.media_popular(),
        lambda client, _: client.media_popular().collect(),
        server={"era": "2016"},
    ),
    "JSON that stops halfway": Scene(_user, _our_user, _always("truncated")),
    "a refusal without an `error_type`": Scene(_user, _our_user, _always("error", error_type=None)),
    "`pagination` is null": Scene(_recent, _our_recent, _always("null_pagination")),
    "media without `comments.data`, as since November 2015": Scene(
        _recent, _our_recent, server={"era": "2016"}
    ),
    "one item of a page can't be read": Scene(_recent, _our_recent, _always("bad_item")),
    "the connection is reset": Scene(_user, _our_user, _always("reset_before")),
    "nobody listens": Scene(_user, _our_user, base_url=f"http://127.0.0.1:{refused_port()}/v1"),
    "an id is forgotten": Scene(lambda api, _: api.user_relationship(), _forgotten),
    "too many arguments": Scene(lambda api, _: api.media("64_9", 5), _too_many),
    "a code is used up": Scene(_their_code, _our_code),
}
SILENT = "the server is silent"
ERRORS = {happens: (theirs, here) for happens, theirs, here in tables("Errors")[0]}


def test_each_row_of_errors_has_its_scene() -> None:
    assert sorted(ERRORS) == sorted([*SCENES, SILENT])


def named(cell: str) -> str:
    """The class that a cell begins with, or that there is none."""
    found = re.search(r"`(\w+)`", cell)
    return found[1] if found and not cell.startswith("no") else "none"


@pytest.mark.parametrize("happens", SCENES)
async def test_errors(happens: str) -> None:
    scene, (theirs, here) = SCENES[happens], ERRORS[happens]
    sent: list[str] = []
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(LocalInstagram(busy_world(), **scene.server))
        token = scene.token or server.access_token(scope=scene.scope)
        api = old_class(server)(
            access_token=token, client_secret=scene.secret, redirect_uri=REDIRECT_URI
        )
        if scene.base_url is not None:
            type(api).host = URL(scene.base_url).authority
        client = await stack.enter_async_context(
            Client(
                token,
                client_secret=scene.secret,
                signed=scene.secret is not None,
                base_url=scene.base_url or server.base_url,
                retry=Retry(base=0.001),
                hooks=Hooks(on_request=lambda event: sent.append(event.operation)),
            )
        )
        server.faults.add(*scene.faults)
        assert await _raised(asyncio.to_thread(scene.old, api, server)) == named(theirs)
        server.faults.clear()
        server.faults.add(*scene.faults)
        sent.clear()
        assert await _raised(scene.ours(client, server)) == named(here)
    assert (len(sent) == 4) == ("four attempts" in here or "waits" in here)


async def _raised(asked: Awaitable[Any]) -> str:
    try:
        await asked
    except Exception as error:  # noqa: BLE001 - which one it is, is asked
        return type(error).__name__
    return "none"


async def test_a_server_that_is_silent() -> None:
    theirs, here = ERRORS[SILENT]
    assert (named(theirs), named(here)) == ("none", "TransportError")
    async with LocalInstagram(busy_world()) as server:
        server.faults.add(Fault("stall", times=9))
        async with Client(
            server.access_token(),
            base_url=server.base_url,
            timeout=Timeout(read=0.05),
            retry=Retry(base=0.001),
        ) as client:
            assert await _raised(client.user()) == "TransportError"
        assert (len(server.requests), Timeout().read) == (4, 30)
        asked = asyncio.create_task(
            asyncio.to_thread(old_class(server)(access_token=server.access_token()).user)
        )
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asked), 0.3)
    # The end of the server is the end of the wait, whatever that is called.
    assert await _raised(asked) != "none"
    assert import_module("httplib2").Http().timeout is None


@pytest.mark.parametrize(
    "fault", [Fault("rate_limit", retry_after=0), Fault("status", status=503)], ids=["429", "503"]
)
async def test_two_refusals_are_one_to_them(fault: Fault) -> None:
    async with LocalInstagram(busy_world()) as server:
        server.faults.add(fault)
        with pytest.raises(import_module("instagram.bind").InstagramAPIError) as caught:
            await asyncio.to_thread(old_class(server)(access_token=server.access_token()).user)
    error: Any = caught.value
    assert error.error_type == "Rate limited"
    assert error.status_code in ("429", "503")
    assert "5000" not in error.error_message
