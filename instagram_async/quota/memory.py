"""Windows kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import NoReturn

from instagram_async.quota.belief import Level, WindowSpec
from instagram_async.quota.policy import ServerQuota
from instagram_async.quota.store import Grant, Outcome, Windows
from instagram_async.quota.window import Window

_SILENT = ServerQuota()


class MemoryStore:
    """Windows of one process; they end with it. Clients that are given the same one share it.

    The clients may belong to different loops and threads.

    Example:
        >>> store = MemoryStore()
    """

    shared = False

    def __init__(self) -> None:
        self._windows: dict[str, Window] = {}
        self._crowd = 1024  # windows at which the idle ones are looked for
        self._lock = Lock()

    async def take(
        self,
        windows: Windows,
        now: float,
        reach: float = 0.0,  # noqa: ARG002 - it ends with those whose flights it would outlive
    ) -> Grant | float:
        """Take a place in every window, or in none; see `Store.take`."""
        kept: list[Window] = []
        free = now
        with self._lock:
            self._tidy(now)  # and not later, or what is kept here might be forgotten
            for spec in windows:
                window = self._windows.get(spec.key) or self._window(spec)
                free = max(free, window.free_at(now))
                kept.append(window)
            if free > now:
                return free
            return Grant(windows, tuple([window.take(now) for window in kept]))

    async def forecast(self, windows: Windows, ahead: Sequence[int], now: float) -> float:
        """When places would be had behind others; see `Store.forecast`."""
        pairs = zip(windows, ahead, strict=True)
        with self._lock:
            self._tidy(now)
            return max(self._window(spec).free_at(now, before) for spec, before in pairs)

    async def settle(self, grant: Grant, outcome: Outcome, now: float) -> bool:
        """Say what became of a grant; see `Store.settle`."""
        with self._lock:
            return self._settle(grant, outcome, now)

    def level(self, spec: WindowSpec, now: float) -> Level:
        """How full a window is; see `Store.level`."""
        with self._lock:
            self._tidy(now)
            return self._window(spec).level(now)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a MemoryStore can't be copied or pickled: processes share a SQLiteStore(path)"
        )

    def _settle(self, grant: Grant, outcome: Outcome, now: float) -> bool:
        until, quota, refused = outcome
        closed = None if refused is None else outcome.closes(grant.windows)
        changed = False
        for at, spec in enumerate(grant.windows):
            window = self._windows[spec.key]  # none is forgotten while something flies
            if until is None:
                window.give_back()
                changed = True
                continue
            window.settle(until)
            if spec is closed:
                window.refuse(grant.numbers[at], now, quota.retry_after if quota else None)
                changed = True
            elif quota is not None:
                told = quota if spec.family is None else _SILENT
                changed |= window.answered(grant.numbers[at], told.remaining, now, told.limit)
        return changed

    def _window(self, spec: WindowSpec) -> Window:
        window = self._windows.get(spec.key)
        if window is None:
            window = self._windows[spec.key] = Window(spec)
        return window

    def _tidy(self, now: float) -> None:
        """Forget idle windows: a service may see tokens without end."""
        if len(self._windows) >= self._crowd:
            self._windows = {k: w for k, w in self._windows.items() if not w.idle(now)}
            self._crowd = max(1024, 2 * len(self._windows))
