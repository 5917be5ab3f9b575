"""Tables and progress: drawn on a terminal, plain text in a pipe."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

Row = Sequence[str]

MISSING = float("inf")
"""The time of what is not installed."""


@dataclass(frozen=True)
class Result:
    """What one benchmark found.

    Attributes:
        name: its name on the command line.
        measured: what the figures are, in a sentence or two.
        columns: headings; the first column is text, the others are numbers.
        rows: the cells, ours first.
        libraries: distributions whose versions matter.
        part: which of several tables of that name.
    """

    name: str
    measured: str
    columns: Row
    rows: Sequence[Row]
    libraries: Sequence[str] = ()
    part: str = ""

    @property
    def title(self) -> str:
        """What stands above the table."""
        return f"{self.name}: {self.part}" if self.part else self.name


def ratio(seconds: float, other: float) -> str:
    """A cell that compares, empty if the other is not installed."""
    return "" if other == MISSING else f"{seconds / other:.2f}"


def show(result: Result) -> None:
    """Print a table, with what is needed to repeat it."""
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    if console.is_terminal:
        table = Table(*result.columns, title=result.title, title_style="bold")
        for column in table.columns[1:]:
            column.justify = "right"
        for row in result.rows:
            table.add_row(*row)
        console.print(table)
    else:
        print(_plain(result))
    console.print(escape(result.measured))
    console.print(escape(_versions(result.libraries)), style="dim")
    console.print(f"repeat: python -m benchmarks {result.name}\n", style="dim")


@contextmanager
def progress(name: str, steps: int) -> Iterator[Callable[..., object]]:
    """Show how far a benchmark is, on standard error.

    Args:
        name: the benchmark's.
        steps: how often the yielded function will be called.

    Yields:
        A function that says that one step is done.
    """
    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(name, total=steps)
        yield lambda steps=1: bar.advance(task, steps)


def _plain(result: Result) -> str:
    table = [result.columns, *result.rows]
    widths = [max(len(row[at]) for row in table) for at in range(len(result.columns))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        ).rstrip()
        for row in table
    ]
    return "\n".join([result.title, *lines])


def _versions(libraries: Sequence[str]) -> str:
    known = [f"Python {platform.python_version()} {platform.machine()}"]
    for library in libraries:
        try:
            known.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            known.append(f"{library} not installed")
    return ", ".join(known)
