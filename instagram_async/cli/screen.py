"""The demo on a terminal: a table of the newest rows and a progress bar."""

from __future__ import annotations

import time
from collections import deque

from rich import box
from rich.console import Console, Group
from rich.constrain import Constrain
from rich.live import Live
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from instagram_async import Media, Report, User
from instagram_async.cli.text import Row, row_of, slowed, summary, title
from instagram_async.cli.view import Account

_ROWS = 12
_AROUND = 6  # lines that stand above and below the rows
_MARGIN = 4  # columns on the right: a line that the echo of Ctrl-C breaks is drawn twice
_FRAME = 1 / 20  # seconds between two pictures


class Screen:
    """Draws the demo where it stands, in no more lines and columns than there are.

    Args:
        console: the terminal.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._rows: deque[Row] = deque(maxlen=max(1, min(_ROWS, console.height - _AROUND)))
        self._progress = Progress(
            BarColumn(bar_width=None),
            TaskProgressColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=console,
            expand=True,
        )
        self._task = self._progress.add_task("", total=None)
        self._live = Live(console=console, auto_refresh=False)
        self._next = 0.0

    def begin(self, user: User, total: int, base_url: str) -> None:
        """Write the title and draw the empty table."""
        self._console.print(Text(title(user, total, base_url), "bold"), soft_wrap=True)
        self._progress.update(self._task, total=total)
        self._live.start()

    def show(self, media: Media, report: Report) -> None:
        """Put the media into the table, and draw it if it is time."""
        self._rows.append(row_of(media))
        self._progress.update(self._task, completed=report.items)
        now = time.perf_counter()
        if now >= self._next:
            self._next = now + _FRAME
            self._draw()

    def end(self, account: Account) -> None:
        """Draw the last rows and write the summary."""
        self._draw()
        self._live.stop()
        self._console.print(Text(summary(account), "bold"))
        if account.pace:
            self._console.print(Text(slowed(account.pace), "dim"))

    def _draw(self) -> None:
        picture = Group(self._table(), self._progress)
        width = max(1, self._console.width - _MARGIN)
        self._live.update(Constrain(picture, width), refresh=True)

    def _table(self) -> Table:
        table = Table(box=box.SIMPLE_HEAD, expand=True, show_edge=False, pad_edge=False)
        # The least widths keep the columns from jumping as rows come and go.
        table.add_column("posted", no_wrap=True, min_width=16, style="cyan")
        table.add_column("type", no_wrap=True, min_width=8, style="magenta")
        table.add_column("likes", no_wrap=True, min_width=5, justify="right", style="green")
        table.add_column("caption", no_wrap=True, ratio=1)
        table.add_column("place", no_wrap=True, width=self._console.width // 5, style="yellow")
        for row in self._rows:
            # A `Text` is shown as it is; a plain string would be read as markup.
            table.add_row(*map(Text, (row.date, row.type, row.likes, row.caption, row.place)))
        return table


class _Rate(ProgressColumn):
    """Media a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s", "green")
