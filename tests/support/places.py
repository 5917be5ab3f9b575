"""Windows of a minute, and places in them."""

from __future__ import annotations

from instagram_async.quota.belief import WindowSpec
from instagram_async.quota.window import Window

PER = 60.0


def window(limit: int | None = 3, per: float = PER) -> Window:
    """A window of which nothing is taken."""
    return Window(WindowSpec("one", limit, per))


def answered(made: Window, *moments: float) -> None:
    """Take places, each answered at the moment at which it was taken."""
    for moment in moments:
        made.take(moment)
        made.settle(moment + PER)
