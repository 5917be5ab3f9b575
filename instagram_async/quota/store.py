"""Where windows are kept: here, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from instagram_async.quota.policy import ServerQuota
from instagram_async.quota.window import Window, WindowSpec

_SILENT = ServerQuota()


class Grant(NamedTuple):
    """A place in every window concerned.

    Attributes:
        windows: what was asked for.
        numbers: the store's own note of each place.
    """

    windows: tuple[WindowSpec, ...]
    numbers: tuple[int, ...]


class Outcome(NamedTuple):
    """What became of a granted request.

    Attributes:
        until: when its place has surely been forgotten by the server; `None` if the
            request never left.
        quota: what the reply's headers said, `None` without a reply.
        refused: the family whose quota the server says is used up, `""` for the general
            quota; `None` if it was no refusal.
    """

    until: float | None
    quota: ServerQuota | None = None
    refused: str | None = None


class Store(Protocol):
    """Windows, kept somewhere. All or nothing, and atomic for all who share it."""

    async def take(self, windows: tuple[WindowSpec, ...], now: float) -> Grant | float:
        """Take a place in every window, or in none.

        Args:
            windows: where places are needed.
            now: the present, in seconds.

        Returns:
            The grant, or the instant before which it surely cannot be had.
        """
        ...

    async def forecast(
        self, windows: tuple[WindowSpec, ...], ahead: Sequence[int], now: float
    ) -> float:
        """When places would be had behind others.

        Args:
            windows: where places are needed.
            ahead: how many others take theirs before, for each window.
            now: the present, in seconds.

        Returns:
            An instant before which they surely cannot be had.
        """
        ...

    async def settle(self, grant: Grant, outcome: Outcome, now: float) -> bool:
        """Say what became of a grant.

        Args:
            grant: what `take` gave.
            outcome: what became of it.
            now: the present, in seconds.

        Returns:
            Whether a window may have opened, or closed, earlier than was said before.
        """
        ...


class MemoryStore:
    """Windows of one process; they end with it.

    Example:
        >>> store = MemoryStore()
    """

    def __init__(self) -> None:
        self._windows: dict[str, Window] = {}
        self._crowd = 1024  # windows at which the idle ones are looked for

    async def take(self, windows: tuple[WindowSpec, ...], now: float) -> Grant | float:
        """Take a place in every window, or in none; see `Store.take`."""
        kept: list[Window] = []
        free = now
        for spec in windows:
            window = self._windows.get(spec.key) or self._window(spec, now)
            free = max(free, window.free_at(now))
            kept.append(window)
        if free > now:
            return free
        return Grant(windows, tuple([window.take(now) for window in kept]))

    async def forecast(
        self, windows: tuple[WindowSpec, ...], ahead: Sequence[int], now: float
    ) -> float:
        """When places would be had behind others; see `Store.forecast`."""
        pairs = zip(windows, ahead, strict=True)
        return max(self._window(spec, now).free_at(now, before) for spec, before in pairs)

    async def settle(self, grant: Grant, outcome: Outcome, now: float) -> bool:
        """Say what became of a grant; see `Store.settle`."""
        until, quota, refused = outcome
        changed = False
        if refused and all(spec.family != refused for spec in grant.windows):
            refused = ""  # no window of its own: the general one has to close
        for at, spec in enumerate(grant.windows):
            window = self._windows.get(spec.key) or self._window(spec, now)
            if until is None:
                window.give_back()
                changed = True
                continue
            window.settle(until)
            if refused is not None and refused == (spec.family or ""):
                window.refuse(grant.numbers[at], now, quota.retry_after if quota else None)
                changed = True
            elif quota is not None:
                told = quota if spec.family is None else _SILENT
                changed |= window.answered(grant.numbers[at], told.remaining, now, told.limit)
        return changed

    def _window(self, spec: WindowSpec, now: float) -> Window:
        window = self._windows.get(spec.key)
        if window is None:
            if len(self._windows) >= self._crowd:  # a service may see tokens without end
                self._windows = {k: w for k, w in self._windows.items() if not w.idle(now)}
                self._crowd = max(1024, 2 * len(self._windows))
            window = self._windows[spec.key] = Window(spec)
        return window
