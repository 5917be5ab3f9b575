"""What a store of windows has to do, wherever it keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from instagram_async.quota.belief import Level, WindowSpec
from instagram_async.quota.policy import ServerQuota

Windows = tuple[WindowSpec, ...]


class Grant(NamedTuple):
    """A place in every window concerned.

    Attributes:
        windows: what was asked for.
        numbers: the store's own note of each place.
    """

    windows: Windows
    numbers: tuple[int, ...]


class Outcome(NamedTuple):
    """What became of a granted request.

    Attributes:
        until: when its place has surely been forgotten by the server; `None` if the
            request never left.
        quota: what the reply's headers said, `None` without a reply.
        refused: the family whose quota the server says is used up, `""` for the general
            quota; `None` if it was no refusal.
    """

    until: float | None
    quota: ServerQuota | None = None
    refused: str | None = None

    def closes(self, windows: Windows) -> WindowSpec | None:
        """Which window a refusal closes, `None` if it was none."""
        if self.refused is None:
            return None
        own = [spec for spec in windows if spec.family == (self.refused or None)]
        return (own or windows)[0]  # a family without a window of its own: the general one


class Store(Protocol):
    """Windows, kept somewhere. All or nothing, and atomic for all who share it.

    Times are those of the gate that asks. A store that others use as well counts by a clock
    of its own, and takes from them only how far they lie apart.
    """

    @property
    def shared(self) -> bool:
        """Whether others may take places, or give them back, unseen by the gate."""
        ...

    async def take(self, windows: Windows, now: float, reach: float = 0.0) -> Grant | float:
        """Take a place in every window, or in none.

        Args:
            windows: where places are needed.
            now: the present, in seconds.
            reach: seconds within which the request will have arrived at the server. Should
                nobody settle the grant, its places free a window after that.

        Returns:
            The grant, or the instant before which it surely cannot be had.

        Raises:
            QuotaStoreError: the store can't be reached.
        """
        ...

    async def settle(self, grant: Grant, outcome: Outcome, now: float) -> bool:
        """Say what became of a grant.

        Args:
            grant: what `take` gave.
            outcome: what became of it.
            now: the present, in seconds.

        Returns:
            Whether a window may have opened, or closed, earlier than was said before.

        Raises:
            QuotaStoreError: the store can't be reached.
        """
        ...

    async def forecast(self, windows: Windows, ahead: Sequence[int], now: float) -> float:
        """When places would be had behind others.

        Args:
            windows: where places are needed.
            ahead: how many others take theirs before, for each window.
            now: the present, in seconds.

        Returns:
            An instant before which they surely cannot be had.

        Raises:
            QuotaStoreError: the store can't be reached.
        """
        ...

    def level(self, spec: WindowSpec, now: float) -> Level:
        """How full a window is, as far as this process has heard.

        Args:
            spec: the window.
            now: the present, in seconds.
        """
        ...
