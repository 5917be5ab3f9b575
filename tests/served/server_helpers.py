"""A bare way to ask the server: no client of ours, no connection used twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from attrs import frozen
from yarl import URL

from instagram_async.server import LocalInstagram
from instagram_async.v1.structure import unstructure

RECENT = "users/self/media/recent"


@frozen
class Got:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def ids(self) -> list[str]:
        return [item["id"] for item in self.json["data"]]

    @property
    def next(self) -> str | None:
        key = self.json["pagination"].get("next_max_id")
        assert key is None or isinstance(key, str)
        return key


async def get(server: LocalInstagram, path: str, **query: str | int) -> Got:
    """Ask with the token of the self user; a path with `?` is sent as it is."""
    url = f"{server.base_url}/{path}"
    params = None if "?" in path else {"access_token": server.access_token(), **query}
    async with aiohttp.ClientSession() as session, session.get(url, params=params) as response:
        return Got(response.status, response.headers, await response.read())


async def raw(server: LocalInstagram) -> tuple[bytes, bool]:
    """Ask for a page on a bare socket: all that came, and whether the end was a TCP reset."""
    url = URL(server.base_url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    path = f"/v1/{RECENT}?access_token={server.access_token()}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {url.authority}\r\n\r\n".encode())
    came, was_reset = b"", False
    try:
        while part := await reader.read(65536):
            came += part
    except ConnectionResetError:
        was_reset = True
    writer.close()
    return came, was_reset


async def post(server: LocalInstagram, path: str, **form: str) -> Got:
    """Send a form with the token of the self user, who has allowed everything."""
    data = form if "access_token" in form else {"access_token": token_of(server), **form}
    url = f"{server.base_url}/{path}"
    async with aiohttp.ClientSession() as session, session.post(url, data=data) as response:
        return Got(response.status, response.headers, await response.read())


async def delete(server: LocalInstagram, path: str, **query: str) -> Got:
    """Delete with the token of the self user, who has allowed everything."""
    params = query if "access_token" in query else {"access_token": token_of(server), **query}
    url = f"{server.base_url}/{path}"
    async with aiohttp.ClientSession() as session, session.delete(url, params=params) as response:
        return Got(response.status, response.headers, await response.read())


def token_of(server: LocalInstagram, user: str = "self") -> str:
    """The token of a user who has allowed everything."""
    return server.access_token(user, "basic likes comments relationships")


def wire_shape(server: LocalInstagram, value: object) -> Any:
    """What the server says of a thing of its world, whose pictures are at the server's address."""
    text = json.dumps(unstructure(value))
    return json.loads(text.replace("https://local-instagram.invalid/", f"{root_of(server)}/"))


def root_of(server: LocalInstagram) -> str:
    """The server's address, such as `http://127.0.0.1:40123`."""
    return server.base_url.removesuffix("/v1")


def refused(got: Got) -> tuple[int, str, str]:
    """Status, type and words of an error in `meta`."""
    meta = got.json["meta"]
    assert got.status == meta["code"]
    assert "data" not in got.json
    return got.status, meta["error_type"], meta["error_message"]


async def pages(
    server: LocalInstagram, path: str, parameter: str, **query: str | int
) -> list[list[str]]:
    """The ids of all pages of a listing, whose cursor is a parameter."""
    found: list[list[str]] = []
    while len(found) < 400:
        got = await get(server, path, **query)
        found.append(got.ids)
        cursor = got.json["pagination"].get(f"next_{parameter}")
        if cursor is None:
            return found
        query[parameter] = cursor
    raise AssertionError("the listing does not end")


async def walk(server: LocalInstagram, **query: str | int) -> list[list[str]]:
    """The ids of all pages of the self user's media."""
    return await pages(server, RECENT, "max_id", **query)
