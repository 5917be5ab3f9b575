"""A quota that was shared, a profile of the command line, and the world of a local server."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from instagram_async import Quota, ServerQuota, SQLiteStore
from instagram_async.cli import profiles
from instagram_async.quota.store import Grant, Outcome
from instagram_async.server import World
from tests.support.kept.databases import dump

WINDOWS = Quota(3, per=3600.0, families={"likes": 1}).windows("somebody", "likes")
NOW = 1_440_000_000.0
PROFILE = profiles.Profile("http://127.0.0.1:8015/v1", "7.a1b2c3.d4e5f6", "ann")


async def write_quota(text: Path, scratch: Path) -> None:
    """Write down a quota of three places: one in flight, one answered, one given back."""
    path = scratch / "quota.db"
    async with SQLiteStore(path, clock=lambda: NOW) as store:
        await store.take(WINDOWS[:1], 0.0, reach=60.0)
        answered = await store.take(WINDOWS, 0.0, reach=60.0)
        assert isinstance(answered, Grant)
        await store.settle(answered, Outcome(3600.0, ServerQuota(5000, 7), "likes"), 0.0)
        given_back = await store.take(WINDOWS[:1], 0.0)
        assert isinstance(given_back, Grant)
        await store.settle(given_back, Outcome(None), 0.0)
    dump(path, text)


def write_profile(text: Path, scratch: Path) -> None:
    """Write down who asks whom."""
    with mock.patch.dict(os.environ, {"XDG_CONFIG_HOME": str(scratch)}):
        shutil.copy(profiles.save("kept", PROFILE), text)


def write_world(text: Path, lines: Path, scratch: Path) -> None:
    """Write down a small world in which something has happened, and all that is in it."""
    path = scratch / "world.db"
    with World.seeded(3, users=3, media=2, path=path) as world:
        me, other = (user.id for user in world.users[:2])
        liked, deleted, *_ = world.recent(me, count=9)[0]
        world.like(liked.id, other)
        world.comment(liked.id, other, "lovely #light", datetime(2015, 9, 21, 12, tzinfo=UTC))
        world.delete(deleted.id)
        world.follow(me, other)
        world.block(me, world.users[2].id)
        world.ban_tag("snow")
        world.dump(lines)
    dump(path, text)
