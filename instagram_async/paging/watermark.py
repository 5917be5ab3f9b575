"""Watermarks: how new the newest was that is known, so that only what is newer is read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from instagram_async.paging.checkpoint import Mark, Marks, opened, sealed, short
from instagram_async.paging.cursor import CursorRule
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import Unreadable

_ENOUGH, _MOST = 30, 100  # items by which a listing without numbers is known again
_ROW = 5  # such items in a row and in their order, behind the last of which nothing is new


class WatermarkTracker:
    """Tells new items from old ones, and remembers the newest.

    Args:
        rule: whether the listing gives the newest first, and by which number.
        marks: what is known when the walk begins.
        is_at_start: whether it begins with the listing's first page.

    Attributes:
        is_settled: whether the newest was seen, so that further pages add nothing to it.
    """

    def __init__(self, rule: CursorRule, marks: Marks, *, is_at_start: bool = True) -> None:
        self._rule = rule
        self._axis = rule.axis
        self.old = marks.old
        self.seen = marks.seen
        self._known = {name: at for at, name in enumerate(marks.old.known if marks.old else ())}
        self._earlier = marks.seen.known if marks.seen else ()
        self._noted: tuple[str, ...] = ()
        self._is_at_start = is_at_start
        is_known = not is_at_start and self._axis is None and len(self._earlier) >= _ENOUGH
        self.is_settled = is_known or not rule.newest_first

    @property
    def marks(self) -> Marks:
        """What is known by now."""
        return Marks(self.old, self.seen)

    def is_old(self, item: object, name: str) -> bool:
        """Whether an item was there already when the old mark was made.

        Args:
            item: the item, or what can't be read at its place.
            name: what makes it the same item.
        """
        if self.old is None or isinstance(item, Unreadable):
            return False
        number = self.old.number
        at = self._axis(item) if self._axis else None
        if number is None or at is None or at == number:
            return short(name) in self._known
        return at < number

    def edge(self, items: Sequence[object]) -> int | None:
        """From where on a page all is old, though it is not known again.

        That is behind what is known again where there is no axis, be it that some of it was
        deleted, or that pages were smaller when it was remembered.

        Args:
            items: what the page holds, read or not.

        Returns:
            An index, `None` if too little is known again.
        """
        if self.old is None or self.old.number is not None:
            return None
        edge, row, longest, latest = 0, 0, 0, -1
        for index, item in enumerate(items):
            if not isinstance(item, Unreadable):
                at = self._known.get(short(self._rule.identity(item)), -1)
                row = 0 if at < 0 else row + 1 if at > latest else 1
                edge = edge if at < 0 else index + 1
                longest, latest = max(longest, row), at
        return edge if longest >= _ROW else None

    def is_reached(self, items: Sequence[object]) -> bool:
        """Whether nothing new is behind a page: it ends in what is old.

        Without an axis it takes two items at the end, or more before it, since an old one can
        come to the top again.

        Args:
            items: what the page held, read or not.
        """
        if self.old is None:
            return False
        if self.edge(items) is not None:
            return True
        identity = self._rule.identity
        read = [item for item in items if not isinstance(item, Unreadable)]
        last = read[-1:] if self.old.number is not None else read[-2:]
        return bool(last) and all(self.is_old(item, identity(item)) for item in last)

    def note(self, entries: Sequence[object], names: Sequence[str]) -> None:
        """Remember the newest of a page, which come on the first pages.

        Args:
            entries: what the page gives.
            names: what makes each the same entry.
        """
        if self.is_settled or self._axis is None:
            return
        number, known = self.seen or Mark()
        lowest = number
        for item, name in zip(entries, names, strict=True):
            if isinstance(item, Unreadable):
                continue
            lowest = at = self._axis(item)
            if at is not None and (number is None or at > number):
                number, known = at, ()
            if at == number and len(known) < _MOST:
                known = (*known, short(name))
        if known:
            self.seen = Mark(number, known)
        self.is_settled = lowest != number

    def note_names(self, items: Sequence[object]) -> None:
        """Without an axis: remember the first of the listing, given or not, without a gap.

        Args:
            items: what a page holds, read or not.
        """
        if self.is_settled or self._axis is not None:
            return
        readable = [item for item in items if not isinstance(item, Unreadable)]
        self._noted += tuple(short(self._rule.identity(item)) for item in readable)
        known = self._earlier + self._noted
        if self._is_at_start:
            is_met = not set(self._noted).isdisjoint(self._earlier)
            known = self._noted + self._earlier if is_met else self._noted
        if known:
            self.seen = Mark(None, tuple(dict.fromkeys(known))[:_MOST])
        self.is_settled = len(self._noted if self._is_at_start else known) >= _ENOUGH

    def newest(self) -> Mark | None:
        """The mark of whoever has been given everything."""
        old, seen = self.old, self.seen
        if old is None or seen is None:
            return seen or old
        if old.number is not None and seen.number is not None and old.number != seen.number:
            return max(old, seen)
        if self._axis is None and len(seen.known) >= _ENOUGH:
            return seen  # between the two there may be some that neither has
        return Mark(seen.number, tuple(dict.fromkeys(seen.known + old.known))[:_MOST])


def after(rule: CursorRule, mark: Mark, item: object) -> Mark:
    """The mark of whoever has got one item more, the oldest of those that are new.

    Args:
        rule: how its listing tells newer from older.
        mark: of what he had before.
        item: what he has got.
    """
    number, name = rule.axis(item) if rule.axis else None, short(rule.identity(item))
    if number is None:
        return Mark(mark.number, (name, *mark.known)[:_MOST])
    if mark.number is None or number > mark.number:
        return Mark(number, (name,))
    return Mark(mark.number, (name, *mark.known))  # no two of a number may be forgotten


def check(listing: Listing[Any]) -> None:
    """Refuse a listing of which nobody can tell what is new.

    Raises:
        TypeError: it does not give the newest first.
    """
    if not listing.rule.newest_first:
        raise TypeError(
            f"{listing.operation} does not give the newest first, so it has no watermark"
        )


def write(listing: Listing[Any], mark: Mark | None) -> str | None:
    """A mark as text, `None` if there is none.

    Args:
        listing: whose mark it is.
        mark: the mark.
    """
    return None if mark is None else sealed(listing, mark)


def read(listing: Listing[Any], text: str) -> Mark:
    """A mark from text.

    Args:
        listing: the listing that is to be read.
        text: what `write` gave.

    Raises:
        ValueError: the text is no watermark, is of a version not known here, or belongs to
            another listing.
    """

    def whole(said: list[Any]) -> Mark:
        return Mark(*msgspec.convert(said, tuple[int | None, tuple[str, ...]]))

    return opened(listing, text, "watermark", whole)
