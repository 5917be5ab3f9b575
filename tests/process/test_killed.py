"""What the server acknowledged is in the file, whatever happens to its process then."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from instagram_async import Client, InstagramError, Quota, Retry
from instagram_async.server import World

ROOT = Path(__file__).parents[2]
WRITES = 200
KILLED_AFTER = 75
WRITERS = 8


@contextmanager
def served(path: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A server of a file, in a process of its own."""
    command = [sys.executable, "-m", "tests.support.served_file", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().split()
        finally:
            process.kill()


async def test_every_acknowledged_write_outlives_a_killed_server(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    with World.seeded(9, users=3, media=WRITES // 2, path=path) as world:
        me, other = (user.id for user in world.users[:2])
        ids = [one.id for one in world.recent(me, count=WRITES)[0]]
        for media_id in ids[::5]:
            world.unlike(media_id, other)
    acknowledged = set[tuple[str, str]]()
    with served(path) as (process, (base_url, _, token)):
        async with Client(
            token, base_url=base_url, quota=Quota.unlimited(), retry=Retry(attempts=1)
        ) as client:

            async def writer(first: int) -> None:
                for number in range(first, WRITES, WRITERS):
                    media_id = ids[number // 2]
                    if number % 2:
                        await client.create_comment(media_id, f"comment {number}")
                        acknowledged.add((media_id, f"comment {number}"))
                    else:
                        await client.like(media_id)
                        acknowledged.add((media_id, "liked"))
                    if len(acknowledged) == KILLED_AFTER:
                        process.send_signal(signal.SIGKILL)

            done = await asyncio.gather(*map(writer, range(WRITERS)), return_exceptions=True)
        assert all(isinstance(error, InstagramError) for error in done)
        assert process.wait() == -signal.SIGKILL
    assert KILLED_AFTER <= len(acknowledged) < WRITES

    found = set[tuple[str, str]]()
    with served(path) as (_, (base_url, _, token)):
        async with Client(token, base_url=base_url, quota=Quota.unlimited()) as client:
            found |= {(media.id, "liked") async for media in client.user_liked(count=33)}
            for media_id in ids[: KILLED_AFTER // 2 + WRITERS]:
                said = await client.media_comments(media_id).collect()
                found |= {(media_id, one.text) for one in said}
                media = await client.media(media_id)
                assert media.user_has_liked is ((media_id, "liked") in found)
    assert acknowledged <= found
