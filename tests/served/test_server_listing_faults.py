"""The paging faults on every listing, whatever its cursor is called."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain, pairwise
from typing import Any

import pytest
from attrs import frozen

from instagram_async.server import Fault, LocalInstagram, World
from instagram_async.server.routes import ROUTES
from tests.served.server_helpers import get

LISTINGS = [route.name for route in ROUTES if route.is_listing]
PAGED = [route.name for route in ROUTES if route.parameter]
WHOLE = sorted(set(LISTINGS) - set(PAGED))


@frozen
class Listing:
    """A listing of the self user's world, with what its pages are asked with."""

    server: LocalInstagram
    operation: str
    path: str
    parameter: str

    async def page(self, cursor: str | None = None, **query: str) -> dict[str, Any]:
        query = {"count": "4", "q": "s", "lat": "47.6077", "lng": "-122.3394",
                 "max_timestamp": "1442750400", **query}  # fmt: skip
        if cursor is not None:
            query[self.parameter] = cursor
        got = await get(self.server, self.path, **query)
        assert got.status == 200
        body: dict[str, Any] = got.json
        return body

    def cursor(self, body: dict[str, Any]) -> str | None:
        found: str | None = body["pagination"].get(f"next_{self.parameter}")
        return found

    async def walk(self) -> list[list[str]]:
        pages, cursor, seen = list[list[str]](), None, set[str]()
        while True:
            body = await self.page(cursor)
            pages.append(names(body))
            cursor = self.cursor(body)
            if cursor is None:
                return pages
            assert cursor not in seen
            seen.add(cursor)

    def fail(self, kind: Any, **options: Any) -> None:
        self.server.faults.add(Fault(kind, operation=self.operation, **options))


def names(body: dict[str, Any]) -> list[str]:
    return [item.get("id", item.get("name")) for item in body["data"]]


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(World.seeded(6, users=30, media=40)) as server:
        me = server.world.self_id
        for media in server.world.recent(me, count=20)[0]:
            server.world.like(media.id, me)
        for followed in server.world.follows(me, count=99)[0][9:]:
            server.world.unfollow(me, followed.id)
        for user in server.world.users[5:9]:
            server.world.set_private(me, private=True)
            server.world.unfollow(user.id, me)
            server.world.follow(user.id, me)
        yield server


@pytest.fixture
def listing(server: LocalInstagram, operation: str) -> Listing:
    world = server.world
    route = next(route for route in ROUTES if route.name == operation)
    medium = max(world.recent(world.self_id, count=40)[0], key=lambda one: one.likes.count)
    said = max(world.recent(world.self_id, count=40)[0], key=lambda one: one.comments.count)
    ids = {
        "users": world.self_id,
        "media": said.id if "comments" in route.path else medium.id,
        "locations": "4000",
        "geographies": world.geographies[0],
    }
    path = route.path.format(id=ids.get(route.path.partition("/")[0]), name="snow")
    return Listing(server, operation, path, route.parameter)


@pytest.mark.parametrize("operation", LISTINGS)
async def test_one_item_is_unreadable(listing: Listing) -> None:
    straight = await listing.page()
    listing.fail("bad_item")
    bent = await listing.page()
    middle = len(straight["data"]) // 2
    assert straight["data"]
    for at, (good, item) in enumerate(zip(straight["data"], bent["data"], strict=True)):
        name = "id" if "id" in good else "name"
        if at == middle:
            assert item[name] == {"pk": good[name]}
            assert item.get("created_time") == ("yesterday" if "created_time" in good else None)
        else:
            assert item == good
    assert bent.get("pagination") == straight.get("pagination")


@pytest.mark.parametrize("operation", LISTINGS)
async def test_pagination_is_null(listing: Listing) -> None:
    straight = await listing.page()
    listing.fail("null_pagination")
    assert await listing.page() == {**straight, "pagination": None}


@pytest.mark.parametrize("operation", PAGED)
async def test_values_of_pagination_are_empty(listing: Listing) -> None:
    straight = await listing.page()
    assert listing.cursor(straight)
    listing.fail("blank_pagination")
    assert await listing.page() == {
        **straight,
        "pagination": dict.fromkeys(straight["pagination"], ""),
    }


@pytest.mark.parametrize("operation", PAGED)
@pytest.mark.parametrize(("after", "times"), [(0, 1), (1, 2), (0, 60), (2, 1)])
async def test_empty_pages_lead_on(listing: Listing, after: int, times: int) -> None:
    straight = await listing.walk()
    assert len(straight) > 2
    listing.fail("empty_page", after=after, times=times)
    bent = await listing.walk()
    assert bent == [*straight[:after], *([[]] * times), *straight[after:]]


@pytest.mark.parametrize("operation", PAGED)
async def test_the_first_item_is_the_last_of_the_page_before(listing: Listing) -> None:
    straight = list(chain.from_iterable(await listing.walk()))
    listing.fail("duplicate_items", times=999)
    bent = await listing.walk()
    for before, page in pairwise(bent):
        assert page[0] == before[-1]
        assert len(page) <= 4
    new = [name for at, page in enumerate(bent) for name in page[1 if at else 0 :]]
    assert new == straight
    listing.server.faults.clear()


@pytest.mark.parametrize("operation", PAGED)
async def test_the_next_key_is_the_requests_own(listing: Listing) -> None:
    first = await listing.page()
    cursor = listing.cursor(first)
    second = await listing.page(cursor)
    listing.fail("repeat_cursor", times=2)
    assert await listing.page() == first
    bent = await listing.page(cursor)
    assert bent["data"] == second["data"]
    assert listing.cursor(bent) == cursor


@pytest.mark.parametrize("operation", WHOLE)
async def test_lists_of_one_page_are_empty_or_repeat_an_item(listing: Listing) -> None:
    straight = await listing.page()
    listing.fail("empty_page")
    listing.fail("duplicate_items")
    assert await listing.page() == {**straight, "data": []}
    assert names(await listing.page()) == [names(straight)[0], *names(straight)]


@pytest.mark.parametrize(
    ("operation", "bounds"),
    [
        ("GET users/self/feed", {"min_id": "9999999999999999999"}),
        ("GET users/{id}/media/recent", {"max_timestamp": "5", "min_timestamp": "4"}),
        ("GET locations/{id}/media/recent", {"min_timestamp": "1999999999"}),
        ("GET geographies/{id}/media/recent", {"min_id": "9999999999999999999"}),
        ("GET tags/{name}/media/recent", {"min_tag_id": "9999999999999999999"}),
        ("GET media/search", {"max_timestamp": "5", "min_timestamp": "4"}),
    ],
)
async def test_bounds_are_ignored(listing: Listing, bounds: dict[str, str]) -> None:
    assert names(await listing.page(**bounds)) == []
    straight = names(await listing.page())
    listing.fail("ignore_bounds")
    assert names(await listing.page(**bounds)) == straight != []


async def test_a_made_up_cursor_is_good_for_its_own_listing_alone(server: LocalInstagram) -> None:
    me, other = server.world.self_id, server.world.users[9].id
    path = f"users/{other}/media/recent"
    server.faults.add(Fault("empty_page"))
    straight = (await get(server, f"users/{me}/media/recent", count=4)).next
    server.faults.clear()
    theirs = await get(server, path, max_id=str(straight), count=4)
    assert theirs.ids == (await get(server, path, count=4)).ids
