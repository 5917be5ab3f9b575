"""Every kind of fault on every kind of operation: what the client makes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import frozen

from instagram_async import (
    APIError,
    AuthenticationError,
    Client,
    Quota,
    Retry,
    Timeout,
    TransportError,
    UncertainWriteError,
)
from instagram_async.server import Fault, LocalInstagram, World
from instagram_async.server.faults.kinds import KINDS
from tests.support.listings import ALL_SCOPES

COUNT = 10
TEXT = "what a day"
READ = 0.4  # seconds without a byte

HARMLESS = {"delay", "json_as_html", "low_remaining", "drip"}
REFUSED = {"rate_limit", "rate_limit_meta"}
ANSWERED: dict[str, type[APIError]] = {
    "meta_error": AuthenticationError,
    "error": APIError,
    "redirect": APIError,
}
PAGING: set[str] = {name for name, kind in KINDS.items() if kind.stage == "listing"}
STORM = Fault("rate_storm", times=3, retry_after=0)  # fewer than the attempts
FAULTS: dict[str, Fault] = {
    name: STORM if name == "rate_storm" else Fault(name, retry_after=0 if name in REFUSED else None)
    for name in KINDS
    if name not in PAGING
}
BROKEN = sorted(set(FAULTS) - HARMLESS - REFUSED - set(ANSWERED) - {"rate_storm"})


@frozen
class Scene:
    """A world with a media that has a comment and no like of ours, and who asks."""

    server: LocalInstagram
    client: Client
    media_id: str
    comment_id: str
    other: str

    @property
    def world(self) -> World:
        return self.server.world

    @property
    def me(self) -> str:
        return self.world.self_id

    def said(self, text: str = TEXT) -> int:
        return [one.text for one in self.world.comments(self.media_id, count=300)].count(text)

    def likes(self) -> bool | None:
        media = self.world.media(self.media_id, viewer=self.me)
        assert media is not None
        return media.user_has_liked

    async def recent(self) -> None:
        got = [media.id async for media in self.client.user_recent(count=COUNT)]
        assert got == [media.id for media in self.world.recent(self.me, count=1000)[0]]

    async def user(self) -> None:
        assert (await self.client.user()).id == self.me

    async def like(self) -> None:
        await self.client.like(self.media_id)
        assert self.likes()

    async def unlike(self) -> None:
        self.world.like(self.media_id, self.me)
        await self.client.unlike(self.media_id)
        assert not self.likes()

    async def follow(self) -> None:
        await self.client.follow(self.other)
        assert self.world.relationship(self.me, self.other).outgoing_status == "follows"

    async def delete_comment(self) -> None:
        await self.client.delete_comment(self.media_id, self.comment_id)
        assert self.world.find_comment(self.media_id, self.comment_id) is None

    async def create_comment(self) -> None:
        await self.client.create_comment(self.media_id, TEXT)
        assert self.said() == 1


SAFE: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "user": Scene.user,
    "recent": Scene.recent,
    "like": Scene.like,
    "unlike": Scene.unlike,
    "follow": Scene.follow,
    "delete_comment": Scene.delete_comment,
}


@asynccontextmanager
async def scene(**options: Any) -> AsyncIterator[Scene]:
    world = World.seeded(4, users=6, media=35)
    me, other = world.self_id, world.users[1].id
    media = world.recent(me, count=30)[0][20]
    world.unlike(media.id, me)
    world.unfollow(me, other)
    comment = world.comment(media.id, me, "before", datetime(2015, 9, 1, tzinfo=UTC))
    async with LocalInstagram(world) as server:
        defaults: dict[str, Any] = {
            "quota": Quota.unlimited(),
            "retry": Retry(base=0.001),
            "timeout": Timeout(read=READ, total=5),
        }
        token = server.access_token(scope=ALL_SCOPES)
        async with Client(token, base_url=server.base_url, **defaults | options) as client:
            yield Scene(server, client, media.id, comment.id, other)


@pytest.fixture
async def there() -> AsyncIterator[Scene]:
    async with scene() as made:
        yield made


def test_every_fault_is_here() -> None:
    assert {*BROKEN, *HARMLESS, *REFUSED, *ANSWERED, "rate_storm", *PAGING} == set(KINDS)


@pytest.mark.parametrize("ask", SAFE)
@pytest.mark.parametrize("kind", BROKEN)
async def test_what_may_be_repeated_is(there: Scene, kind: str, ask: str) -> None:
    there.server.faults.add(FAULTS[kind])
    await SAFE[ask](there)
    pages = 4 if ask == "recent" else 1
    assert len(there.server.requests) == pages + 1  # no more than that: aiohttp resends nothing
    assert there.server.faults.happened == {kind: 1}


@pytest.mark.parametrize("kind", BROKEN)
async def test_no_comment_is_made_twice(there: Scene, kind: str) -> None:
    there.server.faults.add(FAULTS[kind])
    with pytest.raises(UncertainWriteError) as caught:
        await there.create_comment()
    assert len(there.server.requests) == 1
    carried_out = KINDS[FAULTS[kind].kind].stage in ("reply", "leaving")
    assert there.said() == carried_out
    assert await there.client.settle(caught.value) is carried_out


@pytest.mark.parametrize("ask", [*SAFE, "create_comment"])
@pytest.mark.parametrize("kind", sorted(HARMLESS))
async def test_what_is_only_odd_is_read(there: Scene, kind: str, ask: str) -> None:
    there.server.faults.add(FAULTS[kind])
    await (SAFE | {"create_comment": Scene.create_comment})[ask](there)
    assert len(there.server.requests) == (4 if ask == "recent" else 1)
    assert there.server.faults.happened == {kind: 1}


@pytest.mark.parametrize("ask", [*SAFE, "create_comment"])
@pytest.mark.parametrize("kind", [*sorted(REFUSED), "rate_storm"])
async def test_refusals_are_asked_again_and_comments_with_them(
    there: Scene, kind: str, ask: str
) -> None:
    there.server.faults.add(FAULTS[kind])
    await (SAFE | {"create_comment": Scene.create_comment})[ask](there)
    again = FAULTS[kind].times
    assert len(there.server.requests) == again + (4 if ask == "recent" else 1)


@pytest.mark.parametrize("ask", [*SAFE, "create_comment"])
@pytest.mark.parametrize("kind", sorted(ANSWERED))
async def test_answers_are_answers(there: Scene, kind: str, ask: str) -> None:
    there.server.faults.add(FAULTS[kind])
    with pytest.raises(ANSWERED[kind]) as caught:
        await (SAFE | {"create_comment": Scene.create_comment})[ask](there)
    assert len(there.server.requests) == 1  # the redirect was not followed either
    assert caught.value.status == {"redirect": 302, "error": 400}.get(kind, 200)
    assert there.said() == 0


@pytest.mark.parametrize("ask", SAFE)
@pytest.mark.parametrize("kind", ["reset_before", "lost_reply", "cut_headers", "bad_gzip"])
async def test_they_are_repeated_so_often_and_no_more(there: Scene, kind: Any, ask: str) -> None:
    there.server.faults.add(Fault(kind, times=3))
    await SAFE[ask](there)
    assert len(there.server.requests) == (7 if ask == "recent" else 4)


@pytest.mark.parametrize("ending", ["close", "reset"])
@pytest.mark.parametrize("kind", ["cut_headers", "cut_body"])
async def test_a_cut_is_a_lost_connection_however_it_ends(kind: Any, ending: Any) -> None:
    async with scene(retry=Retry(attempts=1)) as there:
        there.server.faults.add(Fault(kind, ending=ending))
        with pytest.raises(TransportError):
            await there.user()
        await there.user()


async def test_a_drip_is_slow_and_no_silence() -> None:
    async with scene(retry=Retry(attempts=1)) as there:
        there.server.faults.add(Fault("drip", size=1000, seconds=READ / 8))
        started = asyncio.get_running_loop().time()
        await there.client.user_recent(count=COUNT).first()
        assert asyncio.get_running_loop().time() - started > READ


async def test_a_drip_ends_with_the_time_of_an_attempt() -> None:
    timeout = Timeout(read=5, total=0.3)
    async with scene(retry=Retry(attempts=2, base=0.001), timeout=timeout) as there:
        there.server.faults.add(Fault("drip", size=10, seconds=0.1))
        await there.recent()
        assert len(there.server.requests) == 5
        there.server.faults.add(Fault("drip", size=1, seconds=0.1, times=2))
        with pytest.raises(TransportError, match=r"within 0\.3 s \(total timeout\)"):
            await there.client.user_recent(count=COUNT).first()


async def test_what_is_larger_than_allowed_is_not_read() -> None:
    async with scene(retry=Retry(attempts=1), max_bytes=100_000) as there:
        there.server.faults.add(Fault("huge", size=99_999), Fault("huge", size=200_000))
        await there.user()
        with pytest.raises(TransportError, match="larger than 100000 bytes"):
            await there.user()
        await there.user()
