"""A server of a few media and people, small enough never to change, and clients of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import repeat
from typing import Any

from attrs import define, field

from instagram_async import (
    Client,
    Media,
    Quota,
    Request,
    Response,
    Retry,
    TransportError,
    UserSummary,
    unstructure,
)
from instagram_async.testing import ScriptedTransport

_START = 1_440_000_000
_EPOCH = 1_314_220_021_721  # milliseconds, of the numbers in ids
# By what the last part of a path says: the parameter that pages, and the key of the next one.
_KEYS = {
    "follows": ("cursor", "next_cursor"),
    "liked": ("max_like_id", "next_max_like_id"),
    "tags": ("max_tag_id", "next_max_tag_id"),
}


def media(number: int) -> Media:
    """A media of user 7, newer by an hour than the one before."""
    second = _START + 3600 * number
    pk = (second * 1000 - _EPOCH) << 23
    author = UserSummary(id="7", username="ann")
    return Media(id=f"{pk}_7", created_time=datetime.fromtimestamp(second, UTC), user=author)


def _pk(media_id: str) -> int:
    return int(media_id.partition("_")[0])


@define
class Answers:
    """The server.

    Attributes:
        posts: how many media there are.
        breaks: whether the second page of user 2 can't be had.
    """

    posts: int = 10
    breaks: bool = False
    asked: list[Request] = field(factory=list)

    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        self.asked.append(request)
        path = request.url.partition("/v1/")[2].split("/")
        told = dict(request.query)
        if path[:2] == ["users", "3"]:
            return ScriptedTransport.refusal("APINotFoundError", "this user does not exist")
        if path[:2] == ["users", "2"] and self.breaks and "max_id" in told:
            raise TransportError("lost")
        name, key = _KEYS.get(path[0], _KEYS.get(path[-1], ("max_id", "next_max_id")))
        things = self._things(path[-1], told)
        start, size = self._start(name, told.get(name), things), int(told.get("count", 20))
        shown, more = things[start : start + size], len(things) > start + size
        last = str(start + size) if name != "max_id" else shown[-1]["id"] if shown else ""
        body = {
            "meta": {"code": 200},
            "pagination": {key: last} if more else {},
            "data": [*shown, *([{"link": "no id"}] if path[:2] == ["users", "1"] else [])],
        }
        return Response(200, {}, json.dumps(body).encode())

    def _things(self, what: str, told: dict[str, str]) -> list[dict[str, Any]]:
        numbers = reversed(range(self.posts))
        if what in ("follows", "likes"):
            return [{"id": f"{number}", "username": f"user_{number}"} for number in numbers]
        low, high = int(told.get("min_timestamp", 0)), int(told.get("max_timestamp", 2 * _START))
        found = [unstructure(media(number)) for number in numbers]
        return [one for one in found if low <= int(one["created_time"]) <= high]

    @staticmethod
    def _start(name: str, cursor: str | None, things: list[dict[str, Any]]) -> int:
        if cursor is None:
            return 0
        if name != "max_id":
            return int(cursor)
        return sum(_pk(thing["id"]) >= _pk(cursor) for thing in things)


def client(answers: Callable[[Request], Response]) -> Client:
    """A client of it, which tries nothing twice."""
    transport = ScriptedTransport(repeat(answers, 1000))
    return Client("token", transport=transport, retry=Retry(attempts=1), quota=Quota.unlimited())
