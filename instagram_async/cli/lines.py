"""The demo in a pipe or a file: plain lines."""

from __future__ import annotations

import sys

from instagram_async import Media, Report, User
from instagram_async.cli.text import row_of, slowed, summary, title
from instagram_async.cli.view import Account


class Lines:
    """Writes a line for each media, and one before each further page, to standard output.

    The cells of a media's line stand between tabs: date, type, likes, caption, place.
    Lines on the progress begin with `#`.
    """

    def __init__(self) -> None:
        self._total = 0
        self._pages = 1

    def begin(self, user: User, total: int, base_url: str) -> None:
        """Write the title."""
        self._total = total
        _write(f"# {title(user, total, base_url)}")

    def show(self, media: Media, report: Report) -> None:
        """Write the media's line."""
        if report.pages > self._pages:
            self._pages = report.pages
            done = report.items - 1
            _write(f"# {done} of {self._total}, {done / max(1, self._total):.0%}")
            sys.stdout.flush()
        row = row_of(media)
        _write(f"{row.date}\t{row.type}\t{row.likes}\t{row.caption}\t{row.place}")

    def end(self, account: Account) -> None:
        """Write the summary."""
        _write(f"# {summary(account)}")
        if account.pace:
            _write(f"# {slowed(account.pace)}")
        sys.stdout.flush()


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
