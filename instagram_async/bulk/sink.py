"""Where the rows of a job go."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from typing import Any, NamedTuple, Protocol


class Row(NamedTuple):
    """An item, and where it comes from.

    Attributes:
        listing: the key of its listing.
        identity: what makes it the same item within that listing.
        item: a model, such as `Media`.

    Example:
        >>> report = await job.run({"me": client.user_recent()})
        >>> row = next(sink.read(Media))
        >>> row.listing, row.identity == row.item.id
        ('me', True)
    """

    listing: str
    identity: str
    item: Any


class Sink(Protocol):
    """Keeps the rows of a job; the ledger says which of them count.

    Its methods are plain functions. A job calls `open` once, then `write` and `flush` in turns,
    then `close`, all of them off the event loop and one at a time. The first `open` of all is
    followed by a `flush` before any row, in one transaction with it, so that what is written then
    has a position to be taken back to. Each turn is a transaction of the ledger's database, that
    is committed behind `flush` together with the checkpoints of the listings and the position. So
    a sink either keeps its rows in that database, or takes back, when it is opened, whatever
    lies behind the position, and sees to it that no other job writes there meanwhile.

    Example:
        >>> class Links:
        ...     def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
        ...         self.ledger = ledger
        ...         ledger.execute("CREATE TABLE IF NOT EXISTS links (link TEXT)")
        ...
        ...     def write(self, rows: Sequence[Row]) -> None:
        ...         links = [(row.item.link,) for row in rows]
        ...         self.ledger.executemany("INSERT INTO links VALUES (?)", links)
        ...
        ...     def flush(self, *, last: bool) -> str:
        ...         return ""  # they count when the ledger commits
        ...
        ...     def close(self) -> None: ...
    """

    def open(self, ledger: sqlite3.Connection, position: str | None) -> None:
        """Begin, or go on behind what counts.

        Args:
            ledger: the ledger's database, in a transaction: for tables of one's own. It is the
                sink's until `close`; who commits is the job.
            position: what `flush` said in the last turn that counts, `None` if none does.
        """
        ...

    def write(self, rows: Sequence[Row]) -> None:
        """Take rows, in their order.

        Args:
            rows: of one page of one listing, or of several.
        """
        ...

    def flush(self, *, last: bool) -> str:
        """Have all rows outlast a power cut, as soon as the ledger has committed.

        Args:
            last: whether the job is over: what was left open for more rows is closed.

        Returns:
            The position behind them, a text in the sink's own words.
        """
        ...

    def close(self) -> None:
        """Let go of files; also after an error, and if nothing was opened."""
        ...


_METHODS = "open", "write", "flush", "close"
_LATER = iscoroutinefunction, isasyncgenfunction, isgeneratorfunction


def checked(sink: Sink) -> Sink:
    """The same, if it has what a job calls.

    Raises:
        TypeError: a method is missing, or no plain function; or it is a class.
    """
    given: object = sink
    if isinstance(given, type):
        raise TypeError(f"sink must be an object, not the class {given.__name__}")
    for name in _METHODS:
        method = getattr(given, name, None)
        if not callable(method):
            raise TypeError(f"sink must have a method {name}, which {given!r} has not")
        if any(is_later(method) for is_later in _LATER):
            raise TypeError(f"{name} of a sink must be a plain function, which {method!r} is not")
    return sink
