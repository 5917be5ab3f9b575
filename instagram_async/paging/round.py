"""One round of a watch: what is new comes newest first, and is given oldest first. Pure."""

from __future__ import annotations

from heapq import heappush, heappushpop
from math import inf
from typing import Generic, NamedTuple, TypeVar

from instagram_async.paging.checkpoint import short
from instagram_async.paging.cursor import CursorRule
from instagram_async.paging.page import Unreadable
from instagram_async.paging.walk import Batch

T = TypeVar("T")

_MOST = 1_000  # names of what can't be read, told already


class Held(NamedTuple, Generic[T]):
    """An entry that waits to be given; the newest compares least.

    Attributes:
        depth: how far down the listing's axis it stands.
        at: how many entries of the round came before it.
        entry: an item, or what can't be read at its place.
        name: what makes it the same entry.
    """

    depth: float
    at: int
    entry: T | Unreadable
    name: str


class Told:
    """What can't be read and was told of; it stays in the listing, round after round."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}

    def add(self, name: str) -> None:
        """Remember one; of very many the first are forgotten."""
        self._names[short(name)] = None
        if len(self._names) > _MOST:
            del self._names[next(iter(self._names))]

    def __contains__(self, name: str) -> bool:
        return short(name) in self._names


class Round(Generic[T]):
    """Takes a round's pages, and keeps the oldest of what they give.

    Args:
        rule: by which number newer ones are told from older ones.
        most: how many entries to keep.
        told: what not to tell again.
    """

    def __init__(self, rule: CursorRule, most: int, told: Told) -> None:
        self.is_cut = False
        self._axis = rule.axis
        self._most = most
        self._told = told
        self._kept: list[Held[T]] = []  # a heap, the newest on top
        self._index = 0
        self._depth = -inf  # of the entry before, for those that have no number

    def add(self, batch: Batch[T]) -> None:
        """Take a page."""
        for entry, name in zip(batch.entries, batch.names, strict=True):
            if name in batch.blind and name in self._told:
                continue
            self._keep(Held(self._deep(entry), self._index, entry, name))
            self._index += 1

    def newest_first(self) -> list[Held[T]]:
        """What is to be given, from the end on: whatever is not in it is newer."""
        return sorted(self._kept)

    def _deep(self, entry: T | Unreadable) -> float:
        number = self._axis(entry) if self._axis and not isinstance(entry, Unreadable) else None
        if number is not None:
            self._depth = -number
        return self._depth

    def _keep(self, held: Held[T]) -> None:
        if len(self._kept) < self._most:
            heappush(self._kept, held)
        else:
            self.is_cut = True
            heappushpop(self._kept, held)
