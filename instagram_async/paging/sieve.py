"""What a page has that is new: repetitions and strays are left out and counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from instagram_async.paging.checkpoint import Place, short
from instagram_async.paging.cursor import CursorRule, Limit
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.paging.watermark import WatermarkTracker

T = TypeVar("T")


class Sifted(NamedTuple, Generic[T]):
    """What is left of a page.

    Attributes:
        entries: what is to be given, in order.
        names: what makes each of them the same entry.
        blind: the names of those that can't be read.
        fresh: whether anything on the page was new, given or not.
    """

    entries: tuple[T | Unreadable, ...]
    names: tuple[str, ...]
    blind: frozenset[str]
    fresh: bool


class _Given:
    """Hashes of items that were given before a resume, and stand together.

    Args:
        hashes: of which items.
        is_reached: whether the walk is where they stand.
    """

    def __init__(self, hashes: tuple[str, ...], *, is_reached: bool = False) -> None:
        self._unmet = set(hashes)
        self._met: set[str] = set()  # on the page at hand
        self._is_reached = is_reached

    @property
    def carries(self) -> bool:
        return bool(self._unmet or self._met)

    def turn(self) -> None:
        """Begin another page."""
        self._met = set()

    def meets(self, hashed: str) -> bool:
        if hashed in self._unmet:
            self._unmet.discard(hashed)
            self._met.add(hashed)
        return hashed in self._met

    @property
    def is_met(self) -> bool:
        """Whether any of them is on the page at hand."""
        return bool(self._met)

    def settle(self, *, is_over: bool) -> None:
        """End a page: what has not turned up where all stand is gone for good.

        Args:
            is_over: whether the page gives something, and nothing that was given before.
        """
        self._is_reached |= self.is_met
        if self._is_reached and is_over:
            self._unmet.clear()

    def left(self, *, whole: bool) -> set[str]:
        """What may turn up behind the page at hand, or, if it was not given whole, on it."""
        return self._unmet if whole else self._unmet | self._met


class Sieve(Generic[T]):
    """Remembers the page before, and what was given before a resume.

    Args:
        rule: what makes an item the same item.
        place: where the walk begins.
    """

    def __init__(self, rule: CursorRule, place: Place) -> None:
        self.duplicates = 0
        self.out_of_bounds = 0
        self._rule = rule
        self._identity = rule.identity
        self._is_resumed = place.cursor is not None  # until a page was taken
        self._here: frozenset[str] = frozenset()  # names on the last page that had any
        self._before: frozenset[str] = frozenset()  # names on the page before it
        # What was given before the resume: at the place itself, or, behind what was posted
        # since to the listing's start, anywhere.
        self._near = _Given(place.given if self._is_resumed else (), is_reached=True)
        groups = place.owed if self._is_resumed else (*place.owed, place.given)
        self._owed = [_Given(group) for group in groups if group]

    def sift(
        self,
        reply: ListReply[T],
        cursor: str | None,
        limits: tuple[Limit, ...],
        tracker: WatermarkTracker,
    ) -> Sifted[T]:
        """Take a page.

        Args:
            reply: the page.
            cursor: what fetched it.
            limits: the bounds of its items.
            tracker: tells new from old.

        Returns:
            What is to be given.
        """
        if not (reply.flawed or limits or tracker.old or self._is_resumed or self.carries):
            plain = tuple(map(self._identity, reply.items))
            if self._is_new(plain):
                return Sifted(reply.items, plain, frozenset(), bool(plain))
        for group in (self._near, *self._owed):
            group.turn()
        here: set[str] = set()
        entries: list[T | Unreadable] = []
        names: list[str] = []
        blind: set[str] = set()
        fresh = False
        edge = tracker.edge(reply.items)
        for index, item in enumerate(reply.items):
            name = self._name(item)
            if self._is_repeated(item, name, here, cursor):
                self.duplicates += 1
                continue
            fresh = True
            if tracker.is_old(item, name) or (edge is not None and index >= edge):
                self.duplicates += 1
                continue
            if limits and is_outside(item, limits):
                self.out_of_bounds += 1
                continue
            entries.append(item)
            names.append(name)
            if isinstance(item, Unreadable):
                blind.add(name)
        self._turn(frozenset(here), gives=bool(entries))
        return Sifted(tuple(entries), tuple(names), frozenset(blind), fresh)

    def leave(self) -> None:
        """Forget the page before: all of the page at hand was given."""
        self._before = frozenset()

    @property
    def carries(self) -> bool:
        """Whether some of what was given before a resume may still turn up, or just has."""
        return self._near.carries or any(group.carries for group in self._owed)

    def place(self, cursor: str | None, got: tuple[str, ...], *, whole: bool) -> Place:
        """A place with what a resume has to leave out.

        Args:
            cursor: what fetches the page of the place.
            got: the names of the entries of the page at hand that the user has got.
            whole: whether that was all of them.

        Returns:
            The place, with sorted hashes. They include the page before, without which a
            repetition that this walk drops would be given again after a resume.
        """
        known = (self._here if whole else self._before).union(got)
        near = self._near.left(whole=whole).union(map(short, known))
        owed = [tuple(sorted(group.left(whole=whole))) for group in self._owed]
        return Place(cursor, tuple(sorted(near)), owed=tuple(group for group in owed if group))

    def _is_new(self, names: tuple[str, ...]) -> bool:
        """Whether a page is as almost all are: nothing in it to be left out."""
        here = frozenset(names)
        if len(here) != len(names) or not here.isdisjoint(self._here):
            return False
        if here:
            self._before, self._here = self._here, here
        return True

    def _turn(self, here: frozenset[str], *, gives: bool) -> None:
        """Put the page at hand in the place of the page before."""
        self._is_resumed = False
        if here:
            self._before, self._here = self._here, here
            groups = (self._near, *self._owed)
            # Of what was given some may stand between what else was.
            is_over = gives and not any(group.is_met for group in groups)
            for group in groups:
                group.settle(is_over=is_over)

    def _is_repeated(
        self, item: T | Unreadable, name: str, here: set[str], cursor: str | None
    ) -> bool:
        repeated = cursor is not None and self._rule.is_behind(cursor, name)
        if not isinstance(item, Unreadable):  # two of those may hold the same and be two
            repeated |= name in self._here or name in here
            here.add(name)
        if repeated or not self.carries:
            return repeated
        hashed = short(name)
        return any(group.meets(hashed) for group in (self._near, *self._owed))

    def _name(self, entry: T | Unreadable) -> str:
        """What makes an entry the same entry."""
        if isinstance(entry, Unreadable):
            return name_of_unreadable(entry)
        return self._identity(entry)


def name_of_unreadable(entry: Unreadable) -> str:
    """What stands for an item that can't be read: a hash of all that it holds."""
    return short(repr(entry.raw))


def is_past(items: Iterable[object], limits: tuple[Limit, ...]) -> bool:
    """Whether a page is wholly below a lower bound.

    Args:
        items: what the page held, read or not.
        limits: its bounds.
    """
    readable = [item for item in items if not isinstance(item, Unreadable)]
    return bool(readable) and any(
        all((at := limit.key(item)) is not None and at < limit.value for item in readable)
        for limit in limits
        if limit.lower
    )


def is_outside(item: object, limits: tuple[Limit, ...]) -> bool:
    """Whether an item lies outside some bounds.

    Args:
        item: the item; what can't be read lies anywhere.
        limits: the bounds.
    """
    if isinstance(item, Unreadable):
        return False
    for key, value, lower in limits:
        at = key(item)
        if at is not None and (at < value if lower else at > value):
            return True
    return False
