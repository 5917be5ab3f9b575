"""Where the listings of a job stand, as its ledger says."""

from __future__ import annotations

from typing import NamedTuple

from instagram_async.bulk.tables import as_ledger_error, looked_at

_PLACE = "SELECT checkpoint, watermark FROM ledger_listings WHERE key = ?"


class Stand(NamedTuple):
    """Where a listing stands.

    Attributes:
        checkpoint: behind the last that was kept of it.
        watermark: how new the newest is of which everything was kept, `None` if that can't
            be said.
    """

    checkpoint: str
    watermark: str | None


def stand(path: str, key: str) -> Stand:
    """Where a listing stands; its ledger may be open, too.

    Args:
        path: of the ledger.
        key: the listing's.

    Raises:
        KeyError: the ledger has no such listing.
        FileNotFoundError: there is no such file.
        LedgerError: it is no ledger.
    """
    with looked_at(path) as ledger, as_ledger_error(path):
        found = None if ledger is None else ledger.execute(_PLACE, (key,)).fetchone()
    if found is None:
        raise KeyError(key)
    return Stand(*found)
