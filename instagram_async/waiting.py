"""Waiting until something is over, whatever happens to who waits."""

from __future__ import annotations

import asyncio
from typing import TypeVar

T = TypeVar("T")


async def through(future: asyncio.Future[T]) -> T:
    """Wait until something is done, though the caller be cancelled meanwhile.

    Args:
        future: what is waited for.

    Returns:
        What came of it.

    Raises:
        Exception: what came of it, unless the caller was cancelled.
        CancelledError: the caller was cancelled; it is done even so.
    """
    cancelled: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait([future])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        future.exception()  # that it failed is no news to who gives it up
        raise cancelled
    return future.result()
