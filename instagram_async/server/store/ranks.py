"""Members in the order in which they came, with places that outlive them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Hashable, Iterator
from typing import Any, Generic, Protocol, TypeVar


class _Sortable(Hashable, Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=_Sortable)


class Ranks(Generic[T]):
    """Members, each with the tick at which it came.

    A place is a tick, not an offset, so members that come or go on one side of it move
    nothing on the other side.

    Example:
        >>> ranks = Ranks()
        >>> ranks.add("ann", 5), ranks.add("bob", 6)
        (None, None)
        >>> list(ranks.newest_first(before=(6, "bob")))
        [(5, 'ann')]
    """

    def __init__(self) -> None:
        self._ticks: dict[T, int] = {}
        self._order: list[tuple[int, T]] = []

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, member: T) -> bool:
        return member in self._ticks

    def tick(self, member: T) -> int | None:
        """When a member came, `None` if it is not there."""
        return self._ticks.get(member)

    def add(self, member: T, tick: int) -> None:
        """Take in a member that is not there.

        Args:
            member: who or what.
            tick: when it came.
        """
        self._ticks[member] = tick
        insort(self._order, (tick, member))

    def discard(self, member: T) -> None:
        """Take out a member, if it is there."""
        tick = self._ticks.pop(member, None)
        if tick is not None:
            del self._order[bisect_left(self._order, (tick, member))]

    def newest_first(
        self, *, before: tuple[int, T] | tuple[int] | None = None
    ) -> Iterator[tuple[int, T]]:
        """Ticks with their members, latest first.

        Args:
            before: only those that stand before this tick, or before this member of it;
                it need not be there. `None` is all.
        """
        stop = len(self._order) if before is None else bisect_left(self._order, before)
        return (self._order[at] for at in range(stop - 1, -1, -1))
