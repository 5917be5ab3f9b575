"""The world changes while somebody pages, and pages stand the other way round."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest

from instagram_async import Client, Media, Pager
from instagram_async.server import Fault, LocalInstagram
from instagram_async.server.faults.kinds import KINDS
from instagram_async.server.routes import ROUTES
from tests.support.listings import listings, reading, world

CHANGING = [route.operation.name for route in ROUTES if KINDS["delete_between"].fits(route)]
LISTINGS = [route.operation.name for route in ROUTES if route.is_listing]


async def pages_of(pager: Pager[Any]) -> list[list[Any]]:
    return [list(page.items) async for page in pager.pages()]


async def before_and_after(
    server: LocalInstagram, client: Client, name: str, fault: Fault
) -> tuple[list[list[Any]], list[list[Any]]]:
    pager = listings(client, server.world)[name]()
    straight = await pages_of(pager)
    server.faults.add(fault)
    bent = await pages_of(pager)
    assert server.faults.happened == {fault.kind: 1}
    return straight, bent


def ids(media: list[Any]) -> list[str]:
    return [str(getattr(one, "id", None) or one.name) for one in media]


def test_media_that_are_paged_can_change_meanwhile() -> None:
    assert sorted(CHANGING) == [
        "geography_recent", "location_recent", "media_search", "tag_recent", "user_feed",
        "user_liked", "user_recent",
    ]  # fmt: skip


@pytest.mark.parametrize("name", CHANGING)
async def test_a_media_is_deleted_before_its_page_is_read(name: str) -> None:
    async with reading(world()) as (server, client):
        fault = Fault("delete_between", after=1)
        straight, bent = await before_and_after(server, client, name, fault)
        plain, got = (ids(list(chain.from_iterable(pages))) for pages in (straight, bent))
        if name == "media_search":  # its pages begin with a media that was on the one before
            assert got == plain
            assert server.world.media(straight[0][-1].id) is None
            return
        gone = straight[1][0].id
        assert got == [one for one in plain if one != gone]
        assert server.world.media(gone) is None


@pytest.mark.parametrize("name", CHANGING)
async def test_a_media_is_posted_before_a_page_is_read(name: str) -> None:
    async with reading(world()) as (server, client):
        fault = Fault("post_between", after=1)
        straight, bent = await before_and_after(server, client, name, fault)
        assert list(map(ids, bent)) == list(map(ids, straight))  # it is newer than the first page
        posted = [one for page in await pages_of(again(client, server, name)) for one in page]
        known = set(ids(list(chain.from_iterable(straight))))
        new = [one for one in posted if one.id not in known]
        if name == "media_search":  # it is of today
            assert new == []
            return
        (media,) = new
        assert isinstance(media, Media)
        assert ids(posted)[0] == media.id
        assert media.comments.count == 0
        assert media.likes.count == 1 if name == "user_liked" else media.likes.count <= 1
        assert media.link is not None
        assert (await client.media_shortcode(media.link.split("/")[-2])).id == media.id


def again(client: Client, server: LocalInstagram, name: str) -> Pager[Any]:
    return listings(client, server.world)[name]()


@pytest.mark.parametrize("kind", ["delete_between", "post_between"])
async def test_nothing_changes_where_there_is_no_media(kind: Any) -> None:
    made = world()
    async with reading(made) as (server, client):
        server.faults.add(Fault(kind, times=2))
        assert await client.user_recent(made.users[1].id).collect() == []
        assert await client.tag_recent("nobodysaidthis").collect() == []


@pytest.mark.parametrize("name", LISTINGS)
async def test_items_stand_the_other_way_round(name: str) -> None:
    async with reading(world()) as (server, client):
        straight, bent = await before_and_after(server, client, name, Fault("out_of_order"))
        plain, got = (list(chain.from_iterable(pages)) for pages in (straight, bent))
        assert ids(bent[0]) == ids(straight[0])[::-1]
        assert len(ids(got)) == len(set(ids(got)))
        assert set(ids(got)) == set(ids(plain))
        if name != "media_search":
            assert list(map(ids, bent[1:])) == list(map(ids, straight[1:]))
