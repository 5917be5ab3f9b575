"""The official client of old and ours read the same things from the local server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from instagram_async import Client, Pager
from instagram_async.server import LocalInstagram
from tests.support.listings import ALL_SCOPES, SPAN
from tests.support.old_client import (
    SHOWN,
    Both,
    busy_world,
    media,
    old_class,
    person,
    place,
    profile,
    relation,
    tag,
)

# What has no method here; the page on python-instagram has it, and its tests.
LEFT_OUT = {"create_subscription", "list_subscriptions", "delete_subscriptions"}


async def every_page(both: Both, method: str, **options: Any) -> list[Any]:
    def read() -> list[Any]:
        pages = getattr(both.old, method)(as_generator=True, max_pages=None, **options)
        return [one for page, _ in pages for one in page]

    return await asyncio.to_thread(read)


if find_spec("instagram"):  # it comes with the extra `bench`, and the suite runs with `test`
    pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age

    @pytest.fixture
    async def both() -> AsyncIterator[Both]:
        world = busy_world()
        async with LocalInstagram(world) as server:
            token = server.access_token(scope=ALL_SCOPES)
            async with Client(token, base_url=server.base_url) as ours:
                yield Both(old_class(server)(access_token=token), ours, world)

    PAGED: dict[str, tuple[Callable[[Both], Pager[Any]], Callable[[Any], Any]]] = {
        "user_recent_media": (lambda both: both.ours.user_recent(), media),
        "user_media_feed": (lambda both: both.ours.user_feed(), media),
        "user_liked_media": (lambda both: both.ours.user_liked(), media),
        "user_follows": (lambda both: both.ours.user_follows(), person),
        "user_followed_by": (lambda both: both.ours.user_followed_by(), person),
    }

    @pytest.mark.parametrize("method", PAGED)
    async def test_listings(method: str, both: Both) -> None:
        read, show = PAGED[method]
        old = await every_page(both, method)
        assert old
        assert [show(one) for one in old] == [show(one) async for one in read(both)]

    async def test_listings_of_something(both: Both) -> None:
        recent, _ = both.world.recent(both.world.self_id, count=45)
        name = max(word for one in recent for word in one.tags)
        spot, area = both.world.locations[0].id, both.world.geographies[0]
        assert spot is not None
        for old, pager in (
            (await every_page(both, "tag_recent_media", tag_name=name), both.ours.tag_recent(name)),
            (
                await every_page(both, "location_recent_media", location_id=spot),
                both.ours.location_recent(spot),
            ),
            (
                await every_page(both, "geography_recent_media", geography_id=area),
                both.ours.geography_recent(area),
            ),
        ):
            assert old
            assert [media(one) for one in old] == [media(one) async for one in pager]

    async def test_lists_of_one_page(both: Both) -> None:
        spot = both.world.locations[0]
        assert spot.latitude is not None
        assert spot.longitude is not None
        lat, lng = spot.latitude, spot.longitude
        at = {"lat": lat, "lng": lng}
        busy = max(
            both.world.recent(both.world.self_id, count=45)[0], key=lambda one: one.comments.count
        )
        around = both.ours.media_search(lat, lng, distance=5000, **SPAN)
        lists: list[tuple[str, dict[str, Any], Pager[Any]]] = [
            ("media_popular", {}, both.ours.media_popular()),
            ("media_comments", {"media_id": busy.id}, both.ours.media_comments(busy.id)),
            ("media_likes", {"media_id": busy.id}, both.ours.media_likes(busy.id)),
            ("user_search", {"q": "a"}, both.ours.user_search("a")),
            ("user_incoming_requests", {}, both.ours.user_requested_by()),
            ("location_search", at, both.ours.location_search(lat=lat, lng=lng)),
            ("media_search", {**at, "distance": 5000, **SPAN}, around),
        ]
        for method, options, pager in lists:
            old = await both.ask(method, **options)
            page = await anext(pager.pages())
            assert page.items
            show = SHOWN[type(page.items[0])]
            assert [show(one) for one in old] == [show(one) for one in page.items]

        tags, _ = await both.ask("tag_search", q="s")
        assert [tag(one) for one in tags] == [tag(one) async for one in both.ours.tag_search("s")]

    async def test_single_things(both: Both) -> None:
        newest = await both.ours.user_recent().first()
        assert newest is not None
        code, spot = newest.shortcode, both.world.locations[0].id
        assert code is not None
        assert spot is not None
        assert media(await both.ask("media", newest.id)) == media(newest)
        assert media(await both.ask("media_shortcode", code)) == media(
            await both.ours.media_shortcode(code)
        )
        assert profile(await both.ask("user")) == profile(await both.ours.user())
        assert place(await both.ask("location", spot)) == place(await both.ours.location(spot))
        assert tag(await both.ask("tag", "snow")) == tag(await both.ours.tag("snow"))

    async def test_relationships(both: Both) -> None:
        other = both.world.users[-1].id
        changed, _ = await both.ask("change_user_relationship", user_id=other, action="unfollow")
        assert relation(changed) == relation(await both.ours.unfollow(other))
        for method, ours in (
            ("follow_user", both.ours.follow),
            ("unfollow_user", both.ours.unfollow),
            ("block_user", both.ours.block),
            ("unblock_user", both.ours.unblock),
            ("approve_user_request", both.ours.approve),
            ("ignore_user_request", both.ours.ignore),
        ):
            changed, _ = await both.ask(method, user_id=other)
            assert relation(changed) == relation(await ours(other))
            assert relation(await both.ask("user_relationship", user_id=other)) == relation(
                await both.ours.relationship(other)
            )

    async def test_writes(both: Both) -> None:
        newest = await both.ours.user_recent().first()
        assert newest is not None
        await both.ask("like_media", newest.id)
        assert (await both.ours.media(newest.id)).user_has_liked
        await both.ask("unlike_media", newest.id)
        assert not (await both.ours.media(newest.id)).user_has_liked
        await both.ask("create_media_comment", newest.id, "caf\u00e9 & more")
        written = [one async for one in both.ours.media_comments(newest.id)][-1]
        assert written.text == "caf\u00e9 & more"
        assert written.created_time <= datetime.now(UTC)
        await both.ask("delete_comment", newest.id, written.id)
        assert written not in await both.ours.media_comments(newest.id).collect()

    def test_every_method_of_the_old_client_is_here() -> None:
        bound = vars(import_module("instagram.client").InstagramAPI)
        methods = {name for name, value in bound.items() if callable(value) and name[0] != "_"}
        here = Path(__file__).read_text(encoding="utf-8")
        assert {name for name in methods - LEFT_OUT if f'"{name}"' not in here} == set()
