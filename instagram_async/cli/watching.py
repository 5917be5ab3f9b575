"""Watches a listing: what is new in it, until Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from cyclopts import App

from instagram_async import ResponseError, Watch, watch
from instagram_async.cli.commands import Act, add_below, pager_of
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import usage
from instagram_async.cli.going_on import going_on
from instagram_async.cli.listing import note
from instagram_async.cli.output import Rounds
from instagram_async.cli.text import clean
from instagram_async.cli.writers import Writer
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS


def add_watch(app: App) -> None:
    """Add `watch` and its commands to an application."""
    words = "Show what is new in a listing, oldest first, until Ctrl-C."
    acts = [(one, _watch(one)) for one in OPERATIONS if one.paging and one.paging.newest_first]
    add_below(app, "watch", words, acts, example="--every 60", rounds=Rounds)


def _watch(operation: Operation[Any]) -> Act:
    async def act(*arguments: Any, connection: Connection, rounds: Rounds, **more: Any) -> int:
        async with connection.client() as client:
            pager = pager_of(client, operation, arguments, more)
            with usage():
                items = watch(pager.since(rounds.known), every=rounds.every)
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
