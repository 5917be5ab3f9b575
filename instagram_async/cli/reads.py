"""A command for each operation that reads, made from the table and from the client's methods."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from cyclopts import App

from instagram_async import Client, NotFoundError, Pager, UserSummary
from instagram_async.cli.commands import Act, add, pager_of
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import UsageError, usage
from instagram_async.cli.listing import read
from instagram_async.cli.output import Form, Part, WindowedPart
from instagram_async.cli.progress import gauge
from instagram_async.cli.saving import check, kind_of, save
from instagram_async.cli.source import is_own
from instagram_async.cli.traffic import Traffic
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS

_GROUP = "Read"


def add_reads(app: App) -> None:
    """Add the commands to an application."""
    for operation in OPERATIONS:
        if operation.method != "GET":
            continue
        if operation.paging is None:
            act = _one(operation.name, operation.model)
            add(app, operation.name, act, group=_GROUP, form=Form)
        else:
            part = WindowedPart if operation.windowed else Part
            act = _listing(operation)
            add(app, operation.name, act, group=_GROUP, example="--limit 100", part=part)
    add(app, "find_user", _one("find_user", UserSummary), group=_GROUP, form=Form)


def _listing(operation: Operation[Any]) -> Act:
    async def act(*arguments: Any, connection: Connection, part: Part, **more: Any) -> int:
        traffic = Traffic()
        async with connection.client(traffic.hooks) as client:
            pager = pager_of(client, operation, arguments, more, part.limit)
            parallel = part.parallel if isinstance(part, WindowedPart) else None
            if part.out is not None:
                return await _save(client, pager, part.out, part, parallel)
            if part.refresh:
                raise UsageError("--refresh goes on with a file: --out says which")
            if part.resume is not None:
                with usage():
                    pager = pager.resume(part.resume)
            with gauge(part.limit, is_seen=sys.stdout.isatty()) as shown:
                writer = part.form.writer(operation.model, headed=part.resume is None)
                return await read(pager, parallel, writer, shown, traffic)

    return act


async def _save(
    client: Client, pager: Pager[Any], out: Path, part: Part, parallel: int | None
) -> int:
    if part.resume is not None:
        raise UsageError(
            "with --out a checkpoint is in the ledger beside it, and needs no --resume"
        )
    kind = kind_of(out, part.format)
    listings = {pager.listing.path: pager}
    check(listings, out, refresh=part.refresh)
    with gauge(part.limit, is_seen=False) as shown:
        return await save(
            listings,
            out,
            kind,
            shown,
            refresh=part.refresh,
            owner=client if is_own(pager) else None,
            parallel=parallel or 1,
        )


def _one(name: str, kind: type[Any]) -> Act:
    async def act(*arguments: Any, connection: Connection, form: Form, **more: Any) -> int:
        writer = form.writer_of_one(kind)
        async with connection.client() as client:
            with usage():
                found: object = await getattr(client, name)(*arguments, **more)
        if found is None:
            raise NotFoundError("there is nobody of that name")
        writer.page([found])
        return 0

    return act
