"""Many listings at once, which take turns."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import AsyncIterable, Iterable, Mapping
from math import inf
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar, cast

from attrs import define

from instagram_async.bulk.engine import Engine
from instagram_async.bulk.results import Results, raise_fault
from instagram_async.errors import InstagramError, ResponseError
from instagram_async.paging import Items, Pager, Report
from instagram_async.paging.counts import positive

K = TypeVar("K")
T = TypeVar("T")

_KEPT = 10_000  # places of listings that are over, where their number has no end

_NOTHING = Report()
Pairs = Iterable[tuple[K, Pager[T]]] | AsyncIterable[tuple[K, Pager[T]]]
Listings = Mapping[K, Pager[T]] | Pairs[K, T]


class MergeReport(NamedTuple):
    """The account of many walks, as far as they were handed out.

    Attributes:
        listings: how many were taken up.
        over: how many of them were read to their end or limit.
        failed: how many were given up, since a page could not be had.
        items: items given.
        pages: pages read.
        requests: attempts made for them, failed ones included.
        duplicates: items left out because they had been given already.
        out_of_bounds: items left out because they lie outside the bounds asked for.
        unreadable: items that could not be read.
        anomalies: how often something odd was met, by its name.

    Example:
        >>> from instagram_async import bulk
        >>> pagers = {"me": client.user_recent(), "nobody": client.user_recent("404")}
        >>> async with bulk.merge(pagers) as results:
        ...     async for key, media in results:
        ...         pass
        >>> results.report.over, results.report.failed, results.report.items
        (1, 1, 120)
    """

    listings: int = 0
    over: int = 0
    failed: int = 0
    items: int = 0
    pages: int = 0
    requests: int = 0
    duplicates: int = 0
    out_of_bounds: int = 0
    unreadable: int = 0
    anomalies: Mapping[str, int] = MappingProxyType({})


def merge(listings: Listings[K, T], *, concurrency: int = 32) -> Merged[K, T]:
    """Read many listings at once, each of them in its order.

    Listings take turns of a page; where all have a page at hand, no two of them differ by
    more than that in what they have given. Of a mapping all listings take turns. Other
    sources may have no end: of them, `concurrency` listings take turns, and when one is
    over, the next is taken up. The client's own `concurrency` and quota hold as for any call.

    Args:
        listings: pagers by their keys, as a mapping or as pairs. A generator of them is closed
            with the block.
        concurrency: how many pages may be asked for or held.

    Returns:
        An async context manager and iterator of `(key, item or InstagramError)`.

    Raises:
        ValueError: concurrency is not positive.

    Example:
        >>> from instagram_async import bulk
        >>> people = ["self", somebody.id]
        >>> pagers = {user_id: client.user_recent(user_id) for user_id in people}
        >>> async with bulk.merge(pagers) as results:
        ...     async for user_id, media in results:
        ...         if isinstance(media, InstagramError):
        ...             print(user_id, media, media.checkpoint)
        ...         else:
        ...             print(user_id, media.link)
    """
    positive("concurrency", concurrency)
    return Merged(pairs_of(listings), concurrency, has_end=number_of(listings) is not None)


def pairs_of(listings: Listings[K, T]) -> Pairs[K, T]:
    """Listings as pairs of key and pager."""
    if isinstance(listings, Mapping):
        return cast("Mapping[K, Pager[T]]", listings).items()
    return listings


def number_of(listings: Listings[K, T]) -> int | None:
    """How many listings there are, `None` where their source may have no end."""
    return len(cast("Mapping[K, Pager[T]]", listings)) if isinstance(listings, Mapping) else None


def checked(pair: tuple[K, Pager[T]]) -> tuple[K, Pager[T]]:
    """A pair of a source.

    Raises:
        TypeError: it is none of a key and a pager.
    """
    given = cast("object", pair)
    if not isinstance(given, tuple):
        raise TypeError(f"listings are pairs of key and pager, not {type(given).__name__}")
    key, pager = cast("tuple[object, object]", given)
    if not isinstance(pager, Pager):
        raise TypeError(f"the listing {key!r} is no pager but {type(pager).__name__}")
    return pair


@define(eq=False)
class _Stream(Generic[K, T]):
    """A listing that is under way.

    Attributes:
        key: its name.
        items: where it is.
        given: how many items it gave, or errors in their place.
        counted: what the report has of it.
    """

    key: K
    items: Items[T]
    given: int = 0
    counted: Report = _NOTHING

    async def turn(self) -> None:
        await self.items.fill()


class Merged(Results[K, T | InstagramError, _Stream[K, T]], Generic[K, T]):
    """Items of many listings, or errors in their place, with their keys; made by `merge`.

    A page that could not be had is told once, and ends its listing: the error's checkpoint
    says where to go on. An item that can't be read is a `ResponseError` at its place, behind
    which its listing goes on.

    Example:
        >>> from instagram_async import bulk
        >>> async with bulk.merge({"me": client.user_recent()}) as results:
        ...     key, media = await anext(results)
    """

    def __init__(self, pairs: Pairs[K, T], concurrency: int, *, has_end: bool) -> None:
        room = inf if has_end else concurrency
        super().__init__(Engine(pairs, self._take_up, concurrency, room, name="bulk.merge"))
        self._has_end = has_end
        self._streams: dict[K, _Stream[K, T]] = {}
        self._ended: OrderedDict[K, str] = OrderedDict()
        self._turn: _Stream[K, T] | None = None  # whose page is handed out
        self._report = MergeReport()
        self._anomalies = Counter[str]()

    async def __anext__(self) -> tuple[K, T | InstagramError]:
        """The next item, of whichever listing.

        Raises:
            Exception: what a listing raised, if it was no `InstagramError`, or what the source
                of listings raised, when all before is over; the next call goes on.
            RuntimeError: another call is under way, or the block has ended.
        """
        stream = self._turn
        while stream is None:
            taken, fault = await self._take()
            if fault is not None:
                self._close(taken, failed=1)
                if not isinstance(fault, InstagramError):
                    raise_fault(fault)
                return taken.key, fault
            if taken.items.at_hand:
                self._turn = stream = taken
            else:
                self._end_turn(taken)
        entry: T | InstagramError
        try:
            entry = await anext(stream.items)
        except ResponseError as error:
            entry = error
        stream.given += 1
        if not stream.items.at_hand:
            self._end_turn(stream)
        return stream.key, entry

    @property
    def report(self) -> MergeReport:
        """The account of what was handed out so far.

        Example:
            >>> from instagram_async import bulk
            >>> async with bulk.merge({"me": client.user_recent()}) as results:
            ...     pairs = [pair async for pair in results]
            >>> results.report.items
            120
        """
        if self._turn is not None:
            self._count(self._turn)
        return self._report._replace(anomalies=dict(self._anomalies))

    def checkpoint(self, key: K) -> str:
        """The place behind the last item that a listing gave, for `Pager.resume`.

        Args:
            key: whose. A listing that is over or failed is known as well, also after the
                block: all those of a mapping, the latest 10,000 of another source.

        Returns:
            Text without a secret.

        Raises:
            KeyError: no listing of that key was taken up, or it was long ago.

        Example:
            >>> from instagram_async import bulk
            >>> async with bulk.merge({"me": client.user_recent()}) as results:
            ...     async for key, media in results:
            ...         saved = results.checkpoint(key)
        """
        stream = self._streams.get(key)
        return self._ended[key] if stream is None else stream.items.checkpoint

    def _take_up(self, pair: tuple[K, Pager[T]]) -> _Stream[K, T]:
        key, pager = checked(pair)
        if key in self._streams:
            raise ValueError(f"two listings at once have the key {key!r}")
        stream = self._streams[key] = _Stream(key, aiter(pager))
        self._report = self._report._replace(listings=self._report.listings + 1)
        return stream

    def _end_turn(self, stream: _Stream[K, T]) -> None:
        self._turn = None
        if stream.items.is_over:
            self._close(stream, over=1)
        else:
            self._count(stream)
            self._engine.put_back(stream, is_over=False)

    def _close(self, stream: _Stream[K, T], *, over: int = 0, failed: int = 0) -> None:
        self._count(stream)
        total = self._report
        self._report = total._replace(over=total.over + over, failed=total.failed + failed)
        del self._streams[stream.key]
        self._ended[stream.key] = stream.items.checkpoint
        self._ended.move_to_end(stream.key)
        if len(self._ended) > _KEPT and not self._has_end:
            self._ended.popitem(last=False)
        self._engine.put_back(stream, is_over=True)

    def _count(self, stream: _Stream[K, T]) -> None:
        """Add what a listing has given since it was counted last."""
        now, before, total = stream.items.report, stream.counted, self._report
        stream.counted = now
        self._anomalies.update(now.anomalies)
        self._anomalies.subtract(before.anomalies)
        names = ("items", "pages", "requests", "duplicates", "out_of_bounds", "unreadable")
        self._report = total._replace(
            **{
                name: getattr(total, name) + getattr(now, name) - getattr(before, name)
                for name in names
            }
        )
