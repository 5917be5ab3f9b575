"""What a job could not have, as its ledger says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from instagram_async.bulk.tables import in_ledger, looked_at

_FAILURES = """
SELECT key, error, message, checkpoint, NULL, NULL FROM ledger_listings WHERE error IS NOT NULL
UNION ALL
SELECT key, 'ResponseError', reason, checkpoint, path, raw FROM ledger_unreadable
"""


class Failure(NamedTuple):
    """What a job could not have: the rest of a listing, or one item.

    Attributes:
        key: the listing's.
        error: the name of the error's class, such as `NotFoundError`.
        message: what went wrong.
        checkpoint: where the listing goes on: behind all that was kept, or behind the page of
            the item.
        path: where in its reply an item that could not be read stands; `None` of a listing.
        raw: such an item as JSON, its first 10,000 characters; `None` of a listing.

    Example:
        >>> report = await job.run({"404": client.user_recent("404")})
        >>> for failure in job.failures():
        ...     print(failure.key, failure.error, failure.path)
        404 NotFoundError None
    """

    key: str
    error: str
    message: str
    checkpoint: str
    path: str | None = None
    raw: str | None = None


def failures(path: str) -> Iterator[Failure]:
    """What a ledger has of failures, one by one; it may be open, too.

    Args:
        path: of the file.

    Raises:
        FileNotFoundError: there is no such file.
        LedgerError: it is no ledger.
    """
    with looked_at(path) as ledger:
        is_empty = ledger is None
    return iter(()) if is_empty else _failures(path)


def _failures(path: str) -> Iterator[Failure]:
    with looked_at(path) as ledger, in_ledger(path):
        if ledger is not None:
            for found in ledger.execute(_FAILURES):
                yield Failure(*found)
