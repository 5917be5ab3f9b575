"""Processes that have imported what they need when they begin, as forks of one that has."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from typing import Any

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["__main__", "tests.support.killed_job", "tests.support.commands"])


async def forked(work: Callable[[Any], None], told: Any) -> int:
    """Run something in a process of its own; an error of it goes to this one's standard error.

    Args:
        work: a function of a module.
        told: its argument.

    Returns:
        The exit code; that of a process that was killed is the negative number of the signal.
    """
    process = FORKS.Process(target=work, args=(told,))
    process.start()
    try:
        await asyncio.to_thread(process.join)
        code = process.exitcode
    finally:
        process.kill()
        process.join()
        process.close()
    assert code is not None
    return code
