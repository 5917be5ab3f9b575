"""Whatever happens, a watch gives what stays: once in a run, and again only what was not saved."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async import AuthenticationError, InstagramError, ServerError, Watch, watch
from instagram_async.paging.cursor import PaginationKey
from tests.support.lists import Post
from tests.support.virtual import run
from tests.support.watched import RULES, Watched, posts

WHERE = "GET things/{id}"


class _Life:
    """A listing that changes while it is asked for, and a watch that is broken off at times."""

    def __init__(self, rule: PaginationKey, seed: int) -> None:
        self.rng = random.Random(seed)
        self.rule = rule
        self.shelf = Watched(posts(*range(1, 30)), slowness=0.1)
        self.posted: list[int] = []
        self.given = Counter[int]()
        self.run: list[int] = []
        self.saved: str | None = None
        self.is_quiet = False
        self.items: Watch[Post] = self.start()

    def start(self) -> Watch[Post]:
        self.run = []
        pager = self.shelf.pager(self.rule, self.rng.randrange(1, 9))
        return watch(pager.since(self.saved), every=10, buffer=self.rng.choice((3, 10, 5_000)))

    def change(self) -> None:
        """Post some, and take down some of the old ones and of the new."""
        for _ in range(self.rng.choice((0, 1, 5, 20))):
            number = 30 + len(self.posted)
            self.posted.append(number)
            self.shelf.posts += posts(number)
        for _ in range(self.rng.randrange(3)):
            self.shelf.posts.pop(self.rng.randrange(len(self.shelf.posts)))

    def fail(self) -> None:
        kind = self.rng.choice((ServerError, ServerError, AuthenticationError))
        self.shelf.fail = [kind("no", WHERE, 500)] * self.rng.randrange(1, 3)

    async def listen(self, seconds: float) -> None:
        """Take what comes, and save the watermark now and then."""
        end = asyncio.get_running_loop().time() + seconds
        while (left := end - asyncio.get_running_loop().time()) > 0:
            try:
                async with asyncio.timeout(min(left, self.rng.uniform(0.1, 30))):
                    post = await anext(self.items)
            except TimeoutError:
                continue
            except InstagramError:
                continue
            self.run.append(post.pk)
            self.given[post.pk] += 1
            if self.rng.random() < 0.5:
                self.saved = self.items.watermark
            if self.rng.random() < 0.05 and not self.is_quiet:
                self.change()

    def crash(self) -> None:
        """Begin again from what was saved; nothing else is known."""
        assert len(set(self.run)) == len(self.run)
        assert self.run == sorted(self.run)
        self.items = self.start()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@given(seed=st.integers(0, 100_000))
def test_what_stays_is_given_once_in_a_run_and_at_least_once_in_all(
    rule: PaginationKey, seed: int
) -> None:
    async def scenario() -> None:
        life = _Life(rule, seed)
        while life.items.watermark is None:
            await life.listen(1)
        life.saved = life.items.watermark
        for _ in range(12):
            act = life.rng.choice((life.change, life.change, life.fail, life.crash))
            act()
            await life.listen(life.rng.choice((0, 3, 30)))
        life.is_quiet, life.shelf.fail = True, []
        await life.listen(300)  # one that is let be
        life.crash()
        await life.listen(300)
        life.crash()
        for number in {post.pk for post in life.shelf.posts} & set(life.posted):
            assert life.given[number] >= 1
        assert set(life.given) <= set(life.posted)

    run(scenario())
