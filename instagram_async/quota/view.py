"""What an application sees of its quota."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NoReturn

from instagram_async.quota.belief import Level, WindowSpec
from instagram_async.quota.policy import Quota, ServerQuota
from instagram_async.quota.semaphore import RateLimitSemaphore


class WindowView:
    """One window, seen live: what is read is what is true at that moment.

    With a store that others share it is what this process last heard of it, with every
    request; `QuotaView.refresh` asks.

    Args:
        gate: whose window it is.
        spec: the window.
    """

    __slots__ = ("_gate", "_spec")

    def __init__(self, gate: RateLimitSemaphore, spec: WindowSpec) -> None:
        self._gate = gate
        self._spec = spec

    @property
    def limit(self) -> int | None:
        """Requests allowed in a window by our own count, `None` for as many as you like."""
        return self._spec.limit

    @property
    def per(self) -> float:
        """The window's length in seconds."""
        return self._spec.per

    @property
    def used(self) -> int:
        """Places taken: by requests under way, and by those the server still counts."""
        return self._level.used

    @property
    def remaining(self) -> int | None:
        """Places free by our own count, `None` without a limit."""
        return None if self.limit is None else max(0, self.limit - self._level.used)

    @property
    def server(self) -> ServerQuota:
        """What the server said: its limit, and what is left of it.

        Whatever left since it said so is taken off. Both are `None` while nothing is known,
        and for families, of which the server says nothing.
        """
        level = self._level
        return ServerQuota(level.limit, level.left)

    @property
    def free_at(self) -> datetime:
        """When the next request may go if nobody waits: aware, UTC; the present if at once."""
        now = self._gate.clock.now()
        return datetime.fromtimestamp(max(now, self._level.free_at), UTC)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a view of a quota can't be copied or pickled: it belongs to its client")

    @property
    def _level(self) -> Level:
        return self._gate.store.level(self._spec, self._gate.clock.now())

    def __repr__(self) -> str:
        theirs = self.server.remaining
        return (
            f"<{self.used} of {self.limit} used in {self.per:g} s, "
            f"{'' if theirs is None else f'{theirs} left by the server, '}"
            f"next at {self.free_at:%Y-%m-%d %H:%M:%S} UTC>"
        )


class QuotaView(WindowView):
    """The quota of a client's token, seen live; `client.quota`.

    Args:
        gate: whose quota it is.
        quota: limits.
        owner: whose windows, as the gate names him.

    Example:
        >>> client.quota.used + (client.quota.remaining or 0)
        5000
        >>> client.quota.families["likes"].remaining
        60
    """

    __slots__ = ("_owner", "_quota", "families")

    def __init__(self, gate: RateLimitSemaphore, quota: Quota, owner: str) -> None:
        super().__init__(gate, quota.windows(owner, None)[0])
        self._quota = quota
        self._owner = owner
        self.families: Mapping[str, WindowView] = MappingProxyType(
            {name: WindowView(gate, quota.windows(owner, name)[-1]) for name in quota.families}
        )

    async def plan(self, requests: int, family: str | None = None) -> datetime:
        """When a job would be done that starts now, behind those who wait already.

        It is the earliest moment at which the last request may leave: as if replies took no
        time, and nobody else came. While the server allows less than we count, it is reckoned
        at the pace at which the client would look again.

        Args:
            requests: how many the job needs.
            family: `likes`, `comments` or `relationships` for a job of such writes.

        Returns:
            Aware, UTC; the present if all may go at once.

        Raises:
            ValueError: less than one request.
            QuotaStoreError: the store of a shared quota can't be reached.

        Example:
            >>> done = await client.quota.plan(12_000)
        """
        if requests < 1:
            raise ValueError(f"a job needs at least one request, not {requests}")
        windows = self._quota.windows(self._owner, family)
        return datetime.fromtimestamp(await self._gate.opens_at(windows, requests - 1), UTC)

    async def refresh(self) -> None:
        """Ask a shared store how full the windows are; memory always knows.

        Raises:
            QuotaStoreError: the store can't be reached.
        """
        for family in (None, *self.families):
            await self._gate.opens_at(self._quota.windows(self._owner, family))
