"""Pages of listings as they should not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, field, frozen

from instagram_async.server.faults.kinds import FaultKind
from instagram_async.server.pages import Body, Page


@frozen(kw_only=True)
class Draft:
    """A page before it is spoiled.

    Attributes:
        page: as it should be.
        cursor: what fetched it, `None` for the first.
        is_whole: whether the list comes as one page.
        detour: makes up a cursor that leads to this very page.
    """

    page: Page
    cursor: str | None = field(repr=False)
    is_whole: bool
    detour: Callable[[], str | None]


def spoiled(kind: FaultKind | None, draft: Draft) -> Page:
    """The page to send.

    Args:
        kind: the fault's, `None` if nothing goes wrong.
        draft: the page at hand; a fault that needs what it has not leaves it as it is.
    """
    act = SPOILS.get(kind) if kind else None
    return act(draft) if act else draft.page


def _null_pagination(draft: Draft) -> Page:
    return evolve(draft.page, is_null=True)


def _blank_pagination(draft: Draft) -> Page:
    return evolve(draft.page, is_blank=True)


def _repeat_cursor(draft: Draft) -> Page:
    return evolve(draft.page, next=draft.cursor) if draft.cursor else draft.page


def _empty_page(draft: Draft) -> Page:
    return evolve(draft.page, items=[], next=draft.detour()) if draft.page.items else draft.page


def _duplicate_items(draft: Draft) -> Page:
    """Send the first item of a whole list twice; where there are pages, the call was bent."""
    items = draft.page.items
    return evolve(draft.page, items=[*items[:1], *items]) if draft.is_whole else draft.page


def _out_of_order(draft: Draft) -> Page:
    return evolve(draft.page, items=draft.page.items[::-1])


def _bad_item(draft: Draft) -> Page:
    items = draft.page.items
    middle = len(items) // 2
    bad = [_unreadable(item) for item in items[middle : middle + 1]]
    return evolve(draft.page, items=[*items[:middle], *bad, *items[middle + 1 :]])


def _unreadable(item: Mapping[str, Any]) -> Body:
    name = "id" if "id" in item else "name"
    bad = {**item, name: {"pk": item[name]}}
    return bad | {"created_time": "yesterday"} if "created_time" in item else bad


SPOILS: Mapping[FaultKind, Callable[[Draft], Page]] = {
    "null_pagination": _null_pagination,
    "blank_pagination": _blank_pagination,
    "repeat_cursor": _repeat_cursor,
    "empty_page": _empty_page,
    "duplicate_items": _duplicate_items,
    "out_of_order": _out_of_order,
    "bad_item": _bad_item,
}
"""What is done to the page, by kind."""
