"""A bare way to ask the server: no client of ours, no connection used twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from attrs import frozen

from instagram_async.server import LocalInstagram

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


async def walk(server: LocalInstagram, **query: str | int) -> list[list[str]]:
    """The ids of all pages of the self user's media."""
    pages: list[list[str]] = []
    while len(pages) < 100:
        got = await get(server, RECENT, **query)
        pages.append(got.ids)
        if got.next is None:
            return pages
        query["max_id"] = got.next
    raise AssertionError("the listing does not end")
