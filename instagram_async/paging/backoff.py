"""Which errors pass by themselves, and for how long a watch keeps away. Pure."""

from __future__ import annotations

from instagram_async.errors import (
    InstagramError,
    QuotaStoreError,
    RateLimitError,
    ResponseError,
    ServerError,
    TransportError,
)

_CAP = 300.0  # seconds; an outage of an hour is over five minutes late at most


def is_transient(error: InstagramError) -> bool:
    """Whether an error goes away by itself.

    Args:
        error: what asking for a page has failed with.
    """
    if isinstance(error, ResponseError):
        return error.path == ""  # a broken reply; a shape stays what it is
    return isinstance(error, (TransportError, ServerError, RateLimitError, QuotaStoreError))


def ask_again_at(error: InstagramError, failures: int, now: float, random: float) -> float:
    """When to ask again.

    Args:
        error: what asking has failed with.
        failures: how often it has failed in a row, from 1.
        now: the present, in seconds since 1970.
        random: from 0 to 1, spreads those who failed together.

    Returns:
        An instant: the error's own, if it names a later one.
    """
    back = now + (0.5 + random / 2) * min(_CAP, 2.0 ** min(failures - 1, 60))
    if isinstance(error, RateLimitError) and error.retry_at is not None:
        return max(back, error.retry_at.timestamp())
    return back
