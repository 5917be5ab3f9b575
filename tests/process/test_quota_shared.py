"""One token and several processes: never over at the server, and nothing wasted."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from instagram_async.server import Fault, LocalInstagram
from tests.support.quota_worker import TOTAL
from tests.support.redis_server import RedisServer, needs_redis

LIMIT, PER, EACH, WORKERS = 60, 2.0, 30, 4
SHORT = 1.0  # seconds of a window in which nobody is measured


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=needs_redis)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the quota is kept: a path, or a URL."""
    if request.param == "sqlite":
        yield str(tmp_path / "quota.db")
        return
    server = RedisServer(tmp_path)
    server.start()
    yield server.url
    server.stop()


async def workers(
    server: LocalInstagram, store: str, per: float, *requests: int
) -> asyncio.subprocess.Process:
    """Processes that are ready, one for each number of requests; the first of them."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.quota_worker",
        store, server.base_url, server.access_token(), str(LIMIT), str(per), *map(str, requests),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    for _ in requests:
        assert await process.stdout.readline() == b"ready\n"
    return process


def reuse(server: LocalInstagram) -> list[float]:
    """How long after a place was used it was used again, in the server's seconds."""
    arrivals = [received.at for received in server.requests]
    return [later - first for first, later in zip(arrivals, arrivals[LIMIT:], strict=False)]


async def test_four_processes_use_all_of_it_and_no_more(store: str) -> None:
    async with LocalInstagram(limit=LIMIT, per=PER) as server:
        process = await workers(server, store, PER, *[EACH] * WORKERS)
        said, _ = await process.communicate(b"")  # closes their input
    assert said == f"200 {EACH}\n".encode() * WORKERS
    spans = reuse(server)
    assert len(spans) == WORKERS * EACH - LIMIT
    assert min(spans) >= PER
    # With room for a busy machine.
    assert PER / (sum(spans) / len(spans)) >= 0.85


async def test_the_places_of_a_killed_process_stay_taken_until_they_are_over(store: str) -> None:
    async with LocalInstagram(limit=LIMIT, per=SHORT) as server:
        server.faults.add(Fault("stall", times=16))
        doomed, other = await asyncio.gather(
            workers(server, store, SHORT, LIMIT), workers(server, store, SHORT, 2 * LIMIT)
        )
        assert doomed.stdin is not None
        doomed.stdin.close()
        while len(server.requests) < 16:  # all slots of the client
            await asyncio.sleep(0.01)
        doomed.kill()
        await doomed.wait()
        assert (await other.communicate(b""))[0] == f"200 {2 * LIMIT}\n".encode()
    arrivals = [received.at for received in server.requests]
    lost = arrivals[15]
    soon = [at for at in arrivals[16:] if at < lost + SHORT + TOTAL]
    assert min(reuse(server)) >= SHORT
    assert len(soon) >= LIMIT - 16
    # The last of them need the places of the killed one, or two more windows.
    assert arrivals[-1] < lost + SHORT + TOTAL + 2 * SHORT
