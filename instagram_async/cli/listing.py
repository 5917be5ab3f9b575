"""Reads a listing to standard output, and says how to go on where it has stopped."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from typing import Any

from instagram_async import InstagramError, Items, Pager, ResponseError, WindowedPager
from instagram_async.cli.exits import UNREADABLE
from instagram_async.cli.going_on import going_on
from instagram_async.cli.progress import Gauge
from instagram_async.cli.text import clean, counted
from instagram_async.cli.traffic import Traffic
from instagram_async.cli.writers import Writer

_TOLD = 20  # of what goes wrong in the same way


async def read(
    pager: Pager[Any], parallel: int | None, writer: Writer, gauge: Gauge, traffic: Traffic
) -> int:
    """Read a listing, and say how to go on where that ends before its time.

    Args:
        pager: of the listing.
        parallel: by how many requests at once, `None` for one after the other.
        writer: shows it.
        gauge: is told how far it is.
        traffic: knows what is left of the quota.

    Returns:
        The exit code.

    Raises:
        InstagramError: a page could not be had.
        CancelledError: Ctrl-C.
    """
    async with _reading(pager, parallel) as items:
        shown: tuple[int, str] | None = None  # how many, and the place behind them
        page: list[Any] = []
        try:
            while await items.fill():
                await _take(items, page)
                writer.page(page)
                page.clear()
                shown = items.report.items, items.checkpoint
                gauge.now(shown[0], traffic.remaining)
        except BrokenPipeError:  # nobody reads any more
            raise
        except (InstagramError, asyncio.CancelledError, OSError):
            if not page and items.report.pages:  # the place may be pages without an item further
                shown = items.report.items, items.checkpoint
            _go_on(pager, shown)
            raise
        if sys.stderr.isatty():
            note(counted(items.report, traffic.requests, traffic.remaining))
        return UNREADABLE if items.report.unreadable else 0


async def _take(items: Items[Any], page: list[Any]) -> None:
    """Take what is at hand."""
    for _ in range(items.at_hand):
        try:
            page.append(await anext(items))
        except ResponseError as error:
            note(clean(str(error)))


def _go_on(pager: Pager[Any], shown: tuple[int, str] | None) -> None:
    if shown is None:
        return
    given, checkpoint = shown
    left = {} if pager.at_most is None else {"--limit": str(pager.at_most - given)}
    line = going_on(sys.argv[1:], {**left, "--resume": checkpoint})
    note(f"stopped after {given} items; this goes on:\n{line}")  # at once: Ctrl-C parts nothing


def note(line: str) -> None:
    """Write a line for people."""
    with suppress(OSError):  # a full disk is told in the end
        sys.stdout.flush()  # rows that came before the note are seen before it
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def note_first(lines: Sequence[str], more: str = "more") -> None:
    """Write the first of some lines for people, and how many there are besides.

    Args:
        lines: any number.
        more: what the others are called.
    """
    for line in lines[:_TOLD]:
        note(line)
    if len(lines) > _TOLD:
        note(f"and {len(lines) - _TOLD} {more}")


def _reading(pager: Pager[Any], parallel: int | None) -> AbstractAsyncContextManager[Items[Any]]:
    if parallel is not None and isinstance(pager, WindowedPager):
        return pager.parallel(parallel)
    return nullcontext(aiter(pager))
