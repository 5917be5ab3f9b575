"""What went over the wire, as the hooks tell it."""

from __future__ import annotations

from instagram_async import AttemptEnded, Hooks, RequestSent


class Traffic:
    """Counts requests, and keeps what the server said last of the quota.

    Attributes:
        requests: how many were sent.
        remaining: how many are left, `None` if the server said nothing.
    """

    def __init__(self) -> None:
        self.requests = 0
        self.remaining: int | None = None

    @property
    def hooks(self) -> Hooks:
        """The hooks that tell it."""
        return Hooks(on_request=self._sent, on_response=self._received)

    def _sent(self, _: RequestSent) -> None:
        self.requests += 1

    def _received(self, event: AttemptEnded) -> None:
        self.remaining = event.remaining
