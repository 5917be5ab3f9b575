"""The faults of listings: calls bent before they are carried out, pages afterwards."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from itertools import count
from typing import Any, TypeVar

from attrs import evolve

from instagram_async.server.call import Call
from instagram_async.server.faults.changes import change
from instagram_async.server.faults.fault import Fault
from instagram_async.server.faults.kinds import FaultKind
from instagram_async.server.faults.spoiling import Draft, spoiled
from instagram_async.server.pages import Body, Page

_KEPT = 1000
_STRIDE = 7_000_003  # from a cursor to the one made up in its stead; no two items lie so
V = TypeVar("V")
_Place = tuple[str, str | None]


class Bender:
    """Reads listings, right or wrong, knowing nothing of them but their routes.

    It remembers which made-up cursor stands for which, and what the last item of a page
    was, by the path and the cursor of the page that follows.
    """

    def __init__(self) -> None:
        self._detours = OrderedDict[_Place, str | None]()
        self._last = OrderedDict[_Place, Mapping[str, Any]]()
        self._numbers = count(1)

    def read(self, fault: Fault | None, asked: Call) -> Page | Body | None:
        """Read what is listed.

        Args:
            fault: what happens to the request, `None` if nothing does.
            asked: a call of a listing.

        Returns:
            The page to send. Its `next_url` repeats the URL that was asked for.
        """
        kind = fault.kind if fault else None
        done = self._bent(kind, asked)
        change(kind, done)
        page = done.route.handler(done)
        if not isinstance(page, Page):
            return page
        page = self._remembered(done, page)
        return spoiled(
            kind,
            Draft(
                page=page,
                cursor=asked.cursor,
                is_whole=not asked.route.parameter,
                detour=lambda: self._detour(asked, done, page),
            ),
        )

    def _bent(self, kind: FaultKind | None, asked: Call) -> Call:
        query = dict(asked.query)
        place = (asked.path, asked.cursor)
        if place in self._detours:
            query[asked.route.parameter] = self._detours[place] or ""
        if kind == "ignore_bounds":
            query = {name: value for name, value in query.items() if name not in asked.route.bounds}
        call = evolve(asked, query=query, is_unbounded=kind == "ignore_bounds")
        repeats = kind == "duplicate_items" and (call.path, call.cursor) in self._last
        return evolve(call, withheld=int(repeats))

    def _remembered(self, done: Call, page: Page) -> Page:
        """The page, with the last item of the one before if a place was left for it."""
        if done.withheld:
            before = self._last[done.path, done.cursor]
            page = evolve(page, items=[before, *page.items])
        if page.next is not None and page.items:
            _keep(self._last, (done.path, page.next), page.items[-1])
        return page

    def _detour(self, asked: Call, done: Call, page: Page) -> str | None:
        """A new cursor, so that it is no cycle, that leads to the page at hand."""
        known = asked.cursor or page.start
        if not asked.route.parameter or known is None:
            return None
        step = _STRIDE * next(self._numbers)
        made_up = re.sub(r"^[0-9]+", lambda digits: str(int(digits[0]) + step), known)
        _keep(self._detours, (asked.path, made_up), done.cursor)
        return made_up


def _keep(memory: OrderedDict[_Place, V], place: _Place, value: V) -> None:
    memory[place] = value
    if len(memory) > _KEPT:
        memory.popitem(last=False)
