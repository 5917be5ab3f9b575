"""A pseudo-terminal to run a program on, and what stands on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence

LINES = 24

_OWN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""

_STEP = re.compile(r"\x1b\[([0-9;?]*)([a-zA-Z])|(\r)|(\n)|(.)", re.DOTALL)


def opened(columns: int) -> tuple[int, int]:
    """A terminal of 24 lines: our end of it, and that of a program."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))
    return ours, theirs


def on_terminal(
    command: Sequence[str], columns: int, environment: Mapping[str, str]
) -> tuple[int, str]:
    """Run a command on a terminal; return its exit code and all that was written."""
    ours, theirs = opened(columns)
    process = subprocess.Popen(
        [sys.executable, "-c", _OWN_TERMINAL, *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={name: value for name, value in environment.items() if name != "COLUMNS"},
        start_new_session=True,
    )
    os.close(theirs)
    written = b""
    deadline = time.monotonic() + 60
    while select.select([ours], [], [], max(0.0, deadline - time.monotonic()))[0]:
        try:
            written += os.read(ours, 65536)
        except OSError:  # the other side was closed
            break
    os.close(ours)
    try:
        return process.wait(10), written.decode()
    finally:
        process.kill()


def screen_of(written: str, columns: int) -> list[str]:
    """What a terminal shows, from the first line on, as if it never scrolled.

    It knows what rich writes: colours, line feeds, a line erased, the cursor moved up. A
    letter in the last column leaves the cursor there, and only the next one wraps.
    """
    lines, row, column = [""], 0, 0
    for step in _STEP.finditer(written):
        number, code, back, feed, letter = step.groups()
        if code == "A":
            row = max(0, row - int(number or 1))
        elif code == "K":
            lines[row] = ""
        elif back:
            column = 0
        elif feed or (letter and column == columns):
            row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
        if letter:
            line = lines[row].ljust(column)
            lines[row] = line[:column] + letter + line[column + 1 :]
            column += 1
    return lines
