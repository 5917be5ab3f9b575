"""A listing as a value: which operation, with what, and how it pages."""

from __future__ import annotations

from typing import Generic, TypeVar
from urllib.parse import urlencode

from attrs import field, frozen

from instagram_async.paging.cursor import CursorRule
from instagram_async.transport import Pairs

T = TypeVar("T")


@frozen
class Listing(Generic[T]):
    """What a pager pages through; frozen, hashable, picklable, without any secret.

    Its text names it in checkpoints and ledgers. The page size is no part of that name: a
    listing read in pages of another size is the same listing.

    Attributes:
        operation: such as `GET users/{id}/media/recent`.
        path: percent-encoded, below the base URL.
        params: the parameters of every page.
        page_size: the parameter that sets the size of a page, if it was given.
        model: what its items are.
        rule: how it pages.
        windowed: whether it can be cut into windows of time.

    Example:
        >>> str(client.user_recent("self", min_id="64_9", count=5).listing)
        'GET users/self/media/recent?min_id=64_9'
    """

    operation: str
    path: str
    params: Pairs
    page_size: Pairs
    model: type[T]
    rule: CursorRule = field(repr=False)
    windowed: bool = False

    @property
    def size(self) -> int | None:
        """The page size that was given."""
        return int(self.page_size[0][1]) if self.page_size else None

    def __str__(self) -> str:
        method = self.operation.partition(" ")[0]
        query = urlencode(sorted(self.params), errors="surrogatepass")
        return f"{method} {self.path}?{query}" if query else f"{method} {self.path}"
