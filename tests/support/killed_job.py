"""A job that kills its process, at a moment that it is told."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from instagram_async import Client, Quota, bulk
from instagram_async.bulk import Row
from instagram_async.bulk.ledger import Ledger
from tests.support.sinks import SINKS


class Fate:
    """Kills this process the n-th time that it comes to a moment.

    Args:
        moment: its name, `None` for never.
        times: how often it is survived.
    """

    def __init__(self, moment: str | None, times: int) -> None:
        self.moment = moment
        self._left = times

    def comes_to(self, moment: str) -> None:
        if moment == self.moment:
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self._left -= 1


class Mortal:
    """Any sink, of which the process may die."""

    def __init__(self, sink: bulk.Sink, fate: Fate) -> None:
        self._sink = sink
        self._fate = fate

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
        self._sink.open(ledger, position)

    def write(self, rows: Sequence[Row]) -> None:
        self._fate.comes_to("before a write")
        half = len(rows) // 2
        if self._fate.moment == "half way through a write":
            self._sink.write(rows[:half])
            self._fate.comes_to("half way through a write")
            rows = rows[half:]
        self._sink.write(rows)

    def flush(self, *, last: bool) -> str:
        self._fate.comes_to("before a flush")
        return self._sink.flush(last=last)

    def close(self) -> None:
        self._sink.close()


def mortal_commits(fate: Fate) -> Any:
    """Commits of the ledger that the process may die of."""
    commit = Ledger.commit

    def committing(ledger: Ledger) -> None:
        fate.comes_to("before a commit")
        commit(ledger)
        fate.comes_to("after a commit")

    return patch.object(Ledger, "commit", committing)


async def _main(told: dict[str, Any]) -> None:
    folder, fate = Path(told["folder"]), Fate(told["moment"], told["times"])
    sink = Mortal(SINKS[told["sink"]](folder), fate)
    Mortal.__name__ = told["sink"]  # the ledger knows it by that
    async with Client(told["token"], base_url=told["base_url"], quota=Quota.unlimited()) as client:
        listings = {key: client.user_recent(key, count=told["count"]) for key in told["keys"]}
        with mortal_commits(fate):
            async with bulk.Job(ledger=folder / "ledger.db", sink=sink) as job:
                refresh, concurrency = told.get("refresh", False), told["concurrency"]
                report = await job.run(listings, refresh=refresh, concurrency=concurrency)
                assert report.over == len(listings)


def work(told: dict[str, Any]) -> None:
    """Work on a job, until it is over or this process dies."""
    asyncio.run(_main(told))
