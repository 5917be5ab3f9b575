"""Jobs in processes that are killed at seeded moments, against a server in this one."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from instagram_async.server import LocalInstagram, World
from tests.support.forks import forked
from tests.support.killed_job import work
from tests.support.sinks import read
from tests.support.until import until

ROOT = Path(__file__).parents[2]
MOMENTS = (
    "before a write",
    "half way through a write",
    "before a flush",
    "before a commit",
    "after a commit",
)
_COUNT, _CONCURRENCY, _SURVIVED = 5, 4, 6


class Endured(NamedTuple):
    """What came of some kills.

    Attributes:
        kills: how many processes were killed.
        jobs: how many jobs were brought to their end.
        items: how many items their listings have.
        lost: how many of them no sink has.
        doubled: how many rows are there a second time.
        misplaced: how many listings are not in their order.
        pages: how many pages had to be asked for.
        again: how many were asked for again.
        most_again: of one listing, after one kill.
        idle: requests of jobs that had nothing to do.
    """

    kills: int = 0
    jobs: int = 0
    items: int = 0
    lost: int = 0
    doubled: int = 0
    misplaced: int = 0
    pages: int = 0
    again: int = 0
    most_again: int = 0
    idle: int = 0


class _Ward:
    """A server, and what its log says of each process."""

    def __init__(self, sink: str, folder: Path, server: LocalInstagram) -> None:
        self._sink = sink
        self._folder = folder
        self._server = server
        self._keys = [user.id for user in server.world.users]
        self._asked = Counter[tuple[str, str]]()  # of the job at hand
        self.endured = Endured()

    @property
    def _at(self) -> Path:
        return self._folder / f"{self.endured.jobs}"

    async def run(self, moment: str | None, times: int = 0) -> bool:
        """A process that works on the job; whether it was killed."""
        self._at.mkdir(exist_ok=True)
        before = len(self._server.requests)
        code = await self._process(moment, times)
        asked = Counter(
            (one.path, str(one.query.get("max_id"))) for one in list(self._server.requests)[before:]
        )
        again = Counter(path for path, cursor in asked if (path, cursor) in self._asked)
        assert max(asked.values(), default=0) <= 1
        self._asked += asked
        told = self.endured
        self.endured = told._replace(
            kills=told.kills + (code == -signal.SIGKILL),
            again=told.again + again.total(),
            most_again=max([told.most_again, *again.values()]),
        )
        return code == -signal.SIGKILL

    async def finish(self) -> None:
        """Let the job end, and see what there is."""
        assert not await self.run(None)
        before = len(self._server.requests)
        assert not await self.run(None)
        idle = len(self._server.requests) - before
        kept: dict[str, list[str]] = {key: [] for key in self._keys}
        for row in read(self._sink, self._at):
            kept[row.listing].append(row.item.id)
        told = self.endured._replace(idle=self.endured.idle + idle)
        for key, ids in kept.items():
            due = [one.id for one in self._server.world.recent(key, count=10**6)[0]]
            told = told._replace(
                items=told.items + len(due),
                lost=told.lost + len(set(due) - set(ids)),
                doubled=told.doubled + len(ids) - len(set(ids)),
                misplaced=told.misplaced + (list(dict.fromkeys(ids)) != due),
                pages=told.pages + max(1, -(-len(due) // _COUNT)),
            )
        self.endured = told._replace(jobs=told.jobs + 1)
        self._asked.clear()

    async def _process(self, moment: str | None, times: int) -> int:
        told = {"sink": self._sink, "folder": str(self._at), "keys": self._keys}
        return await process_of(self._server, **told, moment=moment, times=times)


async def process_of(server: LocalInstagram, **told: Any) -> int:
    """Have a process work on a job.

    Args:
        server: what it reads.
        told: `sink`, `folder`, `keys`, when it dies as `moment` and `times`, and `refresh`.

    Returns:
        How it ended: 0, or by SIGKILL.
    """
    told |= {
        "base_url": server.base_url,
        "token": server.access_token(),
        "count": _COUNT,
        "concurrency": _CONCURRENCY,
    }
    code = await forked(work, told)
    assert code in (0, -signal.SIGKILL)
    # What it had sent may arrive after its end, but not after that of its connections.
    await until(lambda: not _connections(server))
    return code


def _connections(server: LocalInstagram) -> Sequence[object]:
    runner = server._runner
    assert runner is not None
    assert runner.server is not None
    return runner.server.connections


async def endure(
    sink: str, folder: Path, seeds: Iterable[int], *, users: int = 6, media: int = 25
) -> Endured:
    """Kill a job once for each seed; one that comes to its end before is followed by another.

    Args:
        sink: its name.
        folder: where ledgers and rows go.
        seeds: each says at which moment, and how many times of it are survived.
        users: how many listings there are.
        media: how many items the longest has.

    Returns:
        What came of it, when all that was begun is brought to its end.
    """
    world = World.seeded(users, users=users, media=media)
    for user in world.users:
        world.set_private(user.id, private=False)
    async with LocalInstagram(world, limit=10**9) as server:
        ward = _Ward(sink, folder, server)
        for seed in seeds:
            times = Random(seed).randrange(_SURVIVED)
            moment = MOMENTS[seed % len(MOMENTS)]
            while not await ward.run(moment, times):
                await ward.finish()
        await ward.finish()
        return ward.endured
