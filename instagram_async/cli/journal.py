"""What a server that runs tells: where it is, and a line for each request."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

from rich.console import Console
from rich.text import Text

from instagram_async.cli.text import clean
from instagram_async.server.log import Received

_WIDTH = 11
_STYLES = {2: "green", 3: "cyan", 4: "yellow", 5: "red"}


class Journal(Protocol):
    """Shows a server to somebody."""

    def begin(self, facts: Sequence[tuple[str, str]]) -> None:
        """It listens.

        Args:
            facts: what one needs to know, as names and values.
        """
        ...

    def request(self, received: Received) -> None:
        """A request is over; whatever happens, this does not raise.

        Args:
            received: what is known of it.
        """
        ...


class PlainJournal:
    """Writes what one needs to know to standard output, and requests to standard error."""

    def begin(self, facts: Sequence[tuple[str, str]]) -> None:
        """Write a line for each."""
        for name, value in facts:
            sys.stdout.write(f"{name:{_WIDTH}}{value}\n")
        sys.stdout.flush()  # whoever started the server waits for it

    def request(self, received: Received) -> None:
        """Write time, method, path, status and milliseconds."""
        with suppress(OSError):  # nobody reads any more, and the server goes on
            sys.stderr.write(" ".join(_cells(received)) + "\n")
            sys.stderr.flush()


class ScreenJournal:
    """Writes everything to a terminal, in colours.

    Args:
        console: the terminal.
    """

    def __init__(self, console: Console) -> None:
        self._console = console

    def begin(self, facts: Sequence[tuple[str, str]]) -> None:
        """Write a line for each, whole however narrow the terminal is."""
        for name, value in facts:
            line = Text.assemble((f"{name:{_WIDTH}}", "dim"), (value, "bold"))
            self._console.print(line, soft_wrap=True)
        self._console.print(Text("Ctrl-C stops it.", "dim"))

    def request(self, received: Received) -> None:
        """Write time, method, path, status and milliseconds."""
        clock, method, path, status, took = _cells(received)
        style = _STYLES.get((received.status or 0) // 100, "magenta")
        line = Text.assemble(
            (clock, "dim"), " ", (method, "bold"), f" {path} ", (status, style), " ", (took, "dim")
        )
        with suppress(OSError):
            self._console.print(line, soft_wrap=True)


def _cells(received: Received) -> tuple[str, str, str, str, str]:
    when = datetime.fromtimestamp(received.at, UTC).astimezone()
    return (
        f"{when:%H:%M:%S}",
        clean(received.method),
        clean(received.path),
        "no-reply" if received.status is None else str(received.status),
        f"{1000 * (received.seconds or 0.0):.1f}ms",
    )
