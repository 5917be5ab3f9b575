"""A clock that is ahead of its time: waits of seconds are over in no time, on real sockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from attrs import field, frozen

from instagram_async.clock import Timer


@frozen
class SwiftClock:
    """So many of its seconds go into one."""

    times: float
    _began: float = field(factory=time.time)
    _ticks: float = field(factory=time.monotonic)

    def now(self) -> float:
        return self._began + (time.monotonic() - self._ticks) * self.times

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        wait = max(0.0, (when - self.now()) / self.times)
        return asyncio.get_running_loop().call_later(wait, callback)
