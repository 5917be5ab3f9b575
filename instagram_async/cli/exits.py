"""Exit codes, one for each thing that a script does something about. Pure."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from instagram_async.errors import (
    AuthenticationError,
    InstagramError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RetiredError,
    ServerError,
    TransportError,
)

FAILED, USAGE, NOT_FOUND, DENIED, QUOTA, NETWORK, UNREADABLE = 1, 2, 3, 4, 5, 6, 7
INTERRUPTED, TERMINATED = 130, 143

_CODES: tuple[tuple[type[InstagramError], int], ...] = (
    (NotFoundError, NOT_FOUND),
    (RetiredError, NOT_FOUND),
    (AuthenticationError, DENIED),
    (PermissionDeniedError, DENIED),
    (RateLimitError, QUOTA),
    (TransportError, NETWORK),
    (ServerError, NETWORK),
)


def code_of(error: InstagramError) -> int:
    """The exit code of a command that an error has ended.

    Example:
        >>> code_of(NotFoundError("this user does not exist"))
        3
    """
    return next((code for kind, code in _CODES if isinstance(error, kind)), FAILED)


def advised(message: str) -> str:
    """A message, and what may help where that is known.

    Example:
        >>> advised("HTTP 404 without a word")
        'HTTP 404 without a word: does the base URL go as far as /v1?'
    """
    is_lost = "HTTP 404 without a word" in message  # v1 answers in JSON, whatever is not found
    return f"{message}: does the base URL go as far as /v1?" if is_lost else message


class UsageError(Exception):
    """A command can't be carried out as it was given."""


@contextmanager
def usage() -> Generator[None]:
    """Take what the library refuses before it sends anything for a matter of usage.

    Raises:
        UsageError: it was refused.
    """
    try:
        yield
    except (TypeError, ValueError) as error:
        raise UsageError(str(error)) from error
