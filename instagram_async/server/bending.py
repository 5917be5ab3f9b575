"""The paging faults: calls and pages bent before and after they are carried out."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from itertools import count
from typing import Any, TypeVar

from attrs import evolve

from instagram_async.server.call import Call
from instagram_async.server.pages import Body, Page

_KEPT = 1000
_STRIDE = 7_000_003  # from a cursor to the one made up in its stead; no two items lie so
V = TypeVar("V")
_Place = tuple[str, str | None]


class Bender:
    """Carries the paging faults out, knowing nothing of the listing but its route.

    It remembers which made-up cursor stands for which, and what the last item of a page
    was, by the path and the cursor of the page that follows.
    """

    def __init__(self) -> None:
        self._detours = OrderedDict[_Place, str | None]()
        self._last = OrderedDict[_Place, Mapping[str, Any]]()
        self._numbers = count(1)

    def call(self, kind: str | None, asked: Call) -> Call:
        """Change what is asked for.

        Args:
            kind: the fault's, `None` if nothing goes wrong.
            asked: a call of a listing.

        Returns:
            The call to carry out; its URL, which is what `next_url` repeats, is the same.
        """
        query = dict(asked.query)
        place = (asked.path, asked.cursor)
        if place in self._detours:
            query[asked.route.parameter] = self._detours[place] or ""
        if kind == "ignore_bounds":
            query = {name: value for name, value in query.items() if name not in asked.route.bounds}
        call = evolve(asked, query=query, is_unbounded=kind == "ignore_bounds")
        repeats = kind == "duplicate_items" and (call.path, call.cursor) in self._last
        return evolve(call, withheld=int(repeats))

    def page(self, kind: str | None, asked: Call, done: Call, page: Page) -> Page:
        """Change what is answered.

        Args:
            kind: the fault's, `None` if nothing goes wrong.
            asked: the call as it came.
            done: the call that was carried out.
            page: its page.

        Returns:
            The page to send.
        """
        if done.withheld:
            before = self._last[done.path, done.cursor]
            page = evolve(page, items=[before, *page.items])
        if page.next is not None and page.items:
            _keep(self._last, (done.path, page.next), page.items[-1])
        match kind:
            case "null_pagination":
                return evolve(page, is_null=True)
            case "repeat_cursor" if asked.cursor:
                return evolve(page, next=asked.cursor)
            case "empty_page" if page.items:
                return evolve(page, items=[], next=self._detour(asked, done, page))
            case "duplicate_items" if not asked.route.parameter:
                return evolve(page, items=[*page.items[:1], *page.items])
            case "bad_item" if page.items:
                middle = len(page.items) // 2
                bad = _unreadable(page.items[middle])
                return evolve(page, items=[*page.items[:middle], bad, *page.items[middle + 1 :]])
            case _:
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


def _unreadable(item: Mapping[str, Any]) -> Body:
    name = "id" if "id" in item else "name"
    bad = {**item, name: {"pk": item[name]}}
    return bad | {"created_time": "yesterday"} if "created_time" in item else bad


def _keep(memory: OrderedDict[_Place, V], place: _Place, value: V) -> None:
    memory[place] = value
    if len(memory) > _KEPT:
        memory.popitem(last=False)
