"""What is right to be given of a listing, while its server does this or that. Pure.

A law is told what was there before, what is there now, and what was given, and says what is
wrong with it: nothing, if it was held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise

from attrs import frozen

from instagram_async.server import FaultKind
from tests.support.matrix.styles import Mode, Style

_A_WEEK = 7  # media: one was posted each day


@frozen(kw_only=True)
class Account:
    """One reader's account of one listing, in the names of its items.

    Attributes:
        before: what was there when he began, in order.
        after: what is there now.
        given: what he was given, in order.
        unreadable: what he was told can't be read.
        limit: how many he asked for, `None` for all.
        hits: how many replies that he read were not as they should be.
        style: how the listing pages.
        size: of its pages.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    given: tuple[str, ...]
    unreadable: tuple[str, ...] = ()
    limit: int | None = None
    hits: int = 1
    style: Style = "paged"
    size: int = 4

    def cut(self, right: tuple[str, ...]) -> tuple[str, ...]:
        """As much of what is right as was asked for."""
        return right[: self.limit]


Law = Callable[[Account], str]


def exact(told: Account) -> str:
    """Each item once, in order."""
    return _differs(told.given, told.cut(told.before))


def but_unreadable(told: Account) -> str:
    """Each item once, in order, but for those that can't be read, each of which is told once.
    Media by time may be met again, and can then be read.
    """
    twice = [name for name, times in Counter(told.unreadable).items() if times > 1]
    if twice or not told.unreadable:
        return f"told so of {twice} twice" if twice else "told nothing"
    late = told.given if told.style == "spans" else ()
    right = (one for one in told.before if one not in told.unreadable or one in late)
    return _differs(told.given, told.cut(tuple(right)))


def while_it_changes(told: Account) -> str:
    """Each item once, in order, but for what is gone; what is new once at most."""
    old = tuple(name for name in told.given if name in told.before)
    new = [name for name in told.given if name not in told.before]
    if len(new) != len(set(new)) or not set(new) <= set(told.after):
        return f"given out of nowhere: {new}"
    right = (one for one in told.before if one in told.after or one in old)
    # What is new takes a place of a limit.
    limited = None if told.limit is None else told.limit - len(new)
    return _differs(old, tuple(right)[:limited])


def as_the_server_has_it(told: Account) -> str:
    """Each item once, in order but for the pages that came the other way round."""
    turned, at = 0, 0
    while at < len(told.given):
        if told.given[at] not in told.before[at:]:
            return _differs(told.given, told.cut(told.before))
        end = told.before.index(told.given[at], at) + 1
        page = told.before[at:end][::-1]
        if told.given[at:end] != page[: len(told.given) - at]:
            return _differs(told.given, told.cut(told.before))
        turned += len(page) > 1
        at = end
    right = told.cut(told.before)
    if len(told.given) != len(right) or not turned:
        return f"{len(told.given)} of {len(right)}, {turned} pages the other way round"
    return ""


def up_to_there(told: Account) -> str:
    """Listings with pages: each item once, in order, up to the end of the page that said so.
    Others, which have no next page: each item once, in order.
    """
    if told.style != "paged":
        return exact(told)
    if told.given == told.cut(told.before):
        return "it did not end there"
    right = told.before[: max(len(told.given), 2 * told.size)]
    return _differs(told.given, told.cut(right))


def nothing(told: Account) -> str:
    """Lists of one page: nothing, for that was the whole list. Media by time: each item once, in
    order, but for a week that is passed over. Listings with pages: each item once, in order.
    """
    if told.style == "paged":
        return exact(told)
    if told.style == "whole":
        return _differs(told.given, ())
    places = [-1, *map(told.before.index, (one for one in told.given if one in told.before))]
    if told.limit is None or len(told.given) < told.limit:
        places.append(len(told.before))
    gaps = [after - before - 1 for before, after in pairwise(places) if after - before > 1]
    if len(gaps) > told.hits or any(gap > _A_WEEK for gap in gaps):
        return f"gaps of {gaps}"
    return _differs(told.given, told.cut(tuple(one for one in told.before if one in told.given)))


def with_strays(told: Account) -> str:
    """Each item once, in order; more behind them where no bound can be held on our side."""
    extra = told.given[len(told.before) :]
    if len(set(extra)) != len(extra) or set(extra) & set(told.before):
        return f"given again: {extra}"
    return _differs(told.given[: len(told.given) - len(extra)], told.cut(told.before))


_LAWS: Mapping[FaultKind, Law] = {
    "bad_item": but_unreadable,
    "delete_between": while_it_changes,
    "post_between": while_it_changes,
    "out_of_order": as_the_server_has_it,
    "blank_pagination": up_to_there,
    "null_pagination": up_to_there,
    "empty_page": nothing,
}
CHANGING: tuple[FaultKind, ...] = ("delete_between", "post_between")


def law_of(kind: FaultKind, mode: Mode, *, holds_bounds: bool) -> Law:
    """The law of a cell.

    Args:
        kind: of fault.
        mode: how the listing is used; a reply that nobody waited for spoils nothing.
        holds_bounds: whether its bounds can be held on our side.
    """
    if mode == "cancelled" and kind not in CHANGING:
        return exact
    if kind == "ignore_bounds" and not holds_bounds:
        return with_strays
    return _LAWS.get(kind, exact)


def _differs(given: tuple[str, ...], right: tuple[str, ...]) -> str:
    if given == right:
        return ""
    lost = [name for name in right if name not in given]
    again = [name for name, times in Counter(given).items() if times > 1]
    strange = [name for name in given if name not in right]
    return f"lost {lost}, again {again}, strange {strange}" if lost or again or strange else "order"
