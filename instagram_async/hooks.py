"""What an application may watch: values without secrets, handed to its own functions."""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any, NamedTuple

from attrs import Attribute, field, frozen

from instagram_async.errors import InstagramError


class RequestSent(NamedTuple):
    """A request is about to leave.

    Attributes:
        operation: such as `GET users/{id}/media/recent`.
        attempt: from 1.

    Example:
        >>> hooks = Hooks(on_request=lambda event: print(event.operation, event.attempt))
    """

    operation: str
    attempt: int


class AttemptEnded(NamedTuple):
    """A request that left is over: a reply came, good or bad, or none will.

    Attributes:
        operation: such as `GET users/{id}/media/recent`.
        attempt: from 1.
        status: the HTTP status, `None` if no reply came.
        seconds: how long it took from leaving to the end.
        size: bytes of the reply's body.
        remaining: what the server says is left of the quota, `None` if it says nothing.
        error: what the attempt failed with; `None` for a good reply, and for an attempt that
            was cancelled, which has no status either.

    Example:
        >>> hooks = Hooks(on_response=lambda event: print(event.status, event.seconds))
    """

    operation: str
    attempt: int
    status: int | None
    seconds: float
    size: int
    remaining: int | None
    error: InstagramError | None


class RetryPlanned(NamedTuple):
    """An attempt failed and another one will be made.

    Attributes:
        operation: such as `GET users/{id}/media/recent`.
        attempt: the attempt that failed, from 1.
        delay: seconds until the next one asks for quota.
        error: what it failed with.

    Example:
        >>> hooks = Hooks(on_retry=lambda event: print(event.error, event.delay))
    """

    operation: str
    attempt: int
    delay: float
    error: InstagramError


class QuotaWait(NamedTuple):
    """The quota is used up and callers wait for more than a few seconds.

    Attributes:
        family: `likes`, `comments` or `relationships`, or `None` for the general quota.
        seconds: until the first of them may go, as far as is known.
        waiting: how many callers wait.

    Example:
        >>> hooks = Hooks(on_wait=lambda event: print(event.waiting, "wait", event.seconds))
    """

    family: str | None
    seconds: float
    waiting: int


def _plain(_: object, attribute: Attribute[Any], hook: object) -> None:
    if hook is not None and (not callable(hook) or iscoroutinefunction(hook)):
        raise TypeError(f"{attribute.name} must be a plain function, not {hook!r}")


@frozen
class Hooks:
    """Plain functions that are called as things happen; they must be quick.

    They run in the task of the caller. What a hook raises reaches him.

    Attributes:
        on_request: called before each attempt.
        on_response: called after each attempt, whatever became of it.
        on_retry: called when another attempt is planned.
        on_wait: called once when callers begin to wait for quota for more than 5 seconds.

    Example:
        >>> hooks = Hooks(on_retry=lambda event: print(event.operation, event.delay))
    """

    on_request: Callable[[RequestSent], None] | None = field(default=None, validator=_plain)
    on_response: Callable[[AttemptEnded], None] | None = field(default=None, validator=_plain)
    on_retry: Callable[[RetryPlanned], None] | None = field(default=None, validator=_plain)
    on_wait: Callable[[QuotaWait], None] | None = field(default=None, validator=_plain)
