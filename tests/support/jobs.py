"""Jobs without any wire: a sink that is a list, and can fail wherever it is told to."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from attrs import define, field

from instagram_async import bulk
from instagram_async.bulk import Row
from instagram_async.bulk.ledger import Ledger
from tests.support.hall import Hall, Shown
from tests.support.lists import Post


class FullDiskError(Exception):
    """What a sink raises that was told to."""


@define
class Disk:
    """What outlasts a job: rows, and when the next of each step fails."""

    rows: list[Row] = field(factory=list)
    fail: dict[str, int] = field(factory=dict)  # after how many steps of a name the next one fails
    steps: list[str] = field(factory=list)

    def step(self, name: str) -> None:
        self.steps.append(name)
        left = self.fail.get(name)
        if left is not None:
            self.fail[name] = left - 1
            if left == 0:
                raise FullDiskError(name)

    def pks(self, key: str) -> list[int]:
        return [row.item.pk for row in self.rows if row.listing == key]


def breaking(disk: Disk) -> Any:
    """A commit that may not come to pass, or of which nobody hears."""
    commit = Ledger.commit

    def committing(ledger: Ledger) -> None:
        disk.step("commit")
        commit(ledger)
        disk.step("committed")

    return patch.object(Ledger, "commit", committing)


class ListSink:
    """Keeps rows on a disk; whatever lies behind the position is taken back."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
        self._disk.step("open")
        del self._disk.rows[int(position or 0) :]

    def write(self, rows: Sequence[Row]) -> None:
        half = len(rows) // 2
        self._disk.rows += rows[:half]
        self._disk.step("write")
        self._disk.rows += rows[half:]

    def flush(self, *, last: bool) -> str:
        self._disk.step("last" if last else "flush")
        return str(len(self._disk.rows))

    def close(self) -> None:
        self._disk.step("close")


class TableSink(ListSink):
    """Keeps rows in the ledger's own database; the disk only says when it fails."""

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
        self._ledger = ledger
        ledger.execute("CREATE TABLE IF NOT EXISTS posts (listing TEXT, pk INTEGER)")
        self._disk.step("open")

    def write(self, rows: Sequence[Row]) -> None:
        for number, row in enumerate(rows):
            if number == len(rows) // 2:
                self._disk.step("write")
            self._ledger.execute("INSERT INTO posts VALUES (?, ?)", (row.listing, row.item.pk))


def in_table(folder: Path, key: str) -> list[int]:
    """The pks that a `TableSink` has of a listing."""
    with closing(sqlite3.connect(folder / "ledger.db")) as ledger:
        asked = "SELECT pk FROM posts WHERE listing = ? ORDER BY rowid"
        return [pk for (pk,) in ledger.execute(asked, (key,))]


def job(folder: Path, disk: Disk, sink: type[ListSink] = ListSink) -> bulk.Job:
    return bulk.Job(ledger=folder / "ledger.db", sink=sink(disk))


def asked(hall: Hall) -> int:
    return sum(shown.requests for shown in hall.shown.values())


def shown(key: str, items: int, count: int = 5, **more: Any) -> Shown:
    return Shown(key, [Post(pk) for pk in range(1, items + 1)], count, **more)


def hall_of(*listings: Shown) -> Hall:
    """A hall whose replies come in the next step of the loop."""
    return Hall({one.key: one for one in listings}, seconds=0)


def syncs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files and folders that are synced from now on."""
    synced: list[Path] = []
    monkeypatch.setattr(
        os, "fsync", lambda file: synced.append(Path(f"/proc/self/fd/{file}").readlink())
    )
    return synced


async def once(folder: Path, disk: Disk, listings: Any, **options: Any) -> bulk.JobReport:
    async with job(folder, disk) as one:
        return await one.run(listings, **options)
