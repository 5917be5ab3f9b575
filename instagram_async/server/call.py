"""One request as its handler sees it, and the row of the routes table it came by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen
from yarl import URL

from instagram_async.server.ids import media_pk
from instagram_async.server.replies import RefusedError, page, refusal
from instagram_async.server.world import World

Body = dict[str, Any]

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,19}")


@frozen(kw_only=True)
class Call:
    """A request with a good token.

    Attributes:
        world: what is asked about.
        route: the operation.
        params: the parts of the path by their names, `self` already an id.
        query: the parameters of the request.
        url: the URL that was asked for, which the next page's URL repeats.
    """

    world: World
    route: Route
    params: Mapping[str, str]
    query: Mapping[str, str] = field(repr=False)
    url: URL = field(repr=False)

    def number(self, name: str) -> int | None:
        """A parameter as a whole number, `None` if it was not given.

        Raises:
            RefusedError: it is none.
        """
        text = self.query.get(name)
        if not text:
            return None
        if not _WHOLE_NUMBER.fullmatch(text):
            raise RefusedError(page(400))
        return int(text)

    def pk(self, name: str) -> int | None:
        """A parameter as the pk in a media id, `None` if it was not given.

        Raises:
            RefusedError: it is no media id.
        """
        text = self.query.get(name)
        if not text:
            return None
        try:
            return media_pk(text)
        except ValueError:
            raise RefusedError(page(400)) from None

    def count(self, *, default: int, most: int) -> int:
        """How many items are wanted on the page (reference A).

        Args:
            default: when the request does not say.
            most: a larger number is taken for this one.

        Raises:
            RefusedError: none are wanted, or it is no number.
        """
        count = self.number("count")
        if count is None:
            return default
        if count < 1:
            reason = "Count must be larger than zero."
            raise RefusedError(refusal("APIInvalidParametersError", reason))
        return min(count, most)

    def pagination(self, cursor: str | None) -> dict[str, str]:
        """The `pagination` of a listing's page (reference A.9).

        Args:
            cursor: what the next page is asked for with, `None` on the last page.

        Returns:
            `next_url`, which repeats all parameters of this request, and the key.
        """
        if cursor is None or self.route.cursor is None:
            return {}
        url = self.url.with_path("/v1/" + self.route.path.format(**self.params))
        url = url.with_query(self.url.query).update_query({self.route.cursor: cursor})
        return {"next_url": str(url), f"next_{self.route.cursor}": cursor}


@frozen(kw_only=True)
class Route:
    """One operation.

    Attributes:
        method: such as `GET`.
        path: behind `/v1/`, such as `users/{id}`.
        handler: carries a call out and returns the whole envelope; raises `RefusedError`.
        scope: what the token must allow.
        cursor: for a paged listing, the parameter that asks for the next page.
    """

    method: str
    path: str
    handler: Callable[[Call], Body]
    scope: str = "basic"
    cursor: str | None = None

    @property
    def operation(self) -> str:
        """Its name, such as `GET users/{id}`."""
        return f"{self.method} {self.path}"


def entity(data: Any) -> Body:
    """The envelope of a single thing (reference B).

    Args:
        data: it, in v1's wire shape.
    """
    return {"meta": {"code": 200}, "data": data}


def listing(data: list[Any], pagination: Mapping[str, str]) -> Body:
    """The envelope of a page of a paged listing (reference B).

    Args:
        data: its items, in v1's wire shape.
        pagination: how to go on, empty on the last page.
    """
    return {"pagination": pagination, "meta": {"code": 200}, "data": data}
