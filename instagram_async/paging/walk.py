"""The walk: which request comes next, and what its reply means. A pure state machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Generic, NamedTuple, TypeVar

from instagram_async.errors import PagingError
from instagram_async.paging.checkpoint import END, START, Place
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.paging.sieve import Sieve, is_past
from instagram_async.paging.watermark import WatermarkTracker
from instagram_async.quota.policy import ServerQuota
from instagram_async.transport import Pairs

T = TypeVar("T")

_EMPTY_PAGES = 50


class Batch(NamedTuple, Generic[T]):
    """What one reply adds to a walk.

    Attributes:
        entries: what is to be given, in order; what can't be read keeps its place.
        names: what makes each of them the same entry.
        blind: the names of those that can't be read.
        cursor: the cursor that fetched it.
        next: the cursor of the next page, `None` on the last.
        quota: what the reply's headers say.
        pagination: the reply's own words.
    """

    entries: tuple[T | Unreadable, ...]
    names: tuple[str, ...]
    blind: frozenset[str]
    cursor: str | None
    next: str | None
    quota: ServerQuota
    pagination: Mapping[str, Any]


class Walk(Generic[T]):
    """One iteration of a listing.

    Args:
        listing: what is walked.
        place: where it begins.
    """

    def __init__(self, listing: Listing[T], place: Place = START) -> None:
        self.ended = place.ended
        self.pages = 0
        self.anomalies: Counter[str] = Counter()
        self.sieve: Sieve[T] = Sieve(listing.rule, place)
        self.tracker = WatermarkTracker(listing.rule, place.marks, is_at_start=place.cursor is None)
        self._listing = listing
        self._rule = listing.rule
        self._start = place  # of the page at hand
        self._cursor = place.cursor  # of the page to ask for
        self._mark = _hash(place.cursor)
        self._used: set[bytes] = set()  # marks of the pages that were taken
        self._batch: Batch[T] | None = None
        self._is_left = False  # whether the page at hand is behind us
        self._empty = 0

    def ask(self, now: float = 0.0) -> Pairs:
        """The parameters of the next page; the same ones until its reply was taken.

        Args:
            now: the present, in seconds since 1970, for listings that are fixed by it.

        Raises:
            PagingError: `cycle`, its cursor was used before; `empty_pages`, 50 pages in a
                row held nothing, after which one may go on.
        """
        if self._mark in self._used:
            raise PagingError("a cursor came a second time", self._listing.operation, "cycle")
        if self._empty >= _EMPTY_PAGES:
            self._empty = 0
            message = f"{_EMPTY_PAGES} pages in a row held nothing"
            raise PagingError(message, self._listing.operation, "empty_pages")
        if self._cursor is None:
            known = self.tracker.old and self.tracker.old.number
            self._cursor = self._rule.begin(self._listing.params, now, known)
            self._mark = _hash(self._cursor)
        params = self._rule.request(self._listing.params, self._cursor)
        return params + self._listing.page_size

    def take(self, reply: ListReply[T]) -> Batch[T]:
        """Take the reply to what was asked, and say what it adds.

        Args:
            reply: the decoded page.

        Returns:
            What is to be given to the user.
        """
        listing, cursor = self._listing, self._cursor
        if self._batch is not None:
            self._start = Place(cursor)
        self._used.add(self._mark)
        limits = self._rule.limits(listing.params, cursor)
        entries, names, blind, fresh = self.sieve.sift(reply, cursor, limits, self.tracker)
        self.tracker.note(entries, names)
        self.tracker.note_names(reply.items)
        self._empty = 0 if fresh else self._empty + 1
        following, anomaly = self._rule.following(listing.params, listing.size, cursor, reply)
        if limits and self._rule.ends_at_bound and is_past(reply.items, limits):
            following = None
        if self.tracker.is_reached(reply.items):
            following = None
        self.pages += 1
        self.ended = following is None
        self._cursor, self._mark = following, _hash(following)
        if anomaly is not None:
            self.anomalies[anomaly] += 1
        if following is not None and not fresh and self._rule.expects_items:
            self.anomalies["empty_page"] += 1
        if following is not None and self._mark in self._used:
            self.anomalies["cycle"] += 1
        self._batch = Batch(entries, names, blind, cursor, following, reply.quota, reply.pagination)
        self._is_left = False
        return self._batch

    def leave(self) -> None:
        """Forget the items of the page at hand, all of which were given; their names stay.

        The next page is then built in the memory that this one has used.
        """
        if self._batch is not None and not self._is_left:
            self._batch = self._batch._replace(entries=())
            self.sieve.leave()
            self._is_left = True

    def place(self, given: int) -> Place:
        """Where the walk stands.

        Args:
            given: how many entries of the batch at hand the user has got.

        Returns:
            The place behind the last of them.
        """
        return self._behind(given)._replace(marks=self.tracker.marks)

    def _behind(self, given: int) -> Place:
        batch = self._batch
        if batch is None:
            return self._start
        if self.is_complete(given):
            return END
        given = len(batch.names) if self._is_left else given
        whole = given >= len(batch.names)
        if self._rule.names_items and not self.sieve.carries:
            if not (batch.names and given):
                return Place(batch.next) if whole else self._start
            own = self._own_cursor(batch, given)
            if own is not None:
                return Place(own)
        got = batch.names[:given]
        return self.sieve.place(batch.next if whole else batch.cursor, got, whole=whole)

    def is_complete(self, given: int) -> bool:
        """Whether nothing is left behind so many entries of the batch at hand."""
        batch = self._batch
        if batch is None:
            return self._start.ended
        return batch.next is None and (self._is_left or given >= len(batch.names))

    def _own_cursor(self, batch: Batch[T], given: int) -> str | None:
        """The cursor behind an entry, if that one can be read and parts the page."""
        names, blind = batch.names, batch.blind
        if not blind:
            return self._rule.behind(batch.cursor, names, given)
        if names[given - 1] in blind:
            return None
        before = sum(name not in blind for name in names[:given])
        readable = tuple(name for name in names if name not in blind)
        return self._rule.behind(batch.cursor, readable, before)


def _hash(cursor: str | None) -> bytes:
    text = "" if cursor is None else f"={cursor}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
