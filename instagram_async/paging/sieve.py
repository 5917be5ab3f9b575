"""What a page has that is new: repetitions and strays are left out and counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from instagram_async.paging.checkpoint import Place, short
from instagram_async.paging.cursor import CursorRule
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.transport import Pairs

T = TypeVar("T")


class Sieve(Generic[T]):
    """Remembers the page before, and what was given before a resume.

    Args:
        rule: what makes an item the same item, and what bounds the listing.
        params: the parameters of the listing, with the values of its bounds.
        place: where the walk begins.
    """

    def __init__(self, rule: CursorRule, params: Pairs, place: Place) -> None:
        self.duplicates = 0
        self.out_of_bounds = 0
        self._rule = rule
        self._limits = rule.limits(params)
        self._resumed_at = place.cursor if rule.behind is not None else None
        self._here: frozenset[str] = frozenset()  # names on the last page that had any
        self._before: frozenset[str] = frozenset()  # names on the page before it
        self._is_anchored = place.cursor is not None
        self._unmet = set(place.given)  # hashes of what was given before the resume
        self._met: set[str] = set()  # those of them that the page at hand had

    def sift(self, reply: ListReply[T]) -> tuple[tuple[T | Unreadable, ...], bool]:
        """Take a page.

        Args:
            reply: the page.

        Returns:
            What is to be given, in order; and whether anything on the page was new, given
            or not.
        """
        if self._is_plain(reply):
            return reply.items, bool(reply.items)
        items = reply.items
        self._met = set()
        here: set[str] = set()
        entries: list[T | Unreadable] = []
        fresh = False
        for item in items:
            if self._is_repeated(item, here):
                self.duplicates += 1
                continue
            fresh = True
            if self._limits and self._is_outside(item):
                self.out_of_bounds += 1
                continue
            entries.append(item)
        if here:
            self._before, self._here = self._here, frozenset(here)
            # What was given stands where the walk resumed; only a resumed start may have
            # new posts before it.
            if self._met:
                self._is_anchored = True
            elif self._is_anchored:
                self._unmet.clear()
        self._resumed_at = None
        return tuple(entries), fresh

    @property
    def carries(self) -> bool:
        """Whether some of what was given before a resume may still turn up, or just has."""
        return bool(self._unmet or self._met)

    def is_past(self, items: Iterable[T | Unreadable]) -> bool:
        """Whether a page is wholly below a lower bound, and so is all that follows it."""
        if not self._limits or not self._rule.ends_at_bound:
            return False
        readable = [item for item in items if not isinstance(item, Unreadable)]
        return bool(readable) and any(
            all((at := key(item)) is not None and at < limit for item in readable)
            for key, limit, lower in self._limits
            if lower
        )

    def given(self, got: Iterable[T | Unreadable], *, whole: bool) -> tuple[str, ...]:
        """Hashes of what a resume has to leave out.

        Args:
            got: the entries of the page at hand that the user has got.
            whole: whether that was all of them.

        Returns:
            Sorted hashes. They include the page before, without which a repetition that
            this walk drops would be given again after a resume.
        """
        names = [self._name(entry) for entry in got]
        known = self._here.union(names) if whole else self._before.union(names)
        carried = self._unmet if whole else self._unmet | self._met
        return tuple(sorted(carried.union(map(short, known))))

    def _is_plain(self, reply: ListReply[T]) -> bool:
        """Whether a page is as almost all are: nothing in it to be left out."""
        if reply.flawed or self._limits or self._resumed_at or self._unmet or self._met:
            return False
        here = frozenset(map(self._name, reply.items))
        if len(here) != len(reply.items) or not here.isdisjoint(self._here):
            return False
        if here:
            self._before, self._here = self._here, here
        return True

    def _is_repeated(self, item: T | Unreadable, here: set[str]) -> bool:
        name = self._name(item)
        if not isinstance(item, Unreadable):
            repeated = name in self._here or name in here
            here.add(name)
            if repeated or (self._resumed_at and self._is_resumed_at(item)):
                return True
        if self._unmet or self._met:
            hashed = short(name)
            if hashed in self._unmet:
                self._unmet.discard(hashed)
                self._met.add(hashed)
            return hashed in self._met
        return False

    def _is_resumed_at(self, item: T) -> bool:
        """Whether a server has included the very item behind which the walk resumed."""
        return self._rule.behind is not None and self._rule.behind(item) == self._resumed_at

    def _name(self, entry: T | Unreadable) -> str:
        """What makes an entry the same entry; of an unreadable one, all that it holds."""
        return repr(entry.raw) if isinstance(entry, Unreadable) else self._rule.identity(entry)

    def _is_outside(self, item: T | Unreadable) -> bool:
        if isinstance(item, Unreadable):
            return False
        for key, limit, lower in self._limits:
            at = key(item)
            if at is not None and (at < limit if lower else at > limit):
                return True
        return False
