"""What of a client a watch needs besides pages: its time, its quota, and to hear of its end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Generic, NamedTuple, TypeVar

from attrs import field, frozen

from instagram_async.clock import Clock, LoopClock, sleep
from instagram_async.paging.checkpoint import Mark
from instagram_async.paging.feed import Send
from instagram_async.paging.listing import Listing

T = TypeVar("T")


def _nothing(_: int) -> float:
    return 0.0


def _open(_: str) -> AbstractAsyncContextManager[None]:
    return nullcontext()


@frozen(eq=False)
class Pacing:
    """How fast rounds may follow each other.

    Attributes:
        clock: whose time it is.
        seconds_for: the seconds in which so many requests may be sent over and over.
        scope: where one is while one waits for an operation; it raises when the client ends.
    """

    clock: Clock = field(factory=LoopClock)
    seconds_for: Callable[[int], float] = field(default=_nothing)
    scope: Callable[[str], AbstractAsyncContextManager[None]] = field(default=_open)

    async def until(self, when: float, operation: str) -> None:
        """Wait for an instant; not at all if it is over.

        Args:
            when: the instant, in the clock's seconds.
            operation: what is waited for.

        Raises:
            ClientClosedError: the client was closed.
        """
        left = when - self.clock.now()
        if left > 0:
            async with self.scope(operation):
                await sleep(self.clock, left)


class Basis(NamedTuple, Generic[T]):
    """What a watch is made of.

    Attributes:
        listing: what is watched.
        send: asks for a page.
        now: tells the time, in seconds since 1970, where a listing's span is fixed by that.
        pacing: how fast rounds may follow each other.
        mark: up to where everything is known, `None` if nothing is.
    """

    listing: Listing[T]
    send: Send
    now: Callable[[], float]
    pacing: Pacing
    mark: Mark | None
