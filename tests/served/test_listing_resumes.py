"""Every listing of the table, left at any item and gone on with: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import pickle
from random import Random
from typing import Any

import pytest
from attrs import evolve

from instagram_async import Pager
from instagram_async.server import World
from tests.support.listings import listings, names, reading, world

LONG = sorted({*names(paged=True), "media_search"})


def key(item: Any) -> str:
    return str(getattr(item, "id", None) or item.name)


def sized(pager: Pager[Any], count: int) -> Pager[Any]:
    """The same listing in pages of another size."""
    return evolve(pager, listing=evolve(pager.listing, page_size=(("count", str(count)),)))


async def part(pager: Pager[Any], stop: int) -> tuple[list[str], str]:
    items = aiter(pager)
    given: list[str] = []
    while len(given) < stop and (item := await anext(items, None)) is not None:
        given.append(key(item))
    return given, items.checkpoint


def change(made: World, name: str, present: list[str], rng: Random) -> set[str]:
    """Take some of a listing's items out of the world; those that are gone."""
    gone = set(rng.sample(present, min(4, len(present))))
    for each in gone:
        if name == "user_follows":
            made.unfollow(made.self_id, each)
        elif name == "user_followed_by":
            made.unfollow(each, made.self_id)
        elif name == "user_liked":
            made.unlike(each, made.self_id)
        else:
            made.delete(each)
    return gone


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", LONG)
async def test_what_was_there_all_along_is_given_once(name: str, seed: int) -> None:
    rng, made = Random(f"{name}/{seed}"), world()
    async with reading(made) as (_, client):
        pager = listings(client, made)[name]()
        always = await asyncio.wait_for(part(pager, 10_000), 20)
        there = set(always[0])
        seen: list[str] = []
        saved: str | None = None
        for stop in (rng.randrange(3), rng.randrange(40), rng.randrange(30), 10_000):
            again = sized(pager, rng.randrange(12, 34))
            given, saved = await part(again if saved is None else again.resume(saved), stop)
            seen += given
            there -= change(made, name, sorted(there), rng)
        assert saved is not None
        assert len(seen) == len(set(seen))
        assert there <= set(seen)
        assert await pager.resume(saved).collect() == []
        others = [other for other in LONG if other != name]
        with pytest.raises(ValueError, match="another listing"):
            listings(client, made)[others[seed]]().resume(saved)


@pytest.mark.parametrize("name", sorted(names()))
async def test_a_listing_is_a_value(name: str) -> None:
    async with reading(world()) as (_, client):
        pager = listings(client, world())[name]()
        again = pickle.loads(pickle.dumps(pager.listing))
        assert again == pager.listing
        assert hash(again) == hash(pager.listing)
        assert str(again) == str(pager.listing)
        bound = client.pager(again)
        assert type(bound) is type(pager)
        assert [key(item) async for item in bound.limit(40)] == [
            key(item) async for item in pager.limit(40)
        ]
