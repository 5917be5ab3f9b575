"""A shelf that is watched in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from attrs import define, evolve, field

from instagram_async import Listing, Watch, watch
from instagram_async.paging import ListReply, Pager
from instagram_async.paging.cursor import PaginationKey
from instagram_async.paging.pacing import Pacing
from instagram_async.transport import Pairs, Tally
from tests.support.lists import NEXT_ID, OWN_ID, Post, Shelf, listing, pk, second
from tests.support.virtual import VirtualClock

BY_PK = evolve(OWN_ID, newest_first=True, axis=pk)
BY_SECOND = evolve(NEXT_ID, newest_first=True, axis=second)
BY_IDS = evolve(NEXT_ID, newest_first=True)
RULES = {"pk": BY_PK, "second": BY_SECOND, "ids": BY_IDS}


def posts(*pks: int) -> list[Post]:
    """Three to a second."""
    return [Post(number, number // 3) for number in pks]


@define
class Watched(Shelf):
    """A shelf that notes when it is asked, and takes its time to answer."""

    times: list[float] = field(factory=list)
    slowness: float = 0.0

    async def send(self, listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        self.times.append(asyncio.get_running_loop().time() - 1_000_000.0)
        # A watch that never waits lets nobody else run, and would never end.
        is_pausing = len(self.times) < 1000 or self.times[-1000] < self.times[-1]
        assert is_pausing, "it asks without a pause"
        if self.slowness:
            await asyncio.sleep(self.slowness)
        return await Shelf.send(self, listing, params, tally)

    def pager(
        self,
        rule: PaginationKey = BY_PK,
        count: int = 20,
        seconds_for: Callable[[int], float] = lambda requests: 0.0,
    ) -> Pager[Post]:
        pacing = Pacing(VirtualClock(), seconds_for)
        return Pager(listing(rule, count), self.send, pacing=pacing)

    def watch(self, since: str | None = None, every: float = 60.0, **options: Any) -> Watch[Post]:
        return watch(self.pager(**options).since(since), every=every)


async def take(items: Watch[Post], number: int) -> list[int]:
    """The next so many, which have to come within a day."""
    async with asyncio.timeout(86_400):
        return [(await anext(items)).pk for _ in range(number)]


async def nothing(items: Watch[Post], seconds: float = 1_000.0) -> None:
    """See that nothing comes for a long time."""
    try:
        async with asyncio.timeout(seconds):
            post = await anext(items)
    except TimeoutError:
        return
    raise AssertionError(f"{post} came")
