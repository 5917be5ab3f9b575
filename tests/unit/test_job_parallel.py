"""A job whose listings are read by windows: the same rows, many requests at once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from instagram_async import RateLimitError, bulk
from instagram_async.paging import ListReply, WindowedPager
from instagram_async.transport import Pairs, Tally
from tests.support.jobs import Disk, ListSink
from tests.support.leftovers import nothing_left
from tests.support.lists import Post, listing
from tests.support.timelines import DATED
from tests.support.windowed import PAGE, timeline

KEYS = 400


class Server:
    """A timeline, of which so many pages can be had; counts what is under way at once."""

    def __init__(self) -> None:
        self.made = timeline(KEYS)
        self.made.trip = 0
        self.left = 1_000
        self.under_way = self.most = 0

    async def send(self, listing: Any, params: Pairs, tally: Tally) -> ListReply[Any]:
        self.left -= 1
        if self.left < 0:
            raise RateLimitError("later", "GET it", None, None, None)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            return await self.made.send(listing, params, tally)
        finally:
            self.under_way -= 1

    def pager(self) -> WindowedPager[Post]:
        return WindowedPager(listing(DATED, PAGE), self.send, count=self.made.count)

    def expected(self) -> list[int]:
        return [post.pk for post in self.made.posts[::-1]]


async def worked(server: Server, folder: Path, disk: Disk, **options: Any) -> bulk.JobReport:
    path = folder / "ledger.db"
    async with nothing_left(), bulk.Job(ledger=path, sink=ListSink(disk)) as one:
        return await one.run({"a": server.pager()}, **options)


def pks(disk: Disk) -> list[int]:
    return [row.item.pk for row in disk.rows]


@pytest.mark.parametrize("parallel", [1, 8])
async def test_rows_are_the_same_and_in_order(tmp_path: Path, parallel: int) -> None:
    server, disk = Server(), Disk()
    report = await worked(server, tmp_path, disk, parallel=parallel)
    assert pks(disk) == server.expected()
    assert (report.over, report.items) == (1, KEYS)
    assert (server.most == 1) if parallel == 1 else (4 < server.most <= 8 + 1)


async def test_what_breaks_off_goes_on_either_way(tmp_path: Path) -> None:
    server, disk, kept = Server(), Disk(), [0]
    for parallel in (8, 1, 8, 3):
        server.left = 12
        with pytest.raises(RateLimitError):
            await worked(server, tmp_path, disk, parallel=parallel)
        assert pks(disk) == server.expected()[: len(pks(disk))]
        kept.append(len(pks(disk)))
    assert kept == sorted(set(kept))
    server.left = 1_000
    await worked(server, tmp_path, disk, parallel=8)
    assert pks(disk) == server.expected()
    assert (await worked(server, tmp_path, disk, parallel=8)).requests == 0


async def test_who_cancels_leaves_nothing_behind(tmp_path: Path) -> None:
    server, disk = Server(), Disk()
    running = asyncio.create_task(worked(server, tmp_path, disk, parallel=8))
    while server.most < 3:
        await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert server.under_way == 0
    await worked(server, tmp_path, disk, parallel=3)
    assert pks(disk) == server.expected()


async def test_no_request_at_all_is_no_number(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="parallel"):
        await worked(Server(), tmp_path, Disk(), parallel=0)
