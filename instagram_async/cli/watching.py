"""Watches a listing: what is new in it, until Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from cyclopts import App

from instagram_async import InstagramError, ResponseError, Watch, watch
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
            if sys.stderr.isatty():
                note(f"looking every {rounds.every:g} s for what is new, until Ctrl-C")
            return await _show(items, rounds.writer(operation.model))

    return act


async def _show(items: Watch[Any], writer: Writer) -> int:
    """Show what comes, and say how to go on behind the last that was shown."""
    known = items.watermark
    try:
        while True:
            try:
                item = await anext(items)
            except ResponseError as error:
                if not error.path:  # a page, and no item
                    raise
                note(clean(str(error)))
            else:
                writer.page([item])
            known = items.watermark
    except BrokenPipeError:  # nobody reads any more
        raise
    except OSError:
        _go_on(known)
        raise
    except (InstagramError, asyncio.CancelledError):
        _go_on(items.watermark)
        raise


def _go_on(known: str | None) -> None:
    if known is not None:
        note(f"stopped; this goes on:\n{going_on(sys.argv[1:], {'--known': known})}")
