"""Downloads the pictures and videos of a listing into a folder."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from cyclopts.validators import Number

from instagram_async import DownloadError, InstagramError, Media, bulk
from instagram_async.cli.commands import Act, add_below, pager_of
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import FAILED
from instagram_async.cli.listing import note
from instagram_async.cli.progress import Gauge, gauge
from instagram_async.cli.text import clean
from instagram_async.cli.traffic import Traffic
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS


@Parameter(name="*", group="Output")
@dataclass(frozen=True, kw_only=True)
class Folder:
    """Where files go, and how many."""

    out: Annotated[Path, Parameter(help="Folder to put files into.")] = Path()
    limit: Annotated[
        int | None, Parameter(validator=Number(gte=0), help="Files of how many media at most.")
    ] = None
    concurrency: Annotated[
        int, Parameter(validator=Number(gte=1), help="How many files at once.")
    ] = 8


def add_download(app: App) -> None:
    """Add `download` and its commands to an application."""
    words = "Download the pictures and videos of a listing; run again, it goes on."
    acts = [(one, _download(one)) for one in OPERATIONS if one.paging and one.model is Media]
    add_below(app, "download", words, acts, example="--out pictures", folder=Folder)


def _download(operation: Operation[Any]) -> Act:
    async def act(*arguments: Any, connection: Connection, folder: Folder, **more: Any) -> int:
        traffic = Traffic()
        async with connection.client(traffic.hooks) as client:
            pager = pager_of(client, operation, arguments, more, folder.limit)
            files = bulk.download(pager, folder.out, concurrency=folder.concurrency)
            with gauge(folder.limit, is_seen=False) as shown:
                return await _show(files, shown, traffic, folder)

    return act


async def _show(files: bulk.Downloaded, shown: Gauge, traffic: Traffic, folder: Folder) -> int:
    """Show what comes, and say what came."""
    async with files as results:
        report = results.report
        try:
            async for media, paths in results:
                _name(media, paths)
                report = results.report
                shown.now(report.objects + report.failed, traffic.remaining)
        except (InstagramError, asyncio.CancelledError):
            if report.objects:
                note(f"stopped; what came is in {folder.out}, and the same command goes on")
            raise
    report = results.report
    note(f"{report.objects} media in {folder.out}, {report.failed} failed")
    return FAILED if report.failed else 0


def _name(media: Media, paths: Sequence[Path] | InstagramError) -> None:
    """Name the files of a media in a pipe; on a terminal there is the bar."""
    if isinstance(paths, InstagramError):
        if isinstance(paths, DownloadError) and paths.kind == "disk":
            raise paths  # nor will there be room for the others
        note(f"{media.id}: {clean(str(paths))}")
    elif not sys.stdout.isatty():
        sys.stdout.write("".join(f"{path}\n" for path in paths))
        sys.stdout.flush()  # whoever reads the pipe may wait for it
