"""One request's way through the gate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType

from instagram_async.clock import Clock
from instagram_async.quota.policy import ServerQuota
from instagram_async.quota.store import Grant, Outcome, Windows

Enter = Callable[["Flight"], Awaitable["Flight"]]
Leave = Callable[[Grant, Outcome], Awaitable[None]]

_SILENT = ServerQuota()


class Flight:
    """A slot of the semaphore and a place in every window; made by `RateLimitSemaphore.flight`.

    A flight that ends without `leaves` gives its places back. One that left and was never
    answered holds them for as long as the request could still arrive, and a window more.

    Args:
        enter: waits at the gate for the grant.
        leave: tells the gate what became of it.
        clock: whose time it is.
        windows: where places are needed.
        max_wait: seconds to wait for quota at most, `None` is for ever.
        reach: seconds after leaving within which a lost request may still arrive.
        operation: named by errors.
    """

    __slots__ = (
        "_clock", "_enter", "_leave", "_left_at", "_outcome", "grant", "max_wait",
        "operation", "reach", "windows",
    )  # fmt: skip

    def __init__(
        self,
        enter: Enter,
        leave: Leave,
        clock: Clock,
        windows: Windows,
        max_wait: float | None,
        reach: float,
        operation: str | None,
    ) -> None:
        self._enter = enter
        self._leave = leave
        self._clock = clock
        self.windows = windows
        self.max_wait = max_wait
        self.reach = reach
        self.operation = operation
        self.grant: Grant | None = None
        self._left_at: float | None = None
        self._outcome: Outcome | None = None

    def __aenter__(self) -> Awaitable[Flight]:
        return self._enter(self)

    def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> Awaitable[None]:
        if self.grant is None:
            raise RuntimeError("a flight is left only after it was entered")
        return self._leave(self.grant, self._outcome or Outcome(self._lost_until()))

    def leaves(self) -> float:
        """Say that the request is about to be sent: from now on its places are used.

        Returns:
            The present, in the clock's seconds.
        """
        self._left_at = now = self._clock.now()
        return now

    def never_sent(self) -> None:
        """Say that the request did not get away after all: its places are given back."""
        self._left_at = None

    def answered(self, quota: ServerQuota | None = None, refused: str | None = None) -> float:
        """Say that the reply has come.

        Args:
            quota: what its headers say.
            refused: the family whose quota the server says is used up, `""` for the
                general quota; `None` if the reply is no refusal.

        Returns:
            The present, in the clock's seconds.
        """
        now = self._clock.now()
        self._outcome = Outcome(
            now + self.windows[0].per, _SILENT if quota is None else quota, refused
        )
        return now

    def _lost_until(self) -> float | None:
        if self._left_at is None:
            return None
        arrived = max(self._clock.now(), self._left_at + self.reach)
        return arrived + self.windows[0].per
