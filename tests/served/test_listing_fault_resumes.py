"""Left and gone on with while pages are out of order or the world changes."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from instagram_async import Pager
from instagram_async.server.faults.kinds import KINDS
from instagram_async.server.routes import ROUTES
from tests.support.listings import listings, names, reading, world

LONG = sorted({*names(paged=True), "media_search"})
CHANGING = sorted(route.operation.name for route in ROUTES if KINDS["delete_between"].fits(route))


def key(item: Any) -> str:
    return str(getattr(item, "id", None) or item.name)


async def in_parts(pager: Pager[Any], rng: Random) -> list[str]:
    """All of a listing, by one who leaves it again and again."""
    given: list[str] = []
    saved: str | None = None
    while True:
        items = aiter(pager if saved is None else pager.resume(saved))
        for _ in range(rng.randrange(1, 25)):
            if (item := await anext(items, None)) is None:
                return given
            given.append(key(item))
        saved = items.checkpoint


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", LONG)
async def test_out_of_order_pages_are_given_whole(name: str, seed: int) -> None:
    async with reading(world()) as (server, client):
        pager = listings(client, server.world)[name]()
        plain = [key(item) async for item in pager]
        server.faults.sometimes(0.6, seed=seed, kinds=["out_of_order"])
        given = await in_parts(pager, Random(f"{name}/{seed}"))
        assert len(given) == len(set(given))
        assert set(given) == set(plain)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", CHANGING)
async def test_what_is_there_all_along_is_given_once(name: str, seed: int) -> None:
    async with reading(world()) as (server, client):
        pager = listings(client, server.world)[name]()
        before = [key(item) async for item in pager]
        server.faults.sometimes(0.5, seed=seed, kinds=["delete_between", "post_between"])
        given = await in_parts(pager, Random(f"{name}/{seed}"))
        assert server.faults.happened
        server.faults.clear()
        after = {key(item) async for item in pager}
        always = [one for one in before if one in after]
        assert len(given) == len(set(given))
        assert [one for one in given if one in set(always)] == always
