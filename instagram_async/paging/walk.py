"""The walk: which request comes next, and what its reply means. A pure state machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from instagram_async.errors import PagingError
from instagram_async.paging.checkpoint import END, START, Place, short
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.quota.policy import ServerQuota
from instagram_async.transport import Pairs

T = TypeVar("T")

_EMPTY_PAGES = 50


@frozen
class Batch(Generic[T]):
    """What one reply adds to a walk.

    Attributes:
        entries: what is to be given, in order; what can't be read keeps its place.
        cursor: the cursor that fetched it.
        next: the cursor of the next page, `None` on the last.
        quota: what the reply's headers say.
        pagination: the reply's own words.
    """

    entries: tuple[T | Unreadable, ...]
    cursor: str | None
    next: str | None
    quota: ServerQuota
    pagination: Mapping[str, Any] = field(hash=False)


class Walk(Generic[T]):
    """One iteration of a listing.

    Args:
        listing: what is walked.
        place: where it begins.
    """

    def __init__(self, listing: Listing[T], place: Place = START) -> None:
        self._listing = listing
        self._rule = listing.rule
        self._limits = self._rule.limits(listing.params)
        self._cursor = place.cursor
        self._used: set[bytes] = set()
        self._here: frozenset[str] = frozenset()  # identities of the page at hand
        self._before: frozenset[str] = frozenset()  # identities of the page before it
        self._unmet = set(place.given)  # hashes of items given in an earlier iteration
        self._met: set[str] = set()  # those of them that the page at hand had
        self._batch: Batch[T] | None = None
        self._start = place  # of the page at hand
        self._empty = 0
        self.ended = place.ended
        self.pages = self.duplicates = self.out_of_bounds = 0
        self.anomalies: Counter[str] = Counter()

    def ask(self) -> Pairs:
        """The parameters of the next page; the same ones until its reply was taken.

        Raises:
            PagingError: `cycle`, its cursor was used before; `empty_pages`, 50 pages in a
                row held nothing, after which one may go on.
        """
        if self._cursor is not None and _hash(self._cursor) in self._used:
            raise PagingError("a cursor came a second time", self._listing.operation, "cycle")
        if self._empty >= _EMPTY_PAGES:
            self._empty = 0
            message = f"{_EMPTY_PAGES} pages in a row held nothing"
            raise PagingError(message, self._listing.operation, "empty_pages")
        params = self._rule.request(self._listing.params, self._cursor)
        return params + self._listing.page_size

    def take(self, reply: ListReply[T]) -> Batch[T]:
        """Take the reply to what was asked, and say what it adds.

        Args:
            reply: the decoded page.

        Returns:
            What is to be given to the user.
        """
        cursor = self._cursor
        if self._batch is not None:
            self._start = Place(cursor)
        entries = self._sift(reply)
        following = self._rule.next_cursor(reply.pagination)
        if following is not None and self._is_past(reply):
            following = None
        self.pages += 1
        if cursor is not None:
            self._used.add(_hash(cursor))
        self._cursor = following
        self.ended = following is None
        if following is not None and _hash(following) in self._used:
            self.anomalies["cycle"] += 1
        self._batch = Batch(entries, cursor, following, reply.quota, reply.pagination)
        return self._batch

    def place(self, given: int) -> Place:
        """Where the walk stands.

        Args:
            given: how many entries of the batch at hand the user has got.

        Returns:
            The place behind the last of them.
        """
        batch = self._batch
        if batch is None:
            return self._start
        whole = given >= len(batch.entries)
        if whole and batch.next is None:
            return END
        done = [entry for entry in batch.entries[:given] if not isinstance(entry, Unreadable)]
        behind = self._rule.behind
        if behind is not None:
            if whole:
                return Place(batch.next)
            if not done:
                return self._start
            if self._is_clean_cut(done, batch.entries[given:]):
                return Place(behind(done[-1]))
        # Without it, what the next page repeats would be given again after a resume.
        known = self._here if whole else {*self._before, *map(self._rule.identity, done)}
        hashes = self._unmet.union(map(short, known), () if whole else self._met)
        return Place(batch.next if whole else batch.cursor, tuple(sorted(hashes)))

    def _sift(self, reply: ListReply[T]) -> tuple[T | Unreadable, ...]:
        """Leave out what was given already and what lies outside the bounds."""
        identity = self._rule.identity
        before = self._here
        here: set[str] = set()
        self._met = set()
        entries: list[T | Unreadable] = []
        fresh = False
        for item in reply.items:
            if isinstance(item, Unreadable):
                entries.append(item)
                fresh = True
                continue
            name = identity(item)
            repeated = name in before or name in here or self._was_given(item, name)
            here.add(name)
            if repeated:
                self.duplicates += 1
                continue
            fresh = True
            if self._limits and self._is_outside(item):
                self.out_of_bounds += 1
                continue
            entries.append(item)
        self._empty = 0 if fresh else self._empty + 1
        if not fresh:
            self.anomalies["empty_page"] += 1
        if here:
            self._before, self._here = before, frozenset(here)
        return tuple(entries)

    def _was_given(self, item: T, name: str) -> bool:
        """Whether an item was given before this walk was resumed."""
        if self._batch is None and self._rule.behind is not None:
            return self._cursor is not None and self._rule.behind(item) == self._cursor
        if not self._unmet:
            return False
        hashed = short(name)
        if hashed in self._unmet:
            self._unmet.discard(hashed)
            self._met.add(hashed)
        return hashed in self._met

    def _is_outside(self, item: T) -> bool:
        for key, limit, lower in self._limits:
            at = key(item)
            if at is not None and (at < limit if lower else at > limit):
                return True
        return False

    def _is_past(self, reply: ListReply[T]) -> bool:
        """Whether everything from here on is older than a lower bound."""
        if not self._limits or not self._rule.ends_at_bound:
            return False
        lows = [(key, limit) for key, limit, lower in self._limits if lower]
        items = [item for item in reply.items if not isinstance(item, Unreadable)]
        return bool(items) and any(
            all((at := key(item)) is not None and at < limit for item in items)
            for key, limit in lows
        )

    def _is_clean_cut(self, done: list[T], rest: tuple[T | Unreadable, ...]) -> bool:
        """Whether the last item given parts the page: nothing older before, newer behind."""
        order = self._rule.order
        if order is None:
            return True
        last = order(done[-1])
        older = [order(item) for item in rest if not isinstance(item, Unreadable)]
        newer = [order(item) for item in done[:-1]]
        if last is None or None in older or None in newer:
            return False
        return all(at > last for at in newer if at is not None) and all(
            at < last for at in older if at is not None
        )


def _hash(cursor: str) -> bytes:
    return blake2b(cursor.encode(), digest_size=8).digest()
