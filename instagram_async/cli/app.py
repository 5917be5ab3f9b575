"""The commands and their arguments."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.console import Console

from instagram_async import __version__
from instagram_async.cli.demo import stream
from instagram_async.cli.lines import Lines
from instagram_async.cli.screen import Screen

# Page by page, this is what the hour's quota of a live app allows.
_MOST_MEDIA = 100_000

app = App(
    name="instagram-async",
    help="Asyncio client for the Instagram API v1, with a local server of it.",
    version=__version__,
)


@app.command
async def demo(
    *,
    media: Annotated[int, Parameter(validator=Number(gte=1, lte=_MOST_MEDIA))] = 300,
    pace: Annotated[float | None, Parameter(validator=Number(gte=0))] = None,
) -> None:
    """Stream media from a local server and show them as they come.

    Starts the server in this process, on a free port of this machine, and asks it over
    a real socket. Nothing leaves the machine. In a pipe or a file the rows stand between
    tabs; the title, the progress and the summary go to standard error.

    Example: `instagram-async demo --media 1000 --pace 0`

    Args:
        media: How many media the profile has.
        pace: Media a second at most, 0 for as fast as they come; 100 on a terminal
            and 0 elsewhere, if not given.
    """
    console = Console(highlight=False)
    # The console calls a pipe a terminal where FORCE_COLOR is set.
    if sys.stdout.isatty() and not console.is_dumb_terminal:
        await stream(Screen(console), media, 100.0 if pace is None else pace)
    else:
        await stream(Lines(), media, pace or 0.0)


def run() -> None:
    """Run the command that `sys.argv` asks for, and exit."""
    for output in (sys.stdout, sys.stderr):
        if isinstance(output, TextIOWrapper):
            output.reconfigure(errors="replace")  # captions hold what no ASCII terminal can show
    try:
        try:
            app(sys.argv[1:])
        finally:
            sys.stdout.flush()
    except OSError as error:
        # The interpreter flushes once more at its end, and must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        gone = isinstance(error, BrokenPipeError)  # whoever read it knows
        sys.exit(1 if gone else f"instagram-async: {error}")
