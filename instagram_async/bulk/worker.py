"""A thread of one's own, that is waited for whatever happens."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from instagram_async.waiting import through

P = ParamSpec("P")
T = TypeVar("T")


class Worker:
    """Does one thing after the other, off the event loop; its thread begins with the first.

    Args:
        name: of the thread.
    """

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, name)
        self._pid = os.getpid()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Have something done, behind all that was asked for before.

        Returns:
            What it returned.

        Raises:
            Exception: what it raised.
            CancelledError: the caller was cancelled; it was done even so.
            RuntimeError: this is a forked child, which has no such thread.
        """
        if self.is_foreign:
            raise RuntimeError("a job can't be used after a fork: make one in each process")
        return await through(asyncio.wrap_future(self._pool.submit(work, *args, **kwargs)))

    @property
    def is_foreign(self) -> bool:
        """Whether this is a forked child, which has no such thread."""
        return os.getpid() != self._pid

    def end(self) -> None:
        """Let the thread go, when all that was asked for is done."""
        self._pool.shutdown()
