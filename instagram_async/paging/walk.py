"""The walk: which request comes next, and what its reply means. A pure state machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar

from instagram_async.errors import PagingError
from instagram_async.paging.checkpoint import END, START, Place
from instagram_async.paging.listing import Listing
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.paging.sieve import Sieve
from instagram_async.quota.policy import ServerQuota
from instagram_async.transport import Pairs

T = TypeVar("T")

_EMPTY_PAGES = 50


class Batch(NamedTuple, Generic[T]):
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
        self.sieve: Sieve[T] = Sieve(listing.rule, listing.params, place)
        self._listing = listing
        self._rule = listing.rule
        self._start = place  # of the page at hand
        self._cursor = place.cursor  # of the page to ask for
        self._used: set[bytes] = set()
        self._batch: Batch[T] | None = None
        self._empty = 0
        self._is_left = False  # whether the page at hand is behind us
        self._left_at: Place | None = None  # where, if an item's own id says so

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
        if cursor is not None:
            self._used.add(_hash(cursor))
        entries, fresh = self.sieve.sift(reply)
        self._empty = 0 if fresh else self._empty + 1
        following = self._rule.next_cursor(reply.pagination)
        if following is not None and self.sieve.is_past(reply.items):
            following = None
        self.pages += 1
        self.ended = following is None
        self._cursor = following
        if following is not None and not fresh:
            self.anomalies["empty_page"] += 1
        if following is not None and _hash(following) in self._used:
            self.anomalies["cycle"] += 1
        self._batch = Batch(entries, cursor, following, reply.quota, reply.pagination)
        self._is_left, self._left_at = False, None
        return self._batch

    def leave(self) -> None:
        """Forget the page at hand, all of which was given, but not the place behind it.

        The next page is then built in the memory that this one has used.
        """
        batch = self._batch
        if batch is not None and batch.entries and not self._is_left:
            place = None if self._rule.behind is None else self.place(len(batch.entries))
            unreadable = tuple(entry for entry in batch.entries if isinstance(entry, Unreadable))
            self._batch = batch._replace(entries=unreadable)
            self._is_left, self._left_at = True, place

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
        if self._left_at is not None:
            return self._left_at
        whole = self._is_left or given >= len(batch.entries)
        if whole and batch.next is None:
            return END
        got = batch.entries if whole else batch.entries[:given]
        if self._rule.behind is not None and not self.sieve.carries:
            if not got:
                return Place(batch.next) if whole else self._start
            last = got[-1]
            if not isinstance(last, Unreadable) and self._descends(batch.entries):
                return Place(self._rule.behind(last))
        return Place(batch.next if whole else batch.cursor, self.sieve.given(got, whole=whole))

    def _descends(self, entries: tuple[T | Unreadable, ...]) -> bool:
        """Whether an item's id parts the page: all newer before it, all older behind."""
        order = self._rule.order
        if order is None:
            return True
        at = [order(entry) for entry in entries if not isinstance(entry, Unreadable)]
        numbers = [number for number in at if number is not None]
        return len(numbers) == len(at) and all(a > b for a, b in pairwise(numbers))


def _hash(cursor: str) -> bytes:
    return blake2b(cursor.encode("utf-8", "surrogatepass"), digest_size=8).digest()
