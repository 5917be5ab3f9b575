"""How far a listing is, on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

_EVERY = 10.0  # seconds between two plain lines


class Gauge(Protocol):
    """Is told how far it is."""

    def now(self, items: int, remaining: int | None) -> None:
        """So many items came.

        Args:
            items: in all.
            remaining: requests that the server says are left of the quota.
        """
        ...


class _Silent:
    def now(self, items: int, remaining: int | None) -> None:
        pass


class _Lines:
    def __init__(self, total: int | None) -> None:
        self._total = total
        self._began = self._next = time.monotonic()

    def now(self, items: int, remaining: int | None) -> None:
        at = time.monotonic()
        if at >= self._next + _EVERY:
            self._next = at
            rate = items / (at - self._began)
            of = "" if self._total is None else f" of {self._total}"
            eta = (
                ""
                if self._total is None or not rate
                else f", {(self._total - items) / rate:.0f} s left"
            )
            quota = "" if remaining is None else f", quota left: {remaining}"
            sys.stderr.write(f"{items}{of} items, {rate:.0f}/s{eta}{quota}\n")
            sys.stderr.flush()


class _Bar:
    def __init__(self, progress: Progress, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task("items", total=total, rate="", quota="")
        self._began = time.monotonic()

    def now(self, items: int, remaining: int | None) -> None:
        rate = items / max(1e-9, time.monotonic() - self._began)
        quota = "" if remaining is None else f"quota left: {remaining}"
        self._progress.update(self._task, completed=items, rate=f"{rate:,.0f}/s", quota=quota)


@contextmanager
def gauge(total: int | None, *, is_seen: bool) -> Generator[Gauge]:
    """Show how far it is while it lasts.

    Args:
        total: how many items there will be, `None` if nobody knows.
        is_seen: whether what comes stands on the terminal itself, and says enough.
    """
    if is_seen:
        yield _Silent()
    elif not sys.stderr.isatty():
        yield _Lines(total)
    else:
        columns = (
            BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}", style="green"),
            TextColumn("{task.fields[quota]}", style="dim"), TimeElapsedColumn(),
            TimeRemainingColumn(),
        )  # fmt: skip
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            yield _Bar(progress, total)
