"""Timelines as a server has them, who heeds bounds well or badly and takes his time."""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from math import inf, sqrt
from random import Random
from typing import Any, Literal
from weakref import WeakValueDictionary

from attrs import define, evolve, field

from instagram_async.paging import Listing, ListReply
from instagram_async.quota import ServerQuota
from instagram_async.transport import Pairs, Tally
from tests.support.lists import OWN_ID, Post

NOW = 1_466_000_000
_DAY = 86_400
_YEARS = 3 * 365 * _DAY

_FLOOR = 1_286_323_200  # the first media there ever were, as v1 has it
DATED = evolve(OWN_ID, axes=(evolve(OWN_ID.axes[0], floor=_FLOOR), OWN_ID.axes[1]))
"""A listing of media of Instagram's own years."""

Heeds = Literal["inclusive", "exclusive", "no"]


def shaped(shape: str, number: int, seed: int) -> list[Post]:
    """So many posts of three years, newest last, one in a burst's second now and then.

    Args:
        shape: `uniform`; `growing`, ever more; `bursty`, quiet between days of hundreds;
            `wave`, most within months.
        number: how many.
        seed: of the dice.
    """
    dice = Random(f"{shape}{seed}")
    made: list[int] = []
    while len(made) < number:
        if shape == "uniform":
            made.append(NOW - int(dice.random() * _YEARS))
        elif shape == "growing":
            made.append(NOW - int((1 - sqrt(dice.random())) * _YEARS))
        elif shape == "wave":
            made.append(NOW - int(min(max(dice.gauss(0.5, 1 / 12), 0), 1) * _YEARS))
        else:
            middle, days = NOW - dice.random() * _YEARS, dice.uniform(0.1, 2)
            burst = int(dice.lognormvariate(4.6, 1))
            made += [min(NOW, int(middle + dice.gauss(0, days * _DAY))) for _ in range(burst)]
    seconds = sorted(made[:number])
    return [Post(second << 23 | at, second) for at, second in enumerate(seconds)]


@define
class Timeline:
    """A server of one timeline, which answers as `Send` does.

    Attributes:
        posts: what there is, oldest first.
        times: how it heeds `min_timestamp` and `max_timestamp`.
        ids: how it heeds `min_id`; `max_id` is how it pages, and excludes.
        trip: seconds until a reply, less or more a fifth of it.
        dice: for that.
        asked: what it was asked.
        under_way: how many replies are waited for.
        most: how many were at once.
        meddle: is called before each reply.
        alive: the items of replies that somebody still has.
    """

    posts: list[Post]
    times: Heeds = "inclusive"
    ids: Heeds = "exclusive"
    trip: float = 0.0
    dice: Random = field(factory=lambda: Random(0))
    asked: list[dict[str, str]] = field(factory=list)
    under_way: int = 0
    most: int = 0
    meddle: Callable[[dict[str, str]], None] | None = None
    alive: WeakValueDictionary[int, Post] = field(factory=WeakValueDictionary)
    _pks: list[int] = field(factory=list)
    _seconds: list[int] = field(factory=list)
    _serial: Iterator[int] = field(factory=count)

    def __attrs_post_init__(self) -> None:
        self._index()

    def replace(self, posts: Iterable[Post]) -> None:
        """Let the world go on."""
        self.posts = sorted(posts, key=lambda post: post.pk)
        self._index()

    async def send(self, listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        """Answer for one page."""
        asked = dict(params)
        self.asked.append(asked)
        tally.requests += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(self.trip * self.dice.uniform(0.8, 1.2))
        finally:
            self.under_way -= 1
        if self.meddle is not None:
            self.meddle(asked)
        return self.page(asked)

    async def count(self, listing: Listing[Any], tally: Tally) -> int | None:
        """How many posts there are; takes as long as a reply."""
        tally.requests += 1
        await asyncio.sleep(self.trip * self.dice.uniform(0.8, 1.2))
        return len(self.posts)

    def page(self, asked: dict[str, str]) -> ListReply[Any]:
        """The page that was asked for."""
        low, high = self._between(asked)
        size = int(asked["count"])
        at = bisect_right(self._seconds, high)
        if "max_id" in asked:
            at = min(at, bisect_left(self._pks, int(asked["max_id"])))
        found = self.posts[max(0, at - size - 1) : at][::-1]
        least = self._least(asked)
        found = [post for post in found if post.second >= low and post.pk >= least]
        more = len(found) > size
        pagination = {"next_max_id": found[size - 1].id} if more else {}
        copies = tuple(evolve(post) for post in found[:size])
        self.alive.update(zip(self._serial, copies, strict=False))
        return ListReply(copies, pagination, ServerQuota())

    def _between(self, asked: dict[str, str]) -> tuple[float, float]:
        if self.times == "no":
            return -inf, inf
        shut = self.times == "exclusive"
        low = int(asked["min_timestamp"]) + shut if "min_timestamp" in asked else -inf
        high = int(asked["max_timestamp"]) - shut if "max_timestamp" in asked else inf
        return low, high

    def _least(self, asked: dict[str, str]) -> float:
        if self.ids == "no" or "min_id" not in asked:
            return -inf
        return int(asked["min_id"]) + (self.ids == "exclusive")

    def _index(self) -> None:
        self._pks = [post.pk for post in self.posts]
        self._seconds = [post.second for post in self.posts]
