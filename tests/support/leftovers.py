"""What an event loop and a process hold on to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.until import until


@asynccontextmanager
async def nothing_left() -> AsyncIterator[None]:
    """See that no task and no open file is left of what is done inside.

    Raises:
        TimeoutError: something stayed.
    """
    tasks, files = asyncio.all_tasks(), open_files()
    yield
    await until(lambda: asyncio.all_tasks() <= tasks and open_files() <= files, 2.0)


def open_files() -> int:
    """How many files and sockets this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))
