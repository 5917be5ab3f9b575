"""Work that blocks, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from instagram_async.waiting import through

P = ParamSpec("P")
T = TypeVar("T")


async def aside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function in a thread; who is cancelled waits until it is over.

    Args:
        function: what blocks, for a moment.
        args: its arguments.
        kwargs: those by name.

    Returns:
        What it returns.

    Raises:
        CancelledError: the caller was cancelled; the function is over even so.
        Exception: what the function raised.
    """
    return await through(asyncio.ensure_future(asyncio.to_thread(function, *args, **kwargs)))
