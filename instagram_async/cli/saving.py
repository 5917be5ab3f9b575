"""Writes listings into a file, and goes on with it when it is run again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, cast

from instagram_async import Client, InstagramError, bulk, errors
from instagram_async.bulk.merged import Listings, number_of
from instagram_async.bulk.refresh import check_all
from instagram_async.cli.beginning import Beginning, is_nothing
from instagram_async.cli.exits import (
    DENIED,
    FAILED,
    NOT_FOUND,
    UNREADABLE,
    UsageError,
    advised,
    code_of,
    usage,
)
from instagram_async.cli.listing import note, note_first
from instagram_async.cli.progress import Gauge
from instagram_async.cli.source import check_source
from instagram_async.cli.text import clean, plural

_REFUSED = NOT_FOUND, DENIED  # a file without a row would look like an answer
Kept = Literal["jsonl", "csv", "parquet", "sqlite"]
_SUFFIXES: Mapping[str, Kept] = {
    ".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet", ".db": "sqlite", ".sqlite": "sqlite",
}  # fmt: skip


def kind_of(out: Path, asked: str | None) -> Kept:
    """In which form a file is written.

    Args:
        out: the file, or the folder of Parquet files.
        asked: the form that was asked for, `None` if its name says it.

    Raises:
        UsageError: nothing says it, or it is no form of a file.

    Example:
        >>> kind_of(Path("media.jsonl"), None)
        'jsonl'
    """
    kind = _SUFFIXES.get(out.suffix) if asked is None else asked
    for form in _SUFFIXES.values():
        if form == kind:
            return form
    raise UsageError(f"{out} is to be written as what? --format jsonl, csv, parquet or sqlite")


def check(listings: Listings[str, Any], out: Path, *, refresh: bool) -> None:
    """Refuse what can't be, before there is a file.

    Raises:
        UsageError: a listing can't be refreshed, or the folder is not there, or the file is a
            device.
    """
    if not out.parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}")
    if out.exists() and not (out.is_file() or out.is_dir()):
        raise UsageError(f"{out} is no file that could be gone on with")
    if refresh:
        with usage():
            check_all(listings)


async def save(
    listings: Listings[str, Any],
    out: Path,
    kind: Kept,
    gauge: Gauge,
    *,
    refresh: bool,
    owner: Client | None = None,
    parallel: int = 1,
    concurrency: int = 1,
) -> int:
    """Write listings down; what is there already is not asked for.

    Args:
        listings: pagers by their keys, as a job takes them.
        out: where to.
        kind: in which form.
        gauge: is told how far it is.
        refresh: whether what is new of listings that are over is read, too.
        owner: who asks, if what is written down is his own: nobody else goes on with it.
        parallel: how many requests at once may read a listing that can be cut into windows.
        concurrency: how many pages are asked for at once.

    Returns:
        The exit code.

    Raises:
        InstagramError: nothing more can be had now; what was written stays.
        CancelledError: Ctrl-C; the same holds.
    """
    ledger = out if kind == "sqlite" else out.with_name(f"{out.name}.ledger")
    beginning = Beginning(out, ledger)
    try:
        if owner is not None:
            await check_source(owner, out)
        async with _opened(ledger, _sink(kind, out), out) as job:
            beginning.has_begun = True
            report = await job.run(
                listings,
                concurrency=concurrency,
                retry_failed=True,
                refresh=refresh,
                parallel=parallel,
                on_progress=lambda progress: _tell(progress, gauge),
                progress_every=0.1,
            )
            failures = job.failures()
        keys = set[str](cast("Mapping[str, object]", listings)) if number_of(listings) else None
        code = _account(report, [one for one in failures if keys is None or one.key in keys], out)
    except UsageError:
        beginning.undo()
        raise
    except InstagramError as error:
        if code_of(error) in _REFUSED:
            beginning.undo()
        raise
    if code in _REFUSED:
        beginning.undo()
    return code


@asynccontextmanager
async def _opened(ledger: Path, sink: bulk.Sink, out: Path) -> AsyncGenerator[bulk.Job]:
    """A job, whose errors are told in the words of a command."""
    try:
        async with bulk.Job(ledger=ledger, sink=sink) as job:
            yield job
    except (bulk.LedgerError, bulk.SinkError, ImportError, TypeError, ValueError) as error:
        raise UsageError(str(error)) from error
    except (InstagramError, asyncio.CancelledError, OSError, sqlite3.Error):
        if not is_nothing(out):
            note(f"stopped; what came is in {out}, and the same command goes on")
        raise


def _tell(progress: bulk.Progress, gauge: Gauge) -> None:
    gauge.now(progress.items, progress.quota.remaining, progress.eta)


def _account(report: bulk.JobReport, failures: Sequence[bulk.Failure], out: Path) -> int:
    """Say what came of it, and give the exit code."""
    new, asked = plural(report.items, "new item"), plural(report.requests, "request")
    note(f"{new} in {out}, {asked}")
    note_first([_line(failure) for failure in failures])  # the ledger has them all
    if any("held nothing" in failure.message for failure in failures):
        note("the same command goes on behind the pages that held nothing")
    codes = {_code(failure) for failure in failures}
    return codes.pop() if len(codes) == 1 else (FAILED if codes else 0)


def _line(failure: bulk.Failure) -> str:
    at = "" if failure.path is None else f" {failure.path}"
    return clean(f"{failure.key}{at}: {failure.error}: {advised(failure.message)}")


def _code(failure: bulk.Failure) -> int:
    if failure.path is not None:
        return UNREADABLE
    return code_of(getattr(errors, failure.error, InstagramError)())


def _sink(kind: Kept, out: Path) -> bulk.Sink:
    if kind == "sqlite":
        return bulk.SQLiteSink()
    if kind == "parquet":
        return bulk.ParquetSink(out)
    return bulk.CSVSink(out) if kind == "csv" else bulk.JSONLinesSink(out)
