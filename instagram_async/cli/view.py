"""What a view of the demo is told."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from instagram_async import Media, Report, User


@frozen
class Account:
    """The account of a demo.

    Attributes:
        report: the listing's own account.
        requests: requests sent, the profile's included.
        seconds: how long it took.
        pace: media a second that it was slowed down to, 0 for not at all.
        quota: what the server says is left of the quota, `None` if it said nothing.
    """

    report: Report
    requests: int
    seconds: float
    pace: float
    quota: int | None


class View(Protocol):
    """Shows a demo to somebody."""

    def begin(self, user: User, total: int, base_url: str) -> None:
        """The stream begins.

        Args:
            user: whose media.
            total: how many there are.
            base_url: who is asked.
        """
        ...

    def show(self, media: Media, report: Report) -> None:
        """A media came.

        Args:
            media: what came.
            report: the account so far.
        """
        ...

    def end(self, account: Account) -> None:
        """The stream ended, at its end or before it."""
        ...
