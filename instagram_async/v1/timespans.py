"""Paging by time: `GET media/search` has bounds and no cursor (reference A.3, row 6). Pure.

The span of the whole walk is fixed when it begins. It is walked newest first: each request
asks for the seven days at most, the server's own maximum, up to the oldest second seen. That
second is asked for again, for it may hold more than the page had, and what was given of it
stands in the cursor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, cast

import msgspec
from attrs import frozen

from instagram_async.models import Media
from instagram_async.paging.axis import Axis
from instagram_async.paging.cursor import Limit, Step
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.paging.sieve import name_of_unreadable
from instagram_async.transport import Pairs

_DAY = 86_400
_DEFAULT, _MOST = 5 * _DAY, 7 * _DAY
_PAGE, _LARGEST_PAGE = 20, 100
_LOWER, _UPPER = "min_timestamp", "max_timestamp"


def seconds(media: Media) -> int:
    """When a media was posted, in epoch seconds."""
    return int(media.created_time.timestamp())


class _Span(NamedTuple):
    """What is still to be read: whole seconds, both included."""

    oldest: int
    newest: int
    given: tuple[str, ...] = ()  # what was given before: of the newest second, or undated
    again: bool = False  # whether the page is asked for a second time

    @property
    def asked_from(self) -> int:
        return max(self.oldest, self.newest - _MOST)

    def step(self) -> str | None:
        """As a cursor, `None` if nothing is left."""
        return None if self.newest < self.oldest else msgspec.json.encode(self).decode()


@lru_cache(maxsize=16)  # a page asks many times
def _read(cursor: str) -> _Span:
    try:
        return msgspec.json.decode(cursor, type=_Span)
    except msgspec.MsgspecError as error:
        raise ValueError(f"not a cursor of a span: {error}") from error


@frozen
class TimeSpans:
    """Pages through a span of time.

    Attributes:
        ends_at_bound: never: an empty or strange page ends no walk.
        names_items: a cursor is made of the second of an item, and of what was given of it.
        expects_items: no: a week without a media is nothing odd.
        newest_first: yes, by the second.
        axes: seconds, of which a request covers seven days at most.
    """

    ends_at_bound: bool = False
    names_items: bool = True
    expects_items: bool = False
    newest_first: bool = True
    axes: tuple[Axis, ...] = (Axis(seconds, _LOWER, _UPPER, bound=seconds, stride=_MOST),)

    @property
    def identity(self) -> Callable[[Any], str]:
        """A media's id with its second."""
        return _name

    @property
    def axis(self) -> Callable[[Any], int]:
        """The second of a media."""
        return seconds

    def begin(self, params: Pairs, now: float, known: int | None) -> str | None:
        """The whole span: the bounds given, else from what is known until now.

        Where nothing is known it goes five days back, as the server has it.
        """
        given = dict(params)
        newest = int(given.get(_UPPER, now))
        oldest = newest - _DEFAULT if known is None else known
        return _Span(int(given.get(_LOWER, oldest)), newest).step()

    def request(self, params: Pairs, cursor: str | None) -> Pairs:
        """The parameters of a page; see `CursorRule.request`."""
        if cursor is None:
            return params
        span = _read(cursor)
        kept = tuple(pair for pair in params if pair[0] not in (_LOWER, _UPPER))
        return (*kept, (_LOWER, str(span.asked_from)), (_UPPER, str(span.newest)))

    def following(
        self, params: Pairs, size: int | None, cursor: str | None, reply: ListReply[Any]
    ) -> Step:
        """Where to go on behind a reply; see `CursorRule.following`."""
        if cursor is None:
            return Step(None)
        span = _read(cursor)
        full = len(reply.items) >= min(size or _PAGE, _LARGEST_PAGE)
        dated = [(second, item) for item in reply.items if (second := _second(item)) is not None]
        within = [(second, item) for second, item in dated if second <= span.newest]
        undated = tuple(_name(item) for item in reply.items if _second(item) is None)
        new = [second for second, item in within if _name(item) not in span.given]
        if new:
            oldest = min(second for second, _ in within)
            ids = tuple(_name(item) for second, item in within if second == oldest)
            kept = span.given if oldest == span.newest else ()
            given = tuple(dict.fromkeys(kept + ids + undated))
            return Step(_Span(span.oldest, oldest, given).step())
        # Where the server looked elsewhere, or nothing says where: once more, then a cycle.
        again = span._replace(again=True).step()
        if len(within) < len(dated):
            # A page that is not full has shown all that a server deaf to bounds has.
            ends = span.again and not full
            return Step(None if ends else again, "bounds_ignored")
        if full and not dated:
            return Step(again, "undated_page")
        if within:
            below = _Span(span.oldest, span.newest - 1, undated).step()
            return Step(below, "second_overflow" if full else None)
        return Step(_Span(span.oldest, span.asked_from - 1).step())

    def limits(self, params: Pairs, cursor: str | None) -> tuple[Limit, ...]:
        """The seconds of a page; see `CursorRule.limits`."""
        if cursor is None:
            return ()
        span = _read(cursor)
        return (
            Limit(seconds, span.oldest, lower=True),
            Limit(seconds, span.newest, lower=False),
        )

    def is_behind(self, cursor: str, identity: str) -> bool:
        """Whether an item of the newest second was given on a page before."""
        return identity in _read(cursor).given

    def behind(self, cursor: str | None, identities: tuple[str, ...], given: int) -> str | None:
        """What is left behind an item, if the page descends by the second."""
        seconds_of = [int(name.partition("@")[2]) for name in identities]
        if cursor is None or any(a < b for a, b in pairwise(seconds_of)):
            return None
        span, second = _read(cursor), seconds_of[given - 1]
        ids = tuple(name for name in identities[:given] if name.endswith(f"@{second}"))
        kept = span.given if second == span.newest else _undated(span.given)
        return _Span(span.oldest, second, tuple(dict.fromkeys(kept + ids))).step()


def _undated(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if "@" not in name)


def _second(item: Media | Unreadable) -> int | None:
    if not isinstance(item, Unreadable):
        return seconds(item)
    raw: Any = item.raw
    created = str(cast("dict[str, Any]", raw).get("created_time")) if isinstance(raw, dict) else ""
    return int(created) if created.isascii() and created.isdecimal() else None


def _name(item: Media | Unreadable) -> str:
    if isinstance(item, Unreadable):
        return name_of_unreadable(item)
    return f"{item.id}@{seconds(item)}"
