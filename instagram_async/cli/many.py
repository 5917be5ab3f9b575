"""`bulk`: one listing of each of many, into one file."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import FAILED, UsageError
from instagram_async.cli.listing import note
from instagram_async.cli.lookups import Lookups
from instagram_async.cli.progress import gauge
from instagram_async.cli.saving import Kept, check, kind_of, save
from instagram_async.cli.signals import at_once, stoppable
from instagram_async.cli.signatures import command_name
from instagram_async.v1.operations import OPERATIONS

_COMMENT = re.compile(r"(^|\s)#(\s.*)?$")  # no tag is a comment
_LISTINGS = {
    command_name(operation.name): operation
    for operation in OPERATIONS
    if operation.paging is not None and len(operation.arguments) == 1
}


def add_bulk(app: App) -> None:
    """Add the command to an application."""
    app.command(bulk, group="Read")


def _known(_: object, name: str) -> None:
    if name not in _LISTINGS:
        raise ValueError(f"there is {', '.join(_LISTINGS)}")


async def bulk(
    file: Path | None = None,
    *,
    out: Path,
    listing: Annotated[str, Parameter(validator=_known)] = "user-recent",
    format: Kept | None = None,  # noqa: A002 - as the option is called
    limit: Annotated[int | None, Parameter(validator=Number(gte=0))] = None,
    concurrency: Annotated[int, Parameter(validator=Number(gte=1))] = 16,
    refresh: Annotated[bool, Parameter(negative=())] = False,
    connection: Connection = Connection(),  # noqa: B008 - a frozen value
) -> int:
    """Write a listing of each of many into one file; run again, it goes on.

    One that can't be had stops no other, and is asked again by the next run.

    Example: `instagram-async bulk people.txt --out people.jsonl`

    Args:
        file: Ids or usernames, one a line; what stands behind a # and a space is left out.
            Standard input, if not given.
        out: File to write to, or folder of Parquet files.
        listing: Which one, by its command's name.
        format: jsonl, csv, parquet or sqlite, if the file's name does not say it.
        limit: How many items of each at most.
        concurrency: How many pages are asked for at once.
        refresh: What is new, too, of those that were read to the end.
        connection: Whom to ask, and how patiently.
    """
    kind = kind_of(out, format)
    words = _words(file)
    with stoppable():
        async with connection.client() as client:
            names = out.with_name(f"{out.name}.names")
            lookups = Lookups(client, _LISTINGS[listing], names, limit)
            listings = lookups.listings(words)
            check(listings, out, refresh=refresh)
            with gauge(None, is_seen=False) as shown:
                code = await save(
                    listings,
                    out,
                    kind,
                    shown,
                    refresh=refresh,
                    owner=client if "self" in words else None,
                    concurrency=concurrency,
                )
    return code or (FAILED if lookups.missing else 0)


def _typed() -> str:
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison] - it was closed
        return ""
    with at_once():
        if sys.stdin.isatty():
            note("ids or usernames, one a line; Ctrl-D ends them")
        return sys.stdin.read()


def _words(file: Path | None) -> list[str]:
    try:
        text = _typed() if file is None else file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is no UTF-8: {error}") from error
    except OSError as error:
        raise UsageError(str(error)) from error
    words = (_COMMENT.sub("", line).strip() for line in text.splitlines())
    return list(dict.fromkeys(word for word in words if word))
