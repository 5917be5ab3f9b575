"""Secrets stay inside, over real sockets: every fault, every timeout, every cancellation."""

from __future__ import annotations

import asyncio
import logging
import pickle
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from instagram_async import (
    Client,
    ClientClosedError,
    ConnectError,
    Hooks,
    InstagramError,
    RateLimitError,
    Request,
    Retry,
    Timeout,
    TransportError,
    UncertainWriteError,
)
from instagram_async.server import LocalInstagram, World
from instagram_async.server.faults import Fault, FaultKind
from instagram_async.server.faults.kinds import KINDS
from instagram_async.server.tokens import Grant
from tests.support.canary import SECRET, TOKEN
from tests.support.hunt import Hunt
from tests.support.raw import Answer, http, raw_server, refused_port
from tests.support.until import until

HUNT = Hunt(TOKEN, SECRET, blind=[__file__])
STALL = Answer(then="stall")
TWICE = Retry(attempts=2, base=0)
HARMLESS = {"json_as_html", "low_remaining"}
FAILING = [name for name, kind in KINDS.items() if kind.stage != "listing" and name not in HARMLESS]


def client_of(base_url: str, **options: Any) -> Client:
    given: dict[str, Any] = {"retry": TWICE} | options
    return Client(TOKEN, client_secret=SECRET, signed=True, base_url=base_url, **given)


def hunted(error: BaseException) -> None:
    assert HUNT.exception(error) == []
    if isinstance(error, InstagramError):
        assert HUNT.exception(pickle.loads(pickle.dumps(error))) == []
        assert HUNT.value(error.checkpoint) == []


@asynccontextmanager
async def local() -> AsyncIterator[tuple[LocalInstagram, Client, list[Any]]]:
    """A local server that knows the canary, a client, and all that its hooks were told."""
    told: list[Any] = []
    async with LocalInstagram(World.seeded(1, media=30)) as server:
        server._tokens._grants[TOKEN] = Grant(server.world.self_id, frozenset({"basic"}))
        hooks = Hooks(told.append, told.append, told.append, told.append)
        async with client_of(server.base_url, hooks=hooks) as client:
            yield server, client, told


@pytest.fixture(autouse=True)
def _logs(caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.DEBUG)  # of all loggers, aiohttp's and asyncio's too
    yield
    assert HUNT.records(caplog.records) == []


async def test_the_canary_is_what_the_server_knows_us_by() -> None:
    async with local() as (server, client, told):
        assert len(await client.user_recent(count=9).collect()) == 30
        assert HUNT.value(list(server.requests)) == []
        assert len(told) == 2 * len(server.requests)
        assert HUNT.value(told) == []


@pytest.mark.parametrize("kind", FAILING)
@pytest.mark.parametrize("listing", [True, False])
async def test_every_fault_of_the_local_server(kind: FaultKind, listing: bool) -> None:
    async with local() as (server, client, told):
        slow: dict[str, Any] = {"seconds": 5} if "seconds" in KINDS[kind].options else {}
        server.faults.add(Fault(kind, times=9, after=1 if listing else 0, **slow))
        brief = client.with_options(timeout=Timeout(total=0.3), max_wait=0)
        with pytest.raises(InstagramError) as caught:
            if listing:
                await brief.user_recent(count=5).collect()
            else:
                await brief.user()
        hunted(caught.value)
        assert (caught.value.checkpoint is not None) is listing
        for event in told:
            assert HUNT.value(event) == []
            if hasattr(event, "error"):
                hunted(event.error)


@pytest.mark.parametrize("kind", ["bad_item", "repeat_cursor"])
async def test_faults_of_paging(kind: Any) -> None:
    async with local() as (server, client, _):
        server.faults.add(Fault(kind, after=1))
        with pytest.raises(InstagramError) as caught:
            await client.user_recent(count=5).collect()
        hunted(caught.value)


async def test_a_token_that_the_server_does_not_know() -> None:
    async with local() as (server, client, _):
        server._tokens._grants.clear()
        with pytest.raises(InstagramError) as caught:
            await client.user()
        hunted(caught.value)


async def test_a_connection_that_cannot_be_made() -> None:
    for scheme in ("http", "https"):
        async with client_of(f"{scheme}://127.0.0.1:{refused_port()}/v1") as client:
            with pytest.raises(ConnectError) as caught:
                await client.call("POST", "media/{}/likes", "1_2")
            hunted(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"this is no HTTP\r\n\r\n", "close"),
        Answer(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "close"),
        Answer(http(b"{", length=9), "close"),
        Answer(http(b"{", length=9), "reset"),
        Answer(http(b"no gzip", "Content-Encoding: gzip"), "close"),
        Answer(http(b"x" * 2000)),
        Answer(http(b"", f"Location: /v1/?access_token={quote(TOKEN)}", status="302 Found")),
        Answer(http(b"<html>", status="414 URI Too Long")),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_broken_replies(answer: Answer, method: str) -> None:
    async with (
        raw_server(answer) as server,
        client_of(server.base_url, max_bytes=1000) as client,
    ):
        with pytest.raises(InstagramError) as caught:
            await client.call(method, "media/{}/comments", "1_2", text="a")
        hunted(caught.value)


