"""The door at aiohttp's own seam: what it asks for, and what it makes of each answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest
from aioresponses import aioresponses
from multidict import CIMultiDict
from yarl import URL

from instagram_async import AiohttpTransport, ConnectError, Request, Timeout, TransportError
from instagram_async._version import __version__
from tests.support.aiohttp_shim import ShimmedResponse

ADDRESS = "http://door.test/v1/users/self"
GET = Request("GET", ADDRESS)
LIMITS = Timeout(connect=1.5, read=2.5, total=3.5)


class Wall:
    """aioresponses, with the shim put in and its records easier to read."""

    def __init__(self, mocked: aioresponses) -> None:
        self._mocked = mocked

    def answer(self, method: str = "GET", url: Any = ADDRESS, **reply: Any) -> None:
        self._mocked.add(url, method, response_class=ShimmedResponse, **reply)

    @property
    def calls(self) -> list[tuple[str, URL, dict[str, Any]]]:
        met = self._mocked.requests.items()
        return [(method, url, call.kwargs) for (method, url), calls in met for call in calls]

    @property
    def options(self) -> dict[str, Any]:
        (_, _, options) = self.calls[-1]
        return options


@pytest.fixture
def wall() -> Iterator[Wall]:
    with aioresponses() as mocked:
        yield Wall(mocked)


@pytest.fixture
async def door() -> AsyncIterator[AiohttpTransport]:
    transport = AiohttpTransport()
    yield transport
    await transport.close()


async def test_the_shim_is_still_needed() -> None:
    # Once this raises nothing, aioresponses gives stream_writer: remove aiohttp_shim.py.
    with aioresponses() as mocked:
        mocked.get(ADDRESS)
        async with aiohttp.ClientSession() as session:
            with pytest.raises(TypeError, match="stream_writer"):
                await session.get(ADDRESS)


@pytest.mark.parametrize("status", [200, 204, 400, 404, 429, 503])
async def test_a_reply_is_a_reply_whatever_its_status(
    wall: Wall, door: AiohttpTransport, status: int
) -> None:
    headers = CIMultiDict({"X-Ratelimit-Remaining": "4999"})
    wall.answer(status=status, headers=headers, body=b"\x00<html>\xff")
    response = await door.send(GET, LIMITS)
    assert response.status == status
    assert response.body == b"\x00<html>\xff"
    assert response.headers["x-ratelimit-remaining"] == "4999"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_query_travels_in_the_url(wall: Wall, door: AiohttpTransport, method: str) -> None:
    query = (("a", "1&2=3"), ("q", "snö +%/#?"), ("t", "5.f.x"))
    wall.answer(method, re.compile(".*"))
    await door.send(Request(method, ADDRESS, query), LIMITS)
    [(sent_as, url, options)] = wall.calls
    assert sent_as == method
    assert tuple(url.query.items()) == query
    assert str(url.with_query(None)) == ADDRESS
    assert options["data"] is None
    assert "Content-Type" not in options["headers"]


async def test_a_form_travels_in_the_body(wall: Wall, door: AiohttpTransport) -> None:
    wall.answer("POST")
    form = (("text", "a b&c=d+ü\n~"), ("empty", ""))
    await door.send(Request("POST", ADDRESS, form=form), LIMITS)
    [(_, url, options)] = wall.calls
    assert str(url) == ADDRESS
    assert options["data"] == b"text=a%20b%26c%3Dd%2B%C3%BC%0A~&empty="
    assert options["headers"]["Content-Type"] == "application/x-www-form-urlencoded"


async def test_an_empty_form_is_a_form(wall: Wall, door: AiohttpTransport) -> None:
    wall.answer("POST")
    await door.send(Request("POST", ADDRESS, form=()), LIMITS)
    assert wall.options["data"] == b""
    assert wall.options["headers"]["Content-Type"] == "application/x-www-form-urlencoded"


async def test_the_headers_are_its_own_and_the_requests(wall: Wall) -> None:
    wall.answer(repeat=True)
    named, plain = AiohttpTransport(user_agent="tests/1"), AiohttpTransport()
    await named.send(Request("GET", ADDRESS, headers={"X-Insta-Forwarded-For": "ip"}), LIMITS)
    assert wall.options["headers"] == {
        "Accept": "application/json",
        "User-Agent": "tests/1",
        "X-Insta-Forwarded-For": "ip",
    }
    await plain.send(GET, LIMITS)
    assert wall.options["headers"]["User-Agent"] == f"instagram_async/{__version__}"
    await named.close()
    await plain.close()


async def test_a_redirect_is_a_reply(wall: Wall, door: AiohttpTransport) -> None:
    wall.answer(status=302, headers={"Location": "http://elsewhere.test/"})
    assert (await door.send(GET, LIMITS)).status == 302
    assert [str(url) for _, url, _ in wall.calls] == [ADDRESS]


async def test_the_limits_are_the_attempts_own(wall: Wall, door: AiohttpTransport) -> None:
    wall.answer()
    await door.send(GET, LIMITS)
    timeout = wall.options["timeout"]
    assert (timeout.connect, timeout.sock_read, timeout.total) == (1.5, 2.5, 3.5)


def _dns() -> Exception:
    key = aiohttp.client_reqrep.ConnectionKey("door.test", 80, False, True, None, None, None)
    return aiohttp.ClientConnectorDNSError(key, OSError("no such host"))


@pytest.mark.parametrize(
    ("failure", "kind", "words"),
    [
        (_dns(), ConnectError, "no connection: ClientConnectorDNSError"),
        (aiohttp.ConnectionTimeoutError(), ConnectError, "no connection: ConnectionTimeoutError"),
        (aiohttp.InvalidURL("a?t=1"), ConnectError, "no connection: InvalidURL"),
        (TimeoutError(), TransportError, "no whole reply within 3.5 s (total timeout)"),
        (
            aiohttp.SocketTimeoutError("a?t=1"),
            TransportError,
            "no whole reply within 2.5 s (read timeout)",
        ),
        (
            aiohttp.ClientPayloadError("a?t=1"),
            TransportError,
            "no whole reply: ClientPayloadError",
        ),
        (OSError("a?t=1"), TransportError, "no whole reply: OSError"),
        (ValueError("a?t=1"), TransportError, "no whole reply: ValueError"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
async def test_every_failure_is_one_of_two_errors(
    wall: Wall,
    door: AiohttpTransport,
    failure: Exception,
    kind: type[TransportError],
    words: str,
) -> None:
    wall.answer(exception=failure)
    with pytest.raises(TransportError) as caught:
        await door.send(GET, LIMITS)
    assert type(caught.value) is kind
    assert str(caught.value) == words
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


async def test_a_cancellation_comes_out_as_one(wall: Wall, door: AiohttpTransport) -> None:
    async def sleeps(*_: object, **__: object) -> None:
        await asyncio.sleep(3600)

    wall.answer(callback=sleeps)
    task = asyncio.create_task(door.send(GET, LIMITS))
    await asyncio.sleep(0)
    task.cancel("enough")
    with pytest.raises(asyncio.CancelledError) as caught:
        await task
    assert caught.value.args == ("enough",)


async def test_a_body_may_be_as_large_as_the_cap(wall: Wall) -> None:
    door = AiohttpTransport(max_bytes=10)
    wall.answer(body=b"x" * 10)
    wall.answer(body=b"x" * 11)
    assert (await door.send(GET, LIMITS)).body == b"x" * 10
    with pytest.raises(TransportError, match=r"^the reply is larger than 10 bytes$"):
        await door.send(GET, LIMITS)
    await door.close()


async def test_an_owned_session_is_made_late_and_closed(wall: Wall) -> None:
    wall.answer(repeat=True)
    door = AiohttpTransport(concurrency=3)
    assert vars(door)["_session"] is None
    await door.send(GET, LIMITS)
    session = door._session
    assert session is not None
    assert isinstance(session.connector, aiohttp.TCPConnector)
    assert session.connector.limit == 3
    assert isinstance(session.cookie_jar, aiohttp.DummyCookieJar)
    await door.send(GET, LIMITS)
    assert door._session is session
    await door.close()
    await door.close()
    assert session.closed


async def test_a_borrowed_session_is_used_and_not_closed(wall: Wall) -> None:
    wall.answer()
    async with aiohttp.ClientSession() as session:
        door = AiohttpTransport(session=session)
        await door.send(GET, LIMITS)
        await door.close()
        assert not session.closed


async def test_a_borrowed_session_that_its_owner_closed_says_so() -> None:
    session = aiohttp.ClientSession()
    await session.close()
    door = AiohttpTransport(session=session)
    with pytest.raises(RuntimeError, match="the aiohttp session is closed"):
        await door.send(GET, LIMITS)


async def test_a_closed_door_opens_no_session_again() -> None:
    door = AiohttpTransport()
    await door.close()
    with pytest.raises(ConnectError, match=r"^the transport is closed$"):
        await door.send(GET, LIMITS)
