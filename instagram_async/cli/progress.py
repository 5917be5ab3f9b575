"""How far a listing is, on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Generator
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
_NARROW = 60  # columns, below which there is no room for everything


class Gauge(Protocol):
    """Is told how far it is."""

    def now(self, items: int, remaining: int | None, eta: float | None = None) -> None:
        """So many items came.

        Args:
            items: in all.
            remaining: requests that the server says are left of the quota.
            eta: seconds to go, where somebody knows better than the number of items says.
        """
        ...


class _Silent:
    def now(self, items: int, remaining: int | None, eta: float | None = None) -> None:
        pass


class _Lines:
    def __init__(self, total: int | None, clock: Callable[[], float]) -> None:
        self._total = total
        self._clock = clock
        self._began = self._written = clock()

    def now(self, items: int, remaining: int | None, eta: float | None = None) -> None:
        at = self._clock()
        if at - self._written < _EVERY:
            return
        self._written = at
        rate = items / (at - self._began)
        of = "" if self._total is None else f" of {self._total}"
        parts = [f"{items}{of} items", f"{rate:.0f}/s"]
        if eta is None and self._total is not None and rate:
            eta = (self._total - items) / rate
        if eta is not None:
            parts.append(f"{eta:.0f} s to go")
        if remaining is not None:
            parts.append(f"quota left: {remaining}")
        sys.stderr.write(f"{', '.join(parts)}\n")
        sys.stderr.flush()


class _Bar:
    def __init__(self, progress: Progress, total: int | None, clock: Callable[[], float]) -> None:
        self._progress = progress
        self._task = progress.add_task("items", total=total, rate="", quota="", eta="")
        self._clock = clock
        self._began = clock()

    def now(self, items: int, remaining: int | None, eta: float | None = None) -> None:
        took = self._clock() - self._began
        rate = f"{items / took:,.0f}/s" if took else ""
        quota = "" if remaining is None else f"quota left: {remaining}"
        to_go = "" if eta is None else f"{eta:.0f} s to go"
        self._progress.update(self._task, completed=items, rate=rate, quota=quota, eta=to_go)


@contextmanager
def gauge(
    total: int | None, *, is_seen: bool, clock: Callable[[], float] = time.monotonic
) -> Generator[Gauge]:
    """Show how far it is while it lasts.

    Args:
        total: how many items there will be, `None` if nobody knows.
        is_seen: whether what comes stands on the terminal itself, and says enough.
        clock: tells the time, in seconds.
    """
    if is_seen:
        yield _Silent()
        return
    # Notes stand above the bar and are not broken; standard output is none of its business.
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    if not sys.stderr.isatty() or console.is_dumb_terminal or _is_piped():
        yield _Lines(total, clock)
        return
    columns = [
        BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}", style="green"),
        TextColumn("{task.fields[quota]}", style="dim"), TimeElapsedColumn(),
        TimeRemainingColumn() if total is not None else TextColumn("{task.fields[eta]}"),
    ]  # fmt: skip
    if console.width < _NARROW:
        del columns[3:5]
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        yield _Bar(progress, total, clock)


def _is_piped() -> bool:
    """Whether somebody reads what comes, and may write to the terminal himself."""
    return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
