"""A process that goes on beside this one, and says lines of JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any


class Beside:
    """A module that runs until its input ends.

    Args:
        module: its dotted name.
        process: which runs it.
    """

    def __init__(self, module: str, process: subprocess.Popen[str]) -> None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError(f"{module} has no pipes")
        self._module = module
        self._asks: IO[str] = process.stdin
        self._says: IO[str] = process.stdout

    def says(self) -> Any:
        """Its next line.

        Raises:
            RuntimeError: it has ended.
        """
        text = self._says.readline()
        if not text:
            raise RuntimeError(f"{self._module} ended early")
        return json.loads(text)

    def ask(self) -> Any:
        """Give it a line, and take the one that it says then."""
        self._asks.write("\n")
        self._asks.flush()
        return self.says()

    def end(self) -> None:
        """End its input."""
        self._asks.close()


@contextmanager
def beside(module: str, *args: object) -> Iterator[Beside]:
    """Run a module of the benchmarks in another process.

    Args:
        module: its dotted name.
        args: its arguments.

    Raises:
        RuntimeError: it failed.
    """
    command = [sys.executable, "-u", "-m", module, *map(str, args)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        running = Beside(module, process)
        yield running
        running.end()
    if process.returncode:
        raise RuntimeError(f"{module} failed")
