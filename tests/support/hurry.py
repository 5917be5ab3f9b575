"""Time that never lets anybody wait, on a loop whose sockets are real."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from instagram_async.clock import Timer


class HurriedClock:
    """A clock that goes on to whatever somebody waits for.

    Args:
        now: where it begins, in seconds since 1970.
    """

    def __init__(self, now: float) -> None:
        self._now = now

    def now(self) -> float:
        return self._now

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        def ring() -> None:
            self._now = max(self._now, when)
            callback()

        return asyncio.get_running_loop().call_soon(ring)
