"""A job that is killed while it reads what is new has every item once."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from instagram_async.server import LocalInstagram, World
from tests.support.kills import process_of
from tests.support.since import post
from tests.support.sinks import read


def kept(folder: Path, sink: str, key: str) -> list[str]:
    return [row.item.id for row in read(sink, folder) if row.listing == key]


@pytest.mark.parametrize(
    ("sink", "moment", "refresh"),
    [
        ("JSONLinesSink", "half way through a write", False),
        ("ParquetSink", "after a commit", True),
    ],
)
async def test_killed_in_the_middle_of_a_refresh(
    tmp_path: Path, sink: str, moment: str, refresh: bool
) -> None:
    world = World.seeded(4, users=1, media=12)
    me = world.self_id
    pattern = world.recent(me, count=1)[0][0]
    async with LocalInstagram(world) as server:

        async def night(refresh: bool, moment: str | None = None) -> int:
            told = {"sink": sink, "folder": str(tmp_path), "keys": [me], "refresh": refresh}
            return await process_of(server, **told, moment=moment, times=2)

        assert await night(refresh=False) == 0
        first = kept(tmp_path, sink, me)
        assert len(first) == 12
        posted = [post(world, pattern, 1) for _ in range(17)]
        assert await night(True, moment) == -signal.SIGKILL
        with closing(sqlite3.connect(tmp_path / "ledger.db")) as ledger:
            ((items, state),) = ledger.execute("SELECT items, state FROM ledger_listings")
        assert (items, state) == (22, "open")
        later = post(world, pattern, 1)
        assert await night(refresh) == 0
        assert kept(tmp_path, sink, me) == [*first, *posted[::-1]]
        assert await night(refresh=True) == 0
        assert kept(tmp_path, sink, me) == [*first, *posted[::-1], later]
