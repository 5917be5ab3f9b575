"""Subscriptions: who may make them, the callback that must answer, lists and ends (reference E)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from attrs import Factory, define

from instagram_async.server import App, LocalInstagram, World, subscribing
from instagram_async.v1.signing import Secret, sign
from tests.served.server_helpers import Got, get, refused

BAD_CALLBACK = (400, "APISubscriptionError", "Invalid response")


@define
class Callback:
    """The address of an application at which it is to be told."""

    url: str = ""
    answer: str = "{}"
    status: int = 200
    pause: float = 0.0
    asked: list[dict[str, str]] = Factory(list)

    async def serve(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.query))
        await asyncio.sleep(self.pause)
        text = self.answer.format(request.query["hub.challenge"])
        return web.Response(status=self.status, text=text)


@pytest.fixture
async def callback() -> AsyncIterator[Callback]:
    made = Callback()
    application = web.Application()
    application.router.add_get("/told", made.serve)
    runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/told"
    yield made
    await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(1, media=30)) as server:
        yield server


async def ask(server: LocalInstagram, method: str, **parameters: str) -> Got:
    """Ask as the application, but for what is said otherwise; an empty text is not sent."""
    told = {"client_id": server.client_id, "client_secret": server.client_secret, **parameters}
    told = {name: text for name, text in told.items() if text}
    where = {"data": told} if method == "POST" else {"params": told}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{server.base_url}/subscriptions", **where) as response,  # type: ignore[arg-type]
    ):
        return Got(response.status, response.headers, await response.read())


async def subscribe(server: LocalInstagram, callback: Callback, **parameters: str) -> Got:
    told = {"object": "user", "aspect": "media", "callback_url": callback.url, **parameters}
    return await ask(server, "POST", **told)


async def listed(server: LocalInstagram) -> list[dict[str, Any]]:
    got = await ask(server, "GET")
    assert got.status == 200
    assert list(got.json) == ["meta", "data"]
    found: list[dict[str, Any]] = got.json["data"]
    return found


async def test_a_callback_gives_back_what_it_is_sent(
    server: LocalInstagram, callback: Callback
) -> None:
    got = await subscribe(server, callback, verify_token="mine", callback_url=f"{callback.url}?a=b")
    made = got.json["data"]
    assert list(made) == ["object", "object_id", "aspect", "callback_url", "type", "id"]
    assert list(made.values())[:3] == ["user", None, "media"]
    assert (made["callback_url"], made["type"]) == (f"{callback.url}?a=b", "subscription")
    (asked,) = callback.asked
    assert len(asked.pop("hub.challenge")) == 32
    assert asked == {"a": "b", "hub.mode": "subscribe", "hub.verify_token": "mine"}
    assert await listed(server) == [made]
    assert got.headers["X-Ratelimit-Remaining"] == "4999"
    assert [set(one.query) & {"client_secret", "verify_token"} for one in server.requests] == [
        set(), set(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "answer", [{"answer": "no"}, {"answer": "{} "}, {"answer": "{}{}"}, {"status": 404}]
)
async def test_another_answer(
    server: LocalInstagram, callback: Callback, answer: dict[str, Any]
) -> None:
    for name, value in answer.items():
        setattr(callback, name, value)
    got = await subscribe(server, callback)
    if answer == {"answer": "{} "}:  # blanks do no harm
        assert got.status == 200
        return
    assert refused(got) == BAD_CALLBACK
    assert await listed(server) == []


async def test_a_callback_that_takes_its_time(
    server: LocalInstagram, callback: Callback, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert subscribing._TIMEOUT == 2.0
    monkeypatch.setattr(subscribing, "_TIMEOUT", 0.05)
    callback.pause = 30
    assert refused(await subscribe(server, callback)) == BAD_CALLBACK
    assert len(callback.asked) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "ftp://x/", "nothing", "http://[", "/cb"])
async def test_no_callback_at_all(server: LocalInstagram, callback: Callback, url: str) -> None:
    assert refused(await subscribe(server, callback, callback_url=url)) == BAD_CALLBACK


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_who_may(server: LocalInstagram, method: str) -> None:
    missing = refused(await ask(server, method, client_secret=""))
    assert missing == (400, "OAuthClientException", "Missing client_secret URL parameter.")
    wrong = refused(await ask(server, method, client_secret="ü"))
    assert wrong[1] == "OAuthClientException"
    nobody = refused(await ask(server, method, client_id="", access_token=server.access_token()))
    assert nobody[2] == "Missing client_id or access_token URL parameter."
    stranger = refused(await ask(server, method, client_id="x"))
    assert stranger[2] == "The client_id provided is invalid."


async def test_a_geography_is_one_to_read(server: LocalInstagram, callback: Callback) -> None:
    place = server.world.locations[0]
    where = {"lat": str(place.latitude), "lng": str(place.longitude), "radius": "5000"}
    made = (await subscribe(server, callback, object="geography", **where)).json["data"]
    path = f"geographies/{made['object_id']}/media/recent"
    assert (await get(server, path)).ids
    seeded = server.world.geographies[0]
    assert (await ask(server, "DELETE", object="geography")).json["data"] is None
    assert refused(await get(server, path))[2] == "invalid geography id"
    assert server.world.geographies == (seeded,)


async def test_they_end_one_by_one_and_by_what_they_are_of(
    server: LocalInstagram, callback: Callback
) -> None:
    for object_ in ({}, {"object": "tag", "object_id": "snow"}, {"object": "tag", "object_id": "a"},
                    {"object": "location", "object_id": "4000"}, {}):  # fmt: skip
        assert (await subscribe(server, callback, **object_)).status == 200
    there = await listed(server)
    assert [one["object_id"] for one in there] == [None, "snow", "a", "4000", None]
    assert len({one["id"] for one in there}) == 5
    got = await ask(server, "DELETE", id=there[0]["id"])
    assert got.json == {"meta": {"code": 200}, "data": None}
    assert await listed(server) == there[1:]
    await ask(server, "POST", object="tag", _method="DELETE")
    assert await listed(server) == there[3:]
    await ask(server, "DELETE", id="1", object="all")
    assert await listed(server) == there[3:]
    await ask(server, "DELETE", object="all")
    assert await listed(server) == []


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"object": ""}, "Missing object parameter."),
        ({"object": "planet"}, "Invalid object parameter."),
        ({"aspect": "likes"}, "Invalid aspect parameter."),
        ({"object": "tag"}, "Missing object_id parameter."),
        ({"object": "location", "object_id": "1"}, "invalid location id"),
        ({"object": "geography", "lat": "1", "lng": "1"}, "Missing radius parameter."),
        ({"callback_url": ""}, "Missing callback_url parameter."),
    ],
)
async def test_what_makes_no_sense(
    server: LocalInstagram, callback: Callback, parameters: dict[str, str], words: str
) -> None:
    assert refused(await subscribe(server, callback, **parameters))[2] == words
    assert callback.asked == []


@pytest.mark.parametrize(
    ("name", "value"), [("lat", "north"), ("lat", "-91"), ("lng", "nan"), ("radius", "-1")]
)
async def test_a_circle_that_is_none(
    server: LocalInstagram, callback: Callback, name: str, value: str
) -> None:
    circle = {"lat": "1", "lng": "1", "radius": "9", name: value}
    got = await subscribe(server, callback, object="geography", **circle)
    assert (got.status, got.headers["Content-Type"]) == (400, "text/html")


async def test_what_can_not_end(server: LocalInstagram, callback: Callback) -> None:
    assert refused(await ask(server, "DELETE"))[2] == "Missing object parameter."
    assert (await ask(server, "POST", _method="PUT")).status == 404
    circle = {"lat": "1", "lng": "1", "radius": "9"}
    made = (await subscribe(server, callback, object="geography", **circle)).json["data"]
    server.world.remove_geography(made["object_id"])
    with pytest.raises(LookupError, match=f"no geography {made['object_id']}"):
        server.world.remove_geography(made["object_id"])
    assert (await ask(server, "DELETE", object="all")).status == 200
    assert await listed(server) == []


async def test_an_app_that_signs(callback: Callback) -> None:
    async with LocalInstagram(World(), app=App(signed=True)) as server:
        assert (await ask(server, "GET")).status == 403
        told = {"client_id": server.client_id, "client_secret": server.client_secret}
        sig = sign("/subscriptions", tuple(told.items()), Secret(server.client_secret))
        assert (await ask(server, "GET", sig=sig)).json["data"] == []


@pytest.mark.parametrize("ending", ["", "/", ".json"])
async def test_forms_of_the_path(server: LocalInstagram, ending: str) -> None:
    told = {"client_id": server.client_id, "client_secret": server.client_secret}
    got = await get(server, f"subscriptions{ending}", access_token="", **told)
    assert got.json == {"meta": {"code": 200}, "data": []}


async def test_they_count_and_they_ended(callback: Callback) -> None:
    async with LocalInstagram(World(), limit=1) as server:
        await ask(server, "GET")
        assert (await ask(server, "GET")).json["error_type"] == "OAuthRateLimitException"
    async with LocalInstagram(World(), era=date(2018, 4, 4)) as server:
        assert refused(await ask(server, "GET"))[2] == "This endpoint has been retired"
        assert refused(await subscribe(server, callback))[2] == "This endpoint has been retired"