@pytest.mark.parametrize("name", ["user_agent", "forwarded_for"])
def test_a_header_that_cannot_be_sent(name: str) -> None:
    options: dict[str, Any] = {name: "two\nlines"}
    with pytest.raises(ValueError, match=name) as caught:
        Client(TOKEN, client_secret=SECRET, **options)
    hunted(caught.value)


async def _cancel(task: asyncio.Task[Any], client: Client) -> None:
    task.cancel("enough")


async def _close(task: asyncio.Task[Any], client: Client) -> None:
    await client.close()


@pytest.mark.parametrize("sent", [b"", http(b"{", length=9)], ids=["before", "after"])
@pytest.mark.parametrize(
    ("end", "method", "kind"),
    [
        (_cancel, "GET", asyncio.CancelledError),
        (_cancel, "POST", asyncio.CancelledError),
        (_close, "GET", ClientClosedError),
        (_close, "POST", UncertainWriteError),
    ],
)
async def test_calls_that_are_ended_in_flight(
    end: Callable[..., Any], method: str, kind: type[BaseException], sent: bytes
) -> None:
    async with (
        raw_server(Answer(sent, "stall")) as server,
        client_of(server.base_url) as client,
    ):
        task = asyncio.create_task(client.call(method, "users/{}", "self"))
        await until(lambda: server.arrived)
        await end(task, client)
        with pytest.raises(kind) as caught:
            await task
        hunted(caught.value)


@pytest.mark.parametrize("seconds", [0, 0.001, 0.02])
async def test_timeouts_of_the_callers(seconds: float) -> None:
    async with raw_server(STALL) as server, client_of(server.base_url) as client:
        with pytest.raises(TimeoutError) as caught:
            async with asyncio.timeout(seconds):
                await client.user()
        hunted(caught.value)
        with pytest.raises(TimeoutError) as caught:
            await asyncio.wait_for(client.user(), seconds)
        hunted(caught.value)


async def test_calls_of_a_task_group() -> None:
    async def fails() -> None:
        await until(lambda: server.arrived)
        raise LookupError("a sibling")

    async with raw_server(STALL) as server, client_of(server.base_url) as client:
        with pytest.raises(ExceptionGroup) as caught:
            async with asyncio.TaskGroup() as group:
                group.create_task(client.user())
                group.create_task(fails())
        hunted(caught.value)


@pytest.mark.parametrize("limits", [Timeout(total=0.02), Timeout(read=0.02)])
async def test_timeouts_of_an_attempt(limits: Timeout) -> None:
    async with raw_server(STALL) as server, client_of(server.base_url, timeout=limits) as client:
        with pytest.raises(TransportError) as caught:
            await client.user()
        hunted(caught.value)


async def test_a_hook_that_fails() -> None:
    def fails(event: object) -> None:
        raise LookupError(str(event))

    async with raw_server(Answer(http(b"{}"))) as server:
        for hooks in (Hooks(on_request=fails), Hooks(on_response=fails), Hooks(on_retry=fails)):
            async with client_of(server.base_url, hooks=hooks) as client:
                with pytest.raises(LookupError) as caught:
                    await client.user()
                hunted(caught.value)


async def test_a_borrowed_session_that_fails_in_its_own_way() -> None:
    async def fails(session: object, context: object, params: Any) -> None:
        raise LookupError(f"cannot trace {params.url}")

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(fails)
    async with (
        raw_server(STALL) as server,
        aiohttp.ClientSession(trace_configs=[trace]) as session,
        client_of(server.base_url, session=session) as client,
    ):
        with pytest.raises(TransportError, match="no whole reply: LookupError") as caught:
            await client.user()
        hunted(caught.value)
        await session.close()
        with pytest.raises(RuntimeError, match="the aiohttp session is closed") as closed:
            await client.user()
        hunted(closed.value)


async def test_what_aiohttp_itself_would_have_said() -> None:
    """The hunt finds a planted leak: the same failure without the door."""
    url = f"http://127.0.0.1:{refused_port()}/v1/users/self?access_token={quote(TOKEN)}"
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            await session.get(url)
    assert any("ClientSession._request" in place for place in HUNT.exception(caught.value))


async def test_a_leak_planted_in_a_transport_is_found() -> None:
    class Leaky:
        async def send(self, request: Request, timeout: Timeout) -> Any:
            query = dict(request.query)
            raise TransportError(f"lost after {len(query)} parameters")

        async def close(self) -> None: ...

    planted = Hunt(TOKEN, SECRET)
    async with client_of("http://h", transport=Leaky(), retry=Retry(attempts=1)) as client:
        with pytest.raises(TransportError) as caught:
            await client.user()
    assert any("query of" in place for place in planted.exception(caught.value))


async def test_our_own_quota_refuses() -> None:
    async with local() as (server, client, _):
        server.faults.add(Fault("rate_limit"))
        hasty = client.with_options(max_wait=0)
        with pytest.raises(RateLimitError) as caught:
            await hasty.user_recent().collect()
        assert caught.value.status == 429  # what the server said, not that we did not ask again
        hunted(caught.value)
        with pytest.raises(RateLimitError) as caught:
            await hasty.user_recent().collect()
        assert caught.value.status is None
        hunted(caught.value)
