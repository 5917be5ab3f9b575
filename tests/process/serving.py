"""The command as it is installed, and `serve` in a process that was forked."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.support import commands
from tests.support.commands import Live

COMMAND = str(Path(sysconfig.get_path("scripts")) / "instagram-async")
ENVIRONMENT = {**os.environ, "TERM": "xterm-256color", "PYTHONWARNINGS": "error"}


@contextmanager
def installed(
    *arguments: str, command: Sequence[str] = (COMMAND,)
) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """A server that the command runs as it is installed, and what it has printed."""
    with subprocess.Popen(
        [*command, "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, facts_in(process.stdout)
        finally:
            process.kill()


@contextmanager
def running(*arguments: str) -> Iterator[tuple[Live, dict[str, str]]]:
    """A server that runs in a process that was forked, and what it has printed."""
    with commands.running(["serve", "--port", "0", *arguments], ENVIRONMENT) as process:
        yield process, facts_in(process.stdout)


def facts_in(written: IO[str]) -> dict[str, str]:
    lines = [written.readline() for _ in range(7)]
    return {line[:11].strip(): line[11:].rstrip("\n") for line in lines}
