"""A job that is run night after night, beside a model of what it has to keep."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from attrs import define

from instagram_async import bulk
from tests.support.hall import Hall
from tests.support.jobs import Disk, FullDiskError, TableSink, in_table, job
from tests.support.news import pagers, post


class Change(NamedTuple):
    """What becomes of a listing: so many posts more, and fewer."""

    key: str
    posted: int
    deleted: list[int]


class Night(NamedTuple):
    """A run of the job: how it reads, what it dies of, and what changes meanwhile."""

    refresh: bool
    page: int = 33
    dies: tuple[str, int] | None = None
    error: tuple[str, int, Exception] | None = None
    meanwhile: tuple[Change, ...] = ()


class Model:
    """Says what has to be kept: what was there when a pass began, unless it is gone."""

    def __init__(self, hall: Hall, folder: Path) -> None:
        self.hall = hall
        self.folder = folder
        self.next = 1000
        self.begun = dict.fromkeys(hall.shown, 0)  # how much was kept before the latest pass
        self.there = {key: set[int]() for key in hall.shown}  # when it began

    def change(self, change: Change) -> None:
        key, posted, deleted = change
        post(self.hall, key, *range(self.next, self.next + posted))
        self.next += posted
        posts = self.hall.shown[key].posts
        for at in deleted:
            if posts:
                del posts[at % len(posts)]

    def state(self, key: str) -> str | None:
        with closing(sqlite3.connect(self.folder / "ledger.db")) as ledger:
            if not ledger.execute("PRAGMA user_version").fetchone()[0]:
                return None
            asked = "SELECT state FROM ledger_listings WHERE key = ?"
            found = ledger.execute(asked, (key,)).fetchone()
            return None if found is None else str(found[0])

    def missing(self, key: str) -> set[int]:
        """What is there and not kept."""
        return {one.pk for one in self.hall.shown[key].posts} - set(in_table(self.folder, key))

    def begin(self, *, refresh: bool) -> None:
        """A run begins: it reads what is over once more, or what it does not know."""
        for key, one in self.hall.shown.items():
            state = self.state(key)
            if state is None or (state == "over" and refresh):
                self.begun[key] = 0 if state is None else len(in_table(self.folder, key))
                self.there[key] = {entry.pk for entry in one.posts}

    def check(self, *, is_done: bool) -> None:
        """A run has ended, or was killed, which may have been before it began to read."""
        for key in self.hall.shown:
            state = self.state(key)
            kept = [] if state is None else in_table(self.folder, key)
            assert len(set(kept)) == len(kept)
            latest = kept[self.begun[key] :]
            assert latest == sorted(latest, reverse=True)
            if state == "over" and not is_done:
                self.there[key].clear()
            if state == "over":
                assert not self.there[key] & self.missing(key)


@define
class Nights:
    """Runs the job as a night says."""

    model: Model
    rule: Any
    source: Any
    disk: Disk

    async def run(self, night: Night, **options: Any) -> bulk.JobReport | None:
        """The report, `None` if it was killed."""
        model, disk, report = self.model, self.disk, None
        disk.fail = {} if night.dies is None else dict([night.dies])
        for key, one in model.hall.shown.items():
            one.count = night.page
            one.mishaps.clear()
            if night.error is not None and key == night.error[0]:
                one.mishaps += [*[None] * (one.requests + night.error[1]), night.error[2]]
        changes = iter(night.meanwhile)

        def meanwhile(progress: bulk.Progress) -> None:
            for change in changes:
                model.change(change)
                break

        options |= {"refresh": night.refresh, "on_progress": meanwhile, "progress_every": 0}
        listings = self.source(pagers(model.hall, self.rule).items())
        model.begin(refresh=night.refresh)
        try:
            async with job(model.folder, disk, TableSink) as one_job:
                report = await one_job.run(listings, **options)
        except FullDiskError:
            report = None
        model.check(is_done=report is not None)
        return report
