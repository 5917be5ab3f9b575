"""Every listing of the table, while its server misbehaves: the rules of paging hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from instagram_async import Client, Pager, PagingError, ResponseError
from instagram_async.server import Fault, LocalInstagram, World
from tests.support.listings import SPAN, listings, names, reading, world

PAGED = sorted(names(paged=True))
WHOLE = sorted(set(names(paged=False)) - {"media_search"})
ALL = sorted(names())


@pytest.fixture(scope="module")
def made() -> World:
    """Nothing here writes, so one world does for all."""
    return world()


def key(item: Any) -> str:
    return str(getattr(item, "id", None) or item.name)


async def read(pager: Pager[Any]) -> list[str]:
    return [key(item) async for item in pager]


def spoil(server: LocalInstagram, kind: Any, *, times: int = 1, after: int = 0) -> None:
    server.faults.add(Fault(kind, times=times, after=after))


def test_every_listing_is_here(made: World) -> None:
    assert {*PAGED, *WHOLE, "media_search"} == set(ALL) == set(listings(Client(), made))


@pytest.mark.parametrize("name", ALL)
async def test_an_item_that_can_not_be_read(name: str, made: World) -> None:
    async with reading(made) as (server, client):
        pager = listings(client, made)[name]()
        plain = await read(pager)
        spoil(server, "bad_item")
        items = aiter(pager)
        given: list[str] = []
        failed: list[ResponseError] = []
        while True:
            try:
                item = await anext(items, None)
            except ResponseError as error:
                failed.append(error)
                lost_at = len(given)
                continue
            if item is None:
                break
            given.append(key(item))
        if name == "media_search":  # what is asked for again can be read then
            assert sorted(given) in (sorted(plain), sorted(plain[:lost_at] + plain[lost_at + 1 :]))
        else:
            assert given == plain[:lost_at] + plain[lost_at + 1 :]
        assert len(failed) == 1
        assert failed[0].path.startswith("data[")
        assert failed[0].operation == pager.listing.operation
        assert failed[0].raw
        assert items.report.unreadable == 1
        assert items.report.complete


@pytest.mark.parametrize("name", ALL)
async def test_items_that_come_twice(name: str, made: World) -> None:
    async with reading(made) as (server, client):
        pager = listings(client, made)[name]()
        plain = await read(pager)
        spoil(server, "duplicate_items", after=int(name in PAGED))
        items = aiter(pager)
        assert [key(item) async for item in items] == plain
        assert items.report.duplicates >= 1
        assert items.report.complete
        assert not len(server.faults)


@pytest.mark.parametrize("name", PAGED)
async def test_empty_pages_with_a_next_key(name: str, made: World) -> None:
    async with reading(made) as (server, client):
        pager = listings(client, made)[name]()
        plain = await read(pager)
        spoil(server, "empty_page", times=2, after=1)
        items = aiter(pager)
        assert [key(item) async for item in items] == plain
        assert items.report.anomalies == {"empty_page": 2}
        assert items.report.complete


@pytest.mark.parametrize("name", WHOLE)
async def test_an_empty_list_is_an_empty_list(name: str, made: World) -> None:
    async with reading(made) as (server, client):
        spoil(server, "empty_page")
        items = aiter(listings(client, made)[name]())
        assert await anext(items, None) is None
        assert items.report.complete


async def test_an_empty_page_of_a_search_ends_its_week_alone(made: World) -> None:
    async with reading(made) as (server, client):
        pager = listings(client, made)["media_search"]()
        plain = await pager.collect()
        spoil(server, "empty_page")
        given = await pager.collect()
        week = SPAN["max_timestamp"] - 7 * 86_400
        assert given == [one for one in plain if one.created_time.timestamp() < week]
        assert given


@pytest.mark.parametrize("name", PAGED)
async def test_a_cursor_that_comes_again(name: str, made: World) -> None:
    async with reading(made) as (server, client):
        pager = listings(client, made)[name]()
        plain = await read(pager)
        spoil(server, "repeat_cursor", after=1)
        items = aiter(pager)
        given: list[str] = []
        with pytest.raises(PagingError) as caught:
            while True:
                given.append(key(await anext(items)))
        assert caught.value.kind == "cycle"
        assert given == plain[: len(given)]
        assert items.report.pages == 2
        assert items.report.anomalies == {"cycle": 1}
        assert caught.value.checkpoint == items.checkpoint


@pytest.mark.parametrize("name", ALL)
async def test_a_pagination_of_null_is_the_last_page(name: str, made: World) -> None:
    async with reading(made) as (server, client):
        pager = listings(client, made)[name]()
        plain = await read(pager)
        spoil(server, "null_pagination", after=int(name in PAGED))
        items = aiter(pager)
        given = [key(item) async for item in items]
        assert given == (plain[: len(given)] if name in PAGED else plain)
        assert items.report.pages == 2 or name not in PAGED
        assert items.report.complete
        assert not len(server.faults)


def bounded(client: Client, made: World) -> dict[str, Callable[[], Pager[Any]]]:
    """The listings with bounds, and bounds that cut them in their middle."""
    media, _ = made.recent(made.self_id, count=60)
    place = listings(client, made)["location_recent"]().listing.path.split("/")[1]
    older, newer = media[40], media[20]
    first, last = older.created_time, newer.created_time
    return {
        "user_recent": lambda: client.user_recent(count=9, min_timestamp=first, max_timestamp=last),
        "user_recent by id": lambda: client.user_recent(count=9, min_id=older.id),
        "user_feed": lambda: client.user_feed(count=33, min_id=older.id),
        "location_recent": lambda: client.location_recent(
            place, count=9, min_timestamp=first, max_timestamp=last
        ),
        "geography_recent": lambda: client.geography_recent(
            made.geographies[0], count=9, min_id=older.id
        ),
        "media_search": listings(client, made)["media_search"],
    }


@pytest.mark.parametrize("times", [1, 500])
@pytest.mark.parametrize("name", sorted(bounded(Client(), world())))
async def test_bounds_that_are_ignored(name: str, times: int, made: World) -> None:
    """On our side they hold all the same; no id of a tag can be seen, so `min_tag_id` can't."""
    async with reading(made) as (server, client):
        pager = bounded(client, made)[name]()
        plain = await read(pager)
        assert plain
        spoil(server, "ignore_bounds", times=times)
        items = aiter(pager)
        given: list[str] = []
        try:
            while (item := await anext(items, None)) is not None:
                given.append(key(item))
        except PagingError as error:  # nothing but time pages there
            assert (name, error.kind, times) == ("media_search", "cycle", 500)
            return
        bound = dict(pager.listing.params).get("min_id")
        assert given in (plain, [*plain, bound])  # its own media is the server's affair
        assert items.report.complete
        if times == 500:
            assert items.report.out_of_bounds > 0
