"""Whether and when a failed attempt is made again: a pure decision."""

from __future__ import annotations

from attrs import field, frozen, validators

from instagram_async.errors import (
    ConnectError,
    InstagramError,
    RateLimitError,
    ResponseError,
    ServerError,
    TransportError,
)


@frozen
class Retry:
    """How stubborn the client is.

    Attributes:
        attempts: how often a request is sent at most; 1 is never again.
        base: seconds, the longest wait before the second attempt; it doubles with each.
        cap: seconds, the longest wait of all.

    Example:
        >>> Retry(attempts=1).attempts
        1
    """

    attempts: int = field(default=4, validator=validators.ge(1))
    base: float = field(default=0.5, validator=validators.ge(0))
    cap: float = field(default=30, validator=validators.ge(0))


def next_delay(
    policy: Retry, attempt: int, *, repeatable: bool, error: InstagramError, random: float
) -> float | None:
    """Decide after an attempt has failed.

    Args:
        policy: how often, how long.
        attempt: how many attempts have been made, from 1.
        repeatable: whether carrying the request out twice does no harm.
        error: what the attempt ended with.
        random: from 0 to 1, spreads many clients over the wait.

    Returns:
        Seconds to wait before the next attempt, `None` to give up.
    """
    if attempt >= policy.attempts:
        return None
    if not (_surely_not_done(error) or (repeatable and is_unclear(error))):
        return None
    return random * min(policy.cap, policy.base * 2.0 ** min(attempt - 1, 60))


def _surely_not_done(error: InstagramError) -> bool:
    if isinstance(error, RateLimitError):
        return error.status is not None  # our own quota said how long; that is no failure
    return isinstance(error, ConnectError)


def is_unclear(error: InstagramError) -> bool:
    """Whether the server may have carried the request out in spite of the error.

    Args:
        error: what an attempt ended with.

    Returns:
        `True` for a lost or broken reply and for a server that failed on the way.
    """
    if isinstance(error, ResponseError):
        return error.path == ""  # a broken reply; a shape stays what it is
    if isinstance(error, TransportError):
        return not isinstance(error, ConnectError)
    return isinstance(error, ServerError)
