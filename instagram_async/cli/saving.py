"""Writes listings into a file, and goes on with it when it is run again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

from instagram_async import InstagramError, bulk, errors
from instagram_async.bulk.merged import Listings, number_of
from instagram_async.bulk.refresh import check_all
from instagram_async.cli.exits import FAILED, UNREADABLE, UsageError, code_of, usage
from instagram_async.cli.listing import note
from instagram_async.cli.progress import Gauge
from instagram_async.cli.text import clean, plural

_TOLD = 20  # failures; the ledger has them all
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
        UsageError: a listing can't be refreshed, or the folder is not there.
    """
    if not out.parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}")
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
        parallel: how many requests at once may read a listing that can be cut into windows.
        concurrency: how many pages are asked for at once.

    Returns:
        The exit code.

    Raises:
        InstagramError: nothing more can be had now; what was written stays.
        CancelledError: Ctrl-C; the same holds.
    """

    def tell(progress: bulk.Progress) -> None:
        gauge.now(progress.items, progress.quota.remaining, progress.eta)

    ledger = out if kind == "sqlite" else out.with_name(f"{out.name}.ledger")
    try:
        async with bulk.Job(ledger=ledger, sink=_sink(kind, out)) as job:
            report = await job.run(
                listings,
                concurrency=concurrency,
                retry_failed=True,
                refresh=refresh,
                parallel=parallel,
                on_progress=tell,
                progress_every=0.1,
            )
            keys = set[str](cast("Mapping[str, object]", listings)) if number_of(listings) else None
            failures = [one for one in job.failures() if keys is None or one.key in keys]
    except (bulk.LedgerError, bulk.SinkError, ImportError, TypeError, ValueError) as error:
        raise UsageError(str(error)) from error
    except (InstagramError, asyncio.CancelledError):
        note(f"stopped; what came is in {out}, and the same command goes on")
        raise
    new, asked = plural(report.items, "new item"), plural(report.requests, "request")
    note(f"{new} in {out}, {asked}")
    for failure in failures[:_TOLD]:
        at = "" if failure.path is None else f" {failure.path}"
        note(clean(f"{failure.key}{at}: {failure.error}: {failure.message}"))
    if len(failures) > _TOLD:
        note(f"and {len(failures) - _TOLD} more")
    codes = {_code(failure) for failure in failures}
    return codes.pop() if len(codes) == 1 else (FAILED if codes else 0)


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
