"""Paging over real sockets, while the world changes and the server misbehaves."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instagram_async import (
    Client,
    InstagramError,
    Media,
    PagingError,
    Quota,
    ResponseError,
    Retry,
    Timeout,
    UserSummary,
)
from instagram_async.server import Fault, LocalInstagram, World

NEVER_AGAIN = Retry(attempts=1)
QUICK = Timeout(connect=5, read=0.15, total=5)
# A refusal closes the gate for the window at most, so the windows are short.
BRIEF = Quota(10_000, per=0.05)


def client(server: LocalInstagram, **options: object) -> Client:
    defaults: dict[str, object] = {"quota": Quota.unlimited(), "base_url": server.base_url}
    return Client(server.access_token(), **(defaults | options))  # type: ignore[arg-type]


async def ids(server: LocalInstagram, **params: int) -> list[str]:
    async with client(server) as fresh:
        return [media.id async for media in fresh.user_recent("self", **params)]  # type: ignore[arg-type]


def post(world: World, newest: Media, later: int) -> Media:
    """Put up a new media, some seconds after the newest."""
    when = newest.created_time + timedelta(seconds=later)
    user = world.user(world.self_id)
    assert user is not None
    media = Media(
        id=world.free_id(user.id, when),
        created_time=when,
        user=UserSummary(id=user.id, username=user.username),
    )
    world.post(media)
    return media


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 80),
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 50)), max_size=3),
    st.integers(1, 40),
    st.data(),
)
def test_checkpoints(
    size: int, parts: list[tuple[int, int]], last: int, data: st.DataObject
) -> None:
    """Stop at any item, delete and post, resume with another count in a fresh client."""

    async def scenario() -> None:
        world = World.seeded(data.draw(st.integers(0, 5)), users=1, media=size)
        async with LocalInstagram(world) as server:
            before = await ids(server)
            always, seen, saved = set(before), [], None
            for count, stop in [*parts, (last, 1_000)]:
                async with client(server) as fresh:
                    pager = fresh.user_recent("self", count=count)
                    items = aiter(pager if saved is None else pager.resume(saved))
                    left = stop
                    while left and (media := await anext(items, None)) is not None:
                        seen.append(media.id)
                        left -= 1
                    saved = items.checkpoint
                for gone in (
                    data.draw(st.sets(st.sampled_from(before), max_size=9)) if before else ()
                ):
                    if gone in always:
                        always.discard(gone)
                        world.delete(gone)
                newest, _ = world.recent(world.self_id, count=1)
                if newest:
                    post(world, newest[0], data.draw(st.integers(1, 99)))
            assert len(seen) == len(set(seen))
            assert always <= set(seen)
            async with client(server) as fresh:
                assert saved is not None
                resumed = fresh.user_recent("self").resume(saved)
                assert await resumed.collect() == []
                with pytest.raises(ValueError, match="another listing"):
                    fresh.user_recent("7").resume(saved)

    asyncio.run(scenario())


FAULTS = [
    *[Fault("status", status=status, body="html") for status in (500, 502, 503, 504)],
    *[Fault("status", status=status, body="empty") for status in (500, 502, 503, 504)],
    Fault("truncated"),
    Fault("reset_before"),
    Fault("reset_after"),
    Fault("stall"),
    Fault("rate_limit"),
    Fault("rate_limit_meta"),
    Fault("meta_error"),
    Fault("lost_reply"),
]


@pytest.mark.parametrize("page", [0, 1, 3])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.kind}-{f.status}-{f.body}")
async def test_any_page_killed_caught_gone_on(fault: Fault, page: int) -> None:
    """One page killed by any fault, the error caught: the same items in the same order."""
    async with LocalInstagram(World.seeded(users=1, media=70)) as server:
        expected = await ids(server)
        server.faults.add(type(fault)(fault.kind, status=fault.status, body=fault.body, after=page))
        async with client(server, retry=NEVER_AGAIN, timeout=QUICK, quota=BRIEF) as fragile:
            items = aiter(fragile.user_recent("self"))
            seen: list[str] = []
            errors: list[InstagramError] = []
            while True:
                try:
                    seen.append((await anext(items)).id)
                except InstagramError as error:
                    errors.append(error)
                except StopAsyncIteration:
                    break
        assert len(errors) == 1
        assert errors[0].operation == "GET users/{id}/media/recent"
        assert seen == expected
        assert (items.report.items, items.report.requests, items.report.complete) == (70, 5, True)
        async with client(server) as fresh:
            rest = fresh.user_recent("self").resume(errors[0].checkpoint or "")
            assert [media.id async for media in rest] == expected[20 * page :]


PASSING = [fault for fault in FAULTS if fault.kind != "meta_error"]  # that one refuses the token


@pytest.mark.parametrize("fault", PASSING, ids=lambda f: f"{f.kind}-{f.status}-{f.body}")
async def test_retries_hide_what_passes(fault: Fault) -> None:
    async with LocalInstagram(World.seeded(users=1, media=50)) as server:
        expected = await ids(server)
        server.faults.add(fault)
        retry = Retry(attempts=3, base=0.001)
        async with client(server, retry=retry, timeout=QUICK, quota=BRIEF) as stubborn:
            items = aiter(stubborn.user_recent("self"))
            assert [media.id async for media in items] == expected
            assert items.report.requests == 4


async def test_a_cancelled_page_is_asked_again() -> None:
    async with LocalInstagram(World.seeded(users=1, media=50)) as server:
        expected = await ids(server)
        server.faults.add(Fault("stall", after=1))
        async with client(server) as patient:
            items = aiter(patient.user_recent("self"))
            seen = [(await anext(items)).id for _ in range(20)]
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await anext(items)
            seen += [media.id async for media in items]
        assert seen == expected


async def test_repeat_cursor() -> None:
    async with LocalInstagram(World.seeded(users=1, media=70)) as server:
        expected = await ids(server)
        server.faults.add(Fault("repeat_cursor", after=1))
        async with client(server) as fresh:
            items = aiter(fresh.user_recent("self"))
            seen: list[str] = []
            with pytest.raises(PagingError, match="second time") as raised:
                async for media in items:
                    seen.append(media.id)  # noqa: PERF401 - what came before the error counts
            assert raised.value.kind == "cycle"
            assert items.report.items == 40
        async with client(server) as fresh:
            rest = fresh.user_recent("self").resume(raised.value.checkpoint or "")
            assert seen + [media.id async for media in rest] == expected


async def test_empty_pages_with_a_next_key() -> None:
    async with LocalInstagram(World.seeded(users=1, media=70)) as server:
        expected = await ids(server)
        server.faults.add(Fault("empty_page", after=1, times=49))
        async with client(server) as fresh:
            items = aiter(fresh.user_recent("self"))
            assert [media.id async for media in items] == expected
            assert items.report.anomalies == {"empty_page": 49}


async def test_too_many_empty_pages_raise_and_one_may_go_on() -> None:
    async with LocalInstagram(World.seeded(users=1, media=70)) as server:
        expected = await ids(server)
        server.faults.add(Fault("empty_page", after=1, times=60))
        async with client(server) as fresh:
            items = aiter(fresh.user_recent("self"))
            seen = [(await anext(items)).id for _ in range(20)]
            with pytest.raises(PagingError, match="50 pages"):
                await anext(items)
            seen += [media.id async for media in items]
        assert seen == expected


async def test_duplicates_are_dropped_and_counted() -> None:
    async with LocalInstagram(World.seeded(users=1, media=70)) as server:
        expected = await ids(server)
        server.faults.add(Fault("duplicate_items", times=9))
        async with client(server) as fresh:
            items = aiter(fresh.user_recent("self"))
            assert [media.id async for media in items] == expected
            assert items.report.duplicates == 3


async def test_a_null_pagination_is_the_last_page() -> None:
    async with LocalInstagram(World.seeded(users=1, media=70)) as server:
        expected = await ids(server)
        server.faults.add(Fault("null_pagination", after=1))
        assert await ids(server) == expected[:40]


async def test_an_unreadable_item_sinks_only_itself() -> None:
    async with LocalInstagram(World.seeded(users=1, media=50)) as server:
        expected = await ids(server)
        server.faults.add(Fault("bad_item", after=1))
        async with client(server) as fresh:
            items = aiter(fresh.user_recent("self"))
            seen: list[str] = []
            errors: list[ResponseError] = []
            while True:
                try:
                    seen.append((await anext(items)).id)
                except ResponseError as error:
                    errors.append(error)
                except StopAsyncIteration:
                    break
        assert [error.operation for error in errors] == ["GET users/{id}/media/recent"]
        assert errors[0].path.startswith("data[")
        assert errors[0].raw["created_time"]
        assert len(seen) == 49
        assert set(seen) < set(expected)
        assert (items.report.unreadable, items.report.items) == (1, 49)


async def test_bounds_hold_on_servers_that_ignore_them() -> None:
    world = World.seeded(users=1, media=120)
    async with LocalInstagram(world) as server, client(server) as fresh:
        everything = await fresh.user_recent("self").collect()
        first, last = everything[65].created_time, everything[30].created_time
        inside = [m.id for m in everything if first <= m.created_time <= last]
        bounded = fresh.user_recent("self", min_timestamp=first, max_timestamp=last)
        assert [media.id async for media in bounded] == inside
        server.faults.add(Fault("ignore_bounds", times=99))
        items = aiter(bounded)
        assert [media.id async for media in items] == inside
        report = items.report
        assert report.out_of_bounds >= 30
        assert report.complete
        assert report.requests == 5  # ended at the lower bound, not at the listing's end
        newer = fresh.user_recent("self", min_id=everything[65].id)
        assert {media.id async for media in newer} == {m.id for m in everything[:66]}


async def test_a_private_or_unknown_user_is_an_error_of_the_iteration() -> None:
    async with LocalInstagram() as server, client(server) as fresh:
        pager = fresh.user_recent("404")
        with pytest.raises(InstagramError, match="does not exist"):
            await pager.first()


async def test_many_walks_share_one_client() -> None:
    async with LocalInstagram(World.seeded(users=1, media=100)) as server:
        expected = await ids(server)
        async with client(server, concurrency=8) as shared:
            walks = [shared.user_recent("self", count=1 + n % 33).collect() for n in range(20)]
            for walk in await asyncio.gather(*walks):
                assert [media.id for media in walk] == expected
