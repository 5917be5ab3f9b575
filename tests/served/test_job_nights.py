"""A job that is run every night has what was posted, once, from whatever listing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from instagram_async import Client, Media, Pager, bulk
from instagram_async.bulk import Row
from tests.support.since import PLACES, post, served


def made(client: Client, pattern: Media) -> dict[str, Pager[Media]]:
    return {name: make(client, pattern) for name, make in PLACES.items()}


class Brittle(bulk.JSONLinesSink):
    """Takes so many pages, and no more."""

    left = 10**9

    def write(self, rows: Sequence[Row]) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError("no space left")
        super().write(rows)


async def night(
    folder: Path,
    listings: dict[str, Pager[Media]],
    *,
    refresh: bool = True,
    parallel: int = 1,
    pages: int = 10**9,
) -> bulk.JobReport:
    sink = Brittle(folder / "rows.jsonl")
    sink.left = pages
    async with bulk.Job(ledger=folder / "ledger.db", sink=sink) as job:
        return await job.run(listings, refresh=refresh, parallel=parallel)


def rows(folder: Path) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for row in bulk.JSONLinesSink(folder / "rows.jsonl").read(Media):
        kept.setdefault(row.listing, []).append(row.item.id)
    return kept


async def assert_all_kept_once(folder: Path, listings: dict[str, Pager[Media]]) -> None:
    kept = rows(folder)
    for name, pager in listings.items():
        assert max(Counter(kept[name]).values()) == 1, name
        assert {media.id async for media in pager} <= set(kept[name]), name


@pytest.mark.parametrize("parallel", [1, 4])
async def test_each_night_what_was_posted_comes_behind_what_is_there(
    tmp_path: Path, parallel: int
) -> None:
    async with served() as (server, client, pattern):
        world = server.world
        for media in world.recent(world.self_id, count=60)[0]:
            world.like(media.id, world.self_id)
        post(world, pattern, 1)
        listings = made(client, pattern)
        first = await night(tmp_path, listings, parallel=parallel)
        assert first.over == len(listings)
        await assert_all_kept_once(tmp_path, listings)
        for number in (3, 0, 12, 1):
            before = rows(tmp_path)
            world.delete(world.recent(world.self_id, count=2)[0][1].id)
            posted = [post(world, pattern, 1) for _ in range(number)]
            report = await night(tmp_path, listings, parallel=parallel)
            assert (report.over, report.items) == (len(listings), number * len(listings))
            for name, ids in rows(tmp_path).items():
                assert ids == [*before[name], *posted[::-1]], name
            await assert_all_kept_once(tmp_path, listings)
            if number == 0:
                assert report.requests == len(listings)


@pytest.mark.parametrize("refresh", [True, False])
async def test_a_refresh_that_broke_off_half_way_is_gone_on_with(
    tmp_path: Path, refresh: bool
) -> None:
    async with served() as (server, client, pattern):
        world, listings = server.world, made(client, pattern)
        post(world, pattern, 1)
        await night(tmp_path, listings)
        before = rows(tmp_path)
        posted = [post(world, pattern, 1) for _ in range(30)]
        with pytest.raises(OSError, match="no space left"):
            await night(tmp_path, listings, pages=9)
        later = [post(world, pattern, 1) for _ in range(2)]
        for media_id in (posted.pop(10), posted.pop(20)):
            world.delete(media_id)
        await night(tmp_path, listings, refresh=refresh)
        await night(tmp_path, listings)
        await assert_all_kept_once(tmp_path, listings)
        for name, ids in rows(tmp_path).items():
            news = [media_id for media_id in ids[len(before[name]) :] if media_id in posted]
            assert news == posted[::-1], name
            assert set(later) <= set(ids)
        assert (await night(tmp_path, listings)).requests == len(listings)


async def test_whoever_has_a_ledger_can_read_on_without_the_job(tmp_path: Path) -> None:
    async with served() as (server, client, pattern):
        listings = made(client, pattern)
        post(server.world, pattern, 1)
        await night(tmp_path, listings)
        posted = [post(server.world, pattern, 1) for _ in range(2)]
        job = bulk.Job(ledger=tmp_path / "ledger.db", sink=Brittle(tmp_path / "rows.jsonl"))
        for name, pager in listings.items():
            fresh = await pager.since(job.watermark(name)).collect()
            assert [media.id for media in fresh] == posted[::-1], name
            assert await pager.resume(job.checkpoint(name)).collect() == []
