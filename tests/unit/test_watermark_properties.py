"""Runs that are chained by watermarks, whatever is posted, deleted or broken off."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from instagram_async import ServerError
from instagram_async.paging import Pager
from instagram_async.paging.cursor import PaginationKey
from tests.support.lists import Post, Shelf, listing
from tests.support.watched import RULES, posts


def pager(shelf: Shelf, rule: PaginationKey, count: int) -> Pager[Post]:
    return Pager(listing(rule, count), shelf.send)


class _Life:
    """A listing that changes, and somebody who keeps up with it by fits and starts."""

    def __init__(self, rule: PaginationKey, seed: int) -> None:
        self.rng = random.Random(seed)
        self.rule = rule
        self.shelf = Shelf(posts(*range(1, 30)))
        self.given = Counter[int]()
        self.since: str | None = None
        self.checkpoint: str | None = None
        self.next = 30
        self.crashes = 0

    def change(self) -> None:
        for _ in range(self.rng.randrange(12)):
            self.shelf.posts.append(Post(self.next, self.next // 3))
            self.next += 1
        for _ in range(self.rng.randrange(3)):
            self.shelf.posts.pop(self.rng.randrange(len(self.shelf.posts)))

    async def run(self) -> None:
        """Go on where the checkpoint is, or with what is new."""
        made = pager(self.shelf, self.rule, self.rng.randrange(1, 9))
        made = made.resume(self.checkpoint) if self.checkpoint else made.since(self.since)
        if self.rng.random() < 0.3:
            made = made.limit(self.rng.randrange(1, 20))
        items = aiter(made)
        patience = self.rng.choice((0, 3, 10, 999))
        while True:
            if self.rng.random() < 0.1:
                self.shelf.fail = [ServerError("HTTP 502", "GET things/{id}", 502)]
            try:
                post = await anext(items)
            except StopAsyncIteration:
                break
            except ServerError:
                continue
            self.given[post.pk] += 1
            if self.rng.random() < 0.05:
                self.change()
            patience -= 1
            if patience < 0:
                self.crashes += 1
                break
        done = items.report.complete
        assert done or items.watermark == self.since
        self.since, self.checkpoint = items.watermark, None if done else items.checkpoint


@given(st.sampled_from(list(RULES)), st.integers(0, 10_000))
def test_chained_runs_give_each_item_that_stays_once(rule: str, seed: int) -> None:
    async def scenario() -> None:
        life = _Life(RULES[rule], seed)
        for _ in range(12):
            await life.run()
            life.change()
        while True:  # what is left, by one who is let be
            life.shelf.fail = []
            items = aiter(
                pager(life.shelf, life.rule, 9).resume(life.checkpoint)
                if life.checkpoint
                else pager(life.shelf, life.rule, 9).since(life.since)
            )
            life.given.update([post.pk async for post in items])
            if life.checkpoint is None:
                break
            life.since, life.checkpoint = items.watermark, None
        for post in life.shelf.posts:
            assert life.given[post.pk] == 1
        assert max(life.given.values()) == 1

    asyncio.run(scenario())
