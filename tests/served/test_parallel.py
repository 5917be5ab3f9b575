"""Parallel reads of the local server in each era: what the plain walk gives, sooner."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest

from instagram_async import Client, PagingError, Quota, Retry
from instagram_async.paging import Items, WindowedPager
from instagram_async.server import Fault, LocalInstagram, World
from instagram_async.server.era import EraName
from tests.served.era_helpers import ERAS, serving
from tests.support.every import EVERYTHING
from tests.support.listings import SPAN

NAMES = ("user_recent", "location_recent", "media_search")


def client_of(server: LocalInstagram) -> Client:
    token = server.access_token(scope=EVERYTHING)
    options: dict[str, Any] = {"quota": Quota.unlimited(), "retry": Retry(attempts=1)}
    return Client(token, base_url=server.base_url, **options)


def pager(client: Client, world: World, name: str) -> WindowedPager[Any]:
    """One of the three listings, in pages so small that it has many."""
    place = max(world.locations, key=lambda one: len(world.at_location(str(one.id), count=200)[0]))
    assert place.latitude is not None
    assert place.longitude is not None
    made: dict[str, WindowedPager[Any]] = {
        "user_recent": client.user_recent(count=5),
        "location_recent": client.location_recent(str(place.id), count=3),
        "media_search": client.media_search(
            place.latitude, place.longitude, distance=5000, count=10, **SPAN
        ),
    }
    return made[name]


async def read(parallel: Any) -> tuple[list[Any], Any]:
    async with parallel as items:
        return [item async for item in items], items.report


@pytest.mark.parametrize(
    ("era", "name"),
    [(era, name) for era in ERAS for name in NAMES if name != "media_search" or era < "2016"],
)
async def test_every_era_gives_what_the_plain_walk_gives(era: EraName, name: str) -> None:
    world = World.seeded(3, users=30, media=90)  # 2018 allows 200 requests
    async with serving(era, world) as server, client_of(server) as client:
        walk = aiter(pager(client, world, name))
        plain = [media async for media in walk]
        assert len(plain) > 10
        server.faults.add(Fault("delay", seconds=0.01, times=500))
        for n in (2, 7):
            got, report = await read(pager(client, world, name).parallel(n))
            assert got == plain
            assert report.complete
            got, report = await read(pager(client, world, name).parallel(n, ordered=False))
            assert sorted(media.id for media in got) == sorted(media.id for media in plain)
            if name == "user_recent":
                assert report.saved >= (5 if n == 2 else 8)
                assert ("bounds_ignored" in report.anomalies) is (era >= "2016")


@pytest.mark.parametrize("era", ["2016", "2018"])
async def test_a_search_that_ignores_time_is_the_same_error(era: EraName) -> None:
    world = World.seeded(3, users=30, media=90)
    async with serving(era, world) as server, client_of(server) as client:
        walk = aiter(pager(client, world, "media_search"))
        plain = await _until_a_cycle(walk)
        async with pager(client, world, "media_search").parallel(4) as items:
            assert await _until_a_cycle(items) == plain
            assert items.report.anomalies["bounds_ignored"] >= 1
            assert items.report.requests <= walk.report.requests + 3


async def _until_a_cycle(items: Items[Any]) -> list[Any]:
    got: list[Any] = []
    with pytest.raises(PagingError) as raised:
        async for media in items:
            got.append(media)  # noqa: PERF401 - what came before the error counts
    assert raised.value.kind == "cycle"
    return got


async def test_a_slow_server_is_waited_for_once_and_not_page_by_page() -> None:
    world = World.seeded(3, media=200)
    async with serving("2015", world) as server, client_of(server) as client:
        server.faults.add(Fault("delay", seconds=0.1, times=500))
        started = perf_counter()
        got, report = await read(client.user_recent(count=5).parallel(16))
        took = perf_counter() - started
    assert len(got) == 200
    assert took < 40 * 0.1 / 2
    assert report.requests < 80


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ordered", [True, False])
async def test_a_read_that_was_left_goes_on_elsewhere(name: str, ordered: bool) -> None:
    world = World.seeded(3, users=30, media=200)
    async with serving("2015", world) as server, client_of(server) as client:
        plain = await pager(client, world, name).collect()
        for step in (0, 1, 7, len(plain) // 2):
            async with pager(client, world, name).parallel(4, ordered) as items:
                got = [await anext(items) for _ in range(step)]
                place = items.checkpoint
            rest = pager(client, world, name).resume(place)
            if ordered:
                assert [*got, *await rest.collect()] == plain
            more, _ = await read(rest.parallel(4, ordered))
            assert sorted(one.id for one in [*got, *more]) == sorted(one.id for one in plain)


async def test_a_failing_page_is_asked_for_again() -> None:
    world = World.seeded(3, media=200)
    async with serving("2015", world) as server, client_of(server) as client:
        plain = await client.user_recent(count=5).collect()
        patient = client.with_options(retry=Retry(attempts=4, base=0.01))
        server.faults.add(Fault("reset_before", times=8, after=6))
        got, report = await read(patient.user_recent(count=5).parallel(8))
        assert got == plain
        assert report.requests > report.pages


async def test_a_listing_bound_again_is_read_in_parallel_too() -> None:
    world = World.seeded(3, media=200)
    async with serving("2015", world) as server, client_of(server) as client:
        again = client.pager(client.user_recent(count=5).listing)
        assert isinstance(again, WindowedPager)
        got, report = await read(again.parallel(8))
        assert len(got) == 200
        assert report.requests > report.pages  # the user's own count was asked for
