"""Somebody who reads a listing to its end, whatever happens."""

from __future__ import annotations

from collections import Counter
from typing import Any

from instagram_async import InstagramError, Pager, PagingError, ResponseError
from instagram_async.paging import Items

_MOST_ITEMS, _MOST_ERRORS = 100, 20


class Reader:
    """Goes on after every error, and keeps account.

    Attributes:
        given: the names of the items, in order.
        unreadable: the names of those that were said to be.
        errors: all that were raised.
    """

    def __init__(self) -> None:
        self.given: list[str] = []
        self.unreadable: list[str] = []
        self.errors: list[InstagramError] = []
        self._walks: list[Items[Any]] = []

    async def read(
        self, pager: Pager[Any], *, stop: int | None = None, limit: int | None = None
    ) -> str:
        """Read on.

        Args:
            pager: from where it begins.
            stop: leave as soon as so many were given in all.
            limit: have the pager limited to so many in all.

        Returns:
            The checkpoint there.
        """
        self._begin(pager, limit)
        while stop is None or len(self.given) < stop:
            try:
                self.given.append(name_of(await anext(self._walks[-1])))
                assert len(self.given) < _MOST_ITEMS, "there is no end"
            except StopAsyncIteration:
                break
            except InstagramError as error:
                self._note(error)
                # The place of a cycle is lost to its walk; all others go on by themselves.
                if isinstance(error, PagingError) and error.kind == "cycle":
                    self._begin(pager.resume(self.checkpoint), limit)
        return self.checkpoint

    @property
    def checkpoint(self) -> str:
        return self._walks[-1].checkpoint

    def oddities(self) -> Counter[str]:
        """What the reports tell of the server."""
        odd = Counter[str]()
        for report in (walk.report for walk in self._walks):
            odd += Counter(report.anomalies)
            odd += Counter(repeated=report.duplicates, stray=report.out_of_bounds)
        return odd

    def _begin(self, pager: Pager[Any], limit: int | None) -> None:
        left = pager if limit is None else pager.limit(limit - len(self.given))
        self._walks.append(aiter(left))

    def _note(self, error: InstagramError) -> None:
        self.errors.append(error)
        if isinstance(error, ResponseError) and error.path.startswith("data["):
            self.unreadable.append(error.raw["id" if "id" in error.raw else "name"]["pk"])
        if len(self.errors) > _MOST_ERRORS:
            raise error


def name_of(item: Any) -> str:
    """What tells an item from the others of a listing."""
    return str(getattr(item, "id", None) or item.name)
