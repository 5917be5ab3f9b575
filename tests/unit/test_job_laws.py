"""Whatever fails, and whenever a job breaks off: each item once, in its listing's order."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from instagram_async import RateLimitError, ServerError, bulk
from tests.support.hall import Hall, Shown, due, slowly
from tests.support.jobs import (
    Disk,
    FullDiskError,
    ListSink,
    TableSink,
    asked,
    breaking,
    in_table,
    job,
)
from tests.support.lists import NEXT_ID, OPAQUE, OWN_ID, Post

_MISHAPS = st.sampled_from((None, None, None, "fail", "fault", "pause", "unreadable"))
_BREAKS = st.sampled_from(("open", "write", "flush", "commit", "committed", "last"))


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    made: dict[str, Shown] = {}
    for number in range(draw(st.integers(0, 6))):
        key = f"{number}"
        mishaps: list[Any] = draw(st.lists(_MISHAPS, max_size=5))
        for at, mishap in enumerate(mishaps):
            if mishap == "fail":
                mishaps[at] = ServerError("HTTP 502", f"{key} {at}", 502)
            if mishap == "pause":
                mishaps[at] = RateLimitError("later", f"{key} {at}", None, None, None)
            if mishap == "fault":
                mishaps[at] = RuntimeError("fault")
        pks = draw(st.sets(st.integers(1, 60), max_size=30))
        posts = [Post(pk) for pk in pks]
        made[key] = Shown(key, posts, draw(st.integers(1, 9)), mishaps=mishaps)
    return Hall(made, seconds=0)


@settings(max_examples=60)
@given(
    halls(),
    st.sampled_from((OWN_ID, NEXT_ID, OPAQUE)),
    st.integers(1, 6),
    st.sampled_from((dict, iter, slowly)),
    st.lists(st.tuples(_BREAKS, st.integers(0, 6)), max_size=5),
    st.dictionaries(st.sampled_from("012345"), st.integers(0, 25), max_size=3),
    st.sampled_from((ListSink, TableSink)),
)
def test_each_item_is_kept_once_in_its_order_whatever_breaks(
    hall: Hall,
    rule: Any,
    concurrency: int,
    source: Any,
    breaks: list[tuple[str, int]],
    limits: dict[str, int],
    sink: type[ListSink],
) -> None:
    disk, given = Disk(), list[bulk.JobReport]()

    def pairs() -> Any:
        for key in hall.shown:
            pager = hall.pager(key, rule)
            yield key, pager.limit(limits[key]) if key in limits else pager

    async def run(folder: Path, *, retry_failed: bool) -> bulk.JobReport | None:
        try:
            async with job(folder, disk, sink) as one:
                return await one.run(
                    source(pairs()) if source is not dict else dict(pairs()),
                    concurrency=concurrency,
                    retry_failed=retry_failed,
                )
        except (FullDiskError, RuntimeError, RateLimitError):
            return None
        finally:
            assert asyncio.all_tasks() == {asyncio.current_task()}

    async def scenario(folder: Path) -> None:
        for step, after in breaks:
            disk.fail = {step: after}
            await run(folder, retry_failed=False)
        disk.fail.clear()
        for _ in range(40):
            report = await run(folder, retry_failed=True)
            if report is not None and not report.failed:
                break
        before, rows = asked(hall), list(disk.rows)
        again = await run(folder, retry_failed=True)
        assert again is not None
        assert (again.requests, again.over, again.failed) == (0, len(hall.shown), 0)
        assert (asked(hall), disk.rows) == (before, rows)
        given.append(again)
        async with job(folder, disk, sink) as one:
            blind = [(one.key, one.raw) for one in one.failures()]
        assert len(set(blind)) == len(blind)
        for key, posts in hall.shown.items():
            unread = {int(raw[7:-1]) for name, raw in blind if name == key and raw is not None}
            readable = [pk for pk in due(posts) if pk not in unread]
            kept = disk.pks(key) if sink is ListSink else in_table(folder, key)
            assert kept == readable[: limits.get(key)]

    with TemporaryDirectory() as name, breaking(disk):
        asyncio.run(scenario(Path(name)))
