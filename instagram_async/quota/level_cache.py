"""What a process knows of windows that others share: as of its last word with the store."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from instagram_async.quota.belief import Level, WindowSpec
from instagram_async.quota.store import Windows

T = TypeVar("T")
_CROWD = 4096  # windows to remember; a service may see tokens without end


class StoreReply(NamedTuple, Generic[T]):
    """A store's reply.

    Attributes:
        value: what the operation gave.
        levels: how full each of its windows is now; times count from the operation.
    """

    value: T
    levels: tuple[Level, ...]


class LevelCache:
    """The last word on each window, oldest forgotten first."""

    def __init__(self) -> None:
        self._levels: dict[str, Level] = {}

    def note(self, windows: Windows, reply: StoreReply[T], now: float) -> T:
        """Remember what a reply says of its windows.

        Args:
            windows: what was asked for.
            reply: the store's.
            now: when it was asked for.

        Returns:
            What the operation gave.
        """
        for spec, level in zip(windows, reply.levels, strict=True):
            self._levels.pop(spec.key, None)
            self._levels[spec.key] = level._replace(free_at=now + level.free_at)
        while len(self._levels) > _CROWD:
            del self._levels[next(iter(self._levels))]
        return reply.value

    def level(self, spec: WindowSpec, now: float) -> Level:
        """How full a window was; empty if nothing was heard of it."""
        return self._levels.get(spec.key) or Level(0, now)
