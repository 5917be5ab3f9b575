"""Many listings without any wire, which watch how they are asked for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, TypeVar
from weakref import ReferenceType, ref

import pytest
from attrs import define, evolve, field

from instagram_async import InstagramError, bulk
from instagram_async.paging import Listing, ListReply, Pager, Unreadable
from instagram_async.transport import Pairs, Tally
from tests.support.lists import OPAQUE, Post, Shelf, listing

X = TypeVar("X")
Mishap = Exception | str | None


@define(eq=False)
class Shown:
    """One listing: its posts, and what happens to its requests, one after the other."""

    key: str
    posts: list[Post]
    count: int = 20
    seconds: list[float] = field(factory=list)  # then the hall's
    mishaps: list[Mishap] = field(factory=list)  # then none
    requests: int = 0
    asked: int = 0  # items of the pages that were answered
    given: int = 0
    ends: list[int] = field(factory=list)  # after how many items each page is given whole

    @property
    def held(self) -> bool:
        return bool(self.ends and self.given < self.ends[-1])

    @property
    def is_whole(self) -> bool:
        return self.given >= len(self.posts)


@define(eq=False)
class Hall:
    """All of them; requests take time, and are counted while they are under way."""

    shown: dict[str, Shown]
    seconds: float = 1.0
    under_way: int = 0
    most: int = 0  # requests under way and pages held
    made: list[ReferenceType[Post]] = field(factory=list)  # each page has items of its own

    def pager(self, key: str, rule: Any = OPAQUE) -> Pager[Post]:
        shown = self.shown[key]
        named = evolve(listing(rule, shown.count), path=f"things/{key}")
        shelf = Shelf(shown.posts)

        async def send(listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
            at, shown.requests = shown.requests, shown.requests + 1
            self.under_way += 1
            self.watch()
            try:
                await asyncio.sleep(shown.seconds[at] if at < len(shown.seconds) else self.seconds)
                mishap = shown.mishaps[at] if at < len(shown.mishaps) else None
                shelf.fail = [mishap] if isinstance(mishap, Exception) else []
                reply = await shelf.send(listing, params, tally)
            finally:
                self.under_way -= 1
            items = [Post(item.pk, item.second) for item in reply.items if isinstance(item, Post)]
            reply = reply._replace(items=tuple(items))
            self.made.extend(map(ref, items))
            first = reply.items[0] if reply.items else None
            if mishap == "unreadable" and isinstance(first, Post):
                blind = Unreadable("data[0]", "no id", {"pk": first.pk})
                reply = reply._replace(items=(blind, *reply.items[1:]), flawed=True)
            if mishap == "empty":
                reply = reply._replace(items=())
            if reply.items:
                shown.asked += len(reply.items)
                shown.ends.append(shown.asked)
            self.watch()
            return reply

        return Pager(named, send)

    def pagers(self) -> dict[str, Pager[Post]]:
        return {key: self.pager(key) for key in self.shown}

    def watch(self) -> None:
        held = sum(shown.held for shown in self.shown.values())
        self.most = max(self.most, self.under_way + held)

    def gave(self, key: str) -> None:
        """Count what was given."""
        self.shown[key].given += 1

    def alive(self) -> int:
        """How many items somebody holds."""
        return sum(item() is not None for item in self.made)

    def spread(self) -> int:
        """By how many items the listings differ that still have some."""
        given = [shown.given for shown in self.shown.values()]
        return max(given) - min(given)


def hall(listings: int, pages: int, count: int = 20, seconds: float = 1.0) -> Hall:
    """A hall of equal listings."""
    return Hall(
        {
            f"{key}": Shown(f"{key}", [Post(pk) for pk in range(1, pages * count + 1)], count)
            for key in range(listings)
        },
        seconds,
    )


def due(shown: Shown) -> list[int]:
    """The pks of a listing, in its order."""
    return sorted((post.pk for post in shown.posts), reverse=True)


def counted(source: Iterable[X], drawn: Counter[str]) -> Iterator[X]:
    """The same, and how many were taken of it."""
    for one in source:
        drawn["drawn"] += 1
        yield one


async def slowly(source: Iterable[X], seconds: float = 0.0) -> AsyncIterator[X]:
    """The same, each after a while."""
    for one in source:
        await asyncio.sleep(seconds)
        yield one


Source = Callable[[Hall], Any]


def as_mapping(hall: Hall) -> Any:
    return hall.pagers()


def as_pairs(hall: Hall) -> Any:
    return iter(hall.pagers().items())


def as_stream(hall: Hall) -> Any:
    return slowly(hall.pagers().items())


SOURCES = pytest.mark.parametrize("source", [as_mapping, as_pairs, as_stream])


async def read(results: bulk.Merged[str, Post], hall: Hall, work: float = 0.0) -> dict[str, Any]:
    """All of it by keys, errors among it."""
    got: dict[str, list[Any]] = {key: [] for key in hall.shown}
    async for key, item in results:
        hall.gave(key)
        got[key].append(item if isinstance(item, InstagramError) else item.pk)
        if work:
            await asyncio.sleep(work)
    return got
