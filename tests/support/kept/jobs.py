"""Jobs that were broken off: a ledger, and the sink of its rows, one pair for each kind of sink."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from instagram_async import Client, Pager, bulk
from tests.support.kept.answering import Answers, client
from tests.support.kept.databases import dump, restore

LEDGER = "job.db"
SINKS: Mapping[str, Callable[[Path], Any]] = {
    "jsonlines": lambda folder: bulk.JSONLinesSink(folder / "media.jsonl"),
    "csv": lambda folder: bulk.CSVSink(folder / "media.csv"),
    "sqlite": lambda folder: bulk.SQLiteSink(folder / LEDGER),
    "parquet": lambda folder: bulk.ParquetSink(folder / "media", rows_per_file=10),
}


def listings(one: Client) -> dict[str, Pager[Any]]:
    """One that is read to its end, one that is half read, and one that is not there."""
    users = {"whole": "1", "half": "2", "gone": "3"}
    return {key: one.user_recent(user, count=5) for key, user in users.items()}


async def run(folder: Path, kind: str, answers: Answers, **options: Any) -> bulk.JobReport:
    """Begin the job, or go on with it."""
    one = client(answers)
    async with bulk.Job(ledger=folder / LEDGER, sink=SINKS[kind](folder)) as job:
        return await job.run(listings(one), concurrency=1, **options)


async def write(folder: Path, scratch: Path) -> None:
    """Break off a job with each kind of sink, and write down what it leaves."""
    for kind in SINKS:
        left, kept = scratch / kind, folder / kind
        left.mkdir()
        kept.mkdir()
        await run(left, kind, Answers(breaks=True))
        dump(left / LEDGER, kept / "job.sql")
        for path in left.iterdir():
            if path.name.startswith("media"):
                (shutil.copytree if path.is_dir() else shutil.copy)(path, kept / path.name)


def lay_out(kept: Path, folder: Path) -> Path:
    """What was left, as it was."""
    shutil.copytree(kept, folder)
    restore(folder / "job.sql", folder / LEDGER)
    return folder
