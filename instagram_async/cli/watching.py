"""Watches a listing: what is new in it, until Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from cyclopts import App

from instagram_async import ResponseError, Watch, watch
from instagram_async.cli.commands import Act, add
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import usage
from instagram_async.cli.going_on import going_on
from instagram_async.cli.listing import note
from instagram_async.cli.output import Rounds
from instagram_async.cli.text import clean
from instagram_async.cli.traffic import Traffic
from instagram_async.cli.writers import Writer
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS


def add_watch(app: App) -> None:
    """Add `watch` and its commands to an application."""
    words = "Show what is new in a listing, oldest first, until Ctrl-C."
    below = App(name="watch", help=words, group="Read")
    app.command(below)
    for operation in OPERATIONS:
        if operation.paging is not None and operation.paging.newest_first:
            act = _watch(operation)
            add(below, operation.name, act, group="Listings", example="--every 60", rounds=Rounds)


def _watch(operation: Operation[Any]) -> Act:
    async def act(*arguments: Any, connection: Connection, rounds: Rounds, **more: Any) -> int:
        async with connection.client(Traffic().hooks) as client:
            with usage():
                pager = getattr(client, operation.name)(*arguments, **more).since(rounds.known)
            items = watch(pager, every=rounds.every)
            try:
                return await _show(items, rounds.writer(operation.model))
            except asyncio.CancelledError:
                if items.watermark is not None:
                    note("stopped; this goes on:")
                    note(going_on(sys.argv[1:], {"--known": items.watermark}))
                raise

    return act


async def _show(items: Watch[Any], writer: Writer) -> int:
    while True:
        try:
            writer.page([await anext(items)])
        except ResponseError as error:
            if not error.path:  # a page, and no item
                raise
            note(clean(str(error)))
