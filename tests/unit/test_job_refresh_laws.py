"""Nights of a job, kills and refreshes in any order: what is there is kept, and nothing twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from instagram_async import NotFoundError, ServerError
from tests.support.hall import slowly
from tests.support.jobs import Disk, breaking, hall_of, shown
from tests.support.lists import Post
from tests.support.news import RULES
from tests.support.nights import Change, Model, Night, Nights

KEYS = ("a", "b")
STEPS = ("open", "write", "flush", "commit", "committed", "last")
ERRORS = (ServerError("HTTP 502", "it", 502), NotFoundError("gone", "it", 404))

_CHANGES = st.builds(
    Change, st.sampled_from(KEYS), st.integers(0, 12), st.lists(st.integers(0, 99), max_size=2)
)
_NIGHTS = st.builds(
    Night,
    st.booleans(),
    st.integers(1, 9) | st.just(33),
    st.none() | st.tuples(st.sampled_from(STEPS), st.integers(0, 5)),
    st.none() | st.tuples(st.sampled_from(KEYS), st.integers(0, 3), st.sampled_from(ERRORS)),
    st.lists(_CHANGES, max_size=3).map(tuple),
)


@settings(max_examples=40)
@given(
    st.sampled_from(list(RULES.values())),
    st.tuples(st.integers(0, 60), st.integers(0, 30)),
    st.lists(_NIGHTS | _CHANGES, max_size=12),
    st.sampled_from((dict, iter, slowly)),
)
def test_each_item_that_stays_is_kept_once_whatever_the_nights_are(
    rule: Any, sizes: tuple[int, int], story: list[Night | Change], source: Any
) -> None:
    hall, disk = hall_of(*map(shown, KEYS, sizes)), Disk()
    for one in hall.shown.values():
        one.posts[:] = [Post(entry.pk, entry.pk // 3) for entry in one.posts]

    async def scenario(folder: Path) -> None:
        model = Model(hall, folder)
        nights = Nights(model, rule, source, disk)
        for event in story:
            if isinstance(event, Change):
                model.change(event)
            else:
                await nights.run(event)
        await nights.run(Night(refresh=False), retry_failed=True)
        for _ in range(2):
            report = await nights.run(Night(refresh=True))
            assert report is not None
            assert (report.over, report.failed) == (2, 0)
            assert [model.missing(key) for key in KEYS] == [set(), set()]
            cost = report.requests, report.items
        assert cost == (2, 0)

    with TemporaryDirectory() as name, breaking(disk):
        asyncio.run(scenario(Path(name)))
