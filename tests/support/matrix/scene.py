"""A small world with three pages of everything, its server, and a client that never waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import field, frozen

from instagram_async import Client, Hooks, Media, Quota, RetryPlanned
from instagram_async.server import LocalInstagram, World
from instagram_async.testing import make_location, make_media, make_user
from tests.support.hurry import HurriedClock
from tests.support.listings import ALL_SCOPES

PAGE = 4  # items asked for; three pages of each listing with cursors
LARGEST = 2**16  # bytes of a reply that the client takes
SILENCE = 0.2  # seconds, after which a stall is a lost reply
TAG = "fog"
PLACE = make_location(0)
_PLENTY = 100_000  # requests an hour
_NOW = 1_443_000_000  # 23 September 2015
_FIRST = datetime(2015, 9, 1, 12, tzinfo=UTC)
_MEDIA, _PEOPLE, _PLACES, _SAID = 14, 18, 8, 7
_ME = make_user(0)


def media(number: int) -> Media:
    """The media of a day, from 0."""
    return make_media(
        number,
        user=_ME,
        created_time=_FIRST + timedelta(days=number),
        location=PLACE,
        tags=(TAG, f"{TAG}{number}"),
    )


NEWEST, OLDEST = media(_MEDIA - 1), media(3)
"""The first and the last of the eleven media within the bounds."""


def world() -> World:
    """One user's media, a day apart, all of one place and with one tag; others around him."""
    others = [make_user(number) for number in range(1, _PEOPLE)]
    made = World([_ME, *others], map(media, range(_MEDIA)))
    for number in range(_MEDIA):
        made.like(media(number).id, _ME.id)
    for number in range(_PLACES):
        made.add_location(make_location(number))
    made.add_geography(60.0, 10.0, 1000)
    for other in others[:11]:
        made.follow(other.id, _ME.id)
        made.follow(_ME.id, other.id)
        made.like(NEWEST.id, other.id)
    for other in others[:_SAID]:
        made.comment(NEWEST.id, other.id, "well seen", NEWEST.created_time)
    made.set_private(_ME.id, True)
    for other in others[11:]:
        made.follow(other.id, _ME.id)
    made.set_private(_ME.id, False)
    return made


@frozen
class Scene:
    """Whoever asks, and whom.

    Attributes:
        server: of a world of its own.
        client: waits for nobody, and tells of every attempt that it makes again.
        clock: that of both.
        retries: what it has told.
    """

    server: LocalInstagram
    client: Client
    clock: HurriedClock
    retries: list[RetryPlanned] = field(repr=False)

    @property
    def world(self) -> World:
        return self.server.world

    @property
    def me(self) -> str:
        return self.world.self_id

    def forget(self) -> None:
        """Let nothing go wrong any more, and forget what went wrong."""
        self.server.faults.clear()
        self.retries.clear()

    def another_client(self) -> Client:
        """A client that knows nothing of the first one."""
        return _client(self.server, self.clock, self.retries)


@asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    clock, retries = HurriedClock(_NOW), list[RetryPlanned]()
    async with (
        LocalInstagram(world(), limit=_PLENTY, family_limit=_PLENTY, now=clock.now) as server,
        _client(server, clock, retries) as client,
    ):
        yield Scene(server, client, clock, retries)


def _client(server: LocalInstagram, clock: HurriedClock, retries: list[Any]) -> Client:
    return Client(
        server.access_token(scope=ALL_SCOPES),
        base_url=server.base_url,
        quota=Quota(
            _PLENTY, families={"likes": _PLENTY, "comments": _PLENTY, "relationships": _PLENTY}
        ),
        clock=clock,
        max_bytes=LARGEST,
        hooks=Hooks(on_retry=retries.append),
    )
