"""Work done in fresh interpreters, which hand their figures back as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


class NotInstalledError(Exception):
    """The rival is not installed; `pip install -e '.[bench]'` brings it."""


def run(module: str, *args: str) -> Any:
    """Run a module of the benchmarks in a fresh interpreter.

    Args:
        module: its dotted name.
        args: its arguments.

    Returns:
        What it printed.

    Raises:
        NotInstalledError: it needs a library that is not there.
        RuntimeError: it failed.
    """
    command = [sys.executable, "-m", module, *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        if last.startswith("ModuleNotFoundError"):
            raise NotInstalledError(last)
        raise RuntimeError(f"{module} {' '.join(args)} failed\n{done.stderr}")
    return json.loads(done.stdout)
