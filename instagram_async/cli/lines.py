"""The demo in a pipe or a file: rows on standard output, all else on standard error."""

from __future__ import annotations

import sys

from instagram_async import Media, Report, User
from instagram_async.cli.text import row_of, slowed, summary, title
from instagram_async.cli.view import Account


class Lines:
    """Writes a row for each media to standard output, below a row of names.

    The cells of a row stand between tabs. The title, a line for each further page, and the
    summary go to standard error.
    """

    def __init__(self) -> None:
        self._total = 0
        self._pages = 1

    def begin(self, user: User, total: int, base_url: str) -> None:
        """Write the names of the columns and the title."""
        self._total = total
        _write("posted", "type", "likes", "caption", "place")
        _note(title(user, total, base_url))

    def show(self, media: Media, report: Report) -> None:
        """Write the media's row."""
        if report.pages > self._pages:
            self._pages = report.pages
            done = report.items - 1
            _note(f"{done} of {self._total}, {done / max(1, self._total):.0%}")
        row = row_of(media)
        _write(row.date, row.type, row.likes, row.caption, row.place)

    def end(self, account: Account) -> None:
        """Write the summary."""
        _note(summary(account))
        if account.pace:
            _note(slowed(account.pace))


def _write(*cells: str) -> None:
    sys.stdout.write("\t".join(cells) + "\n")


def _note(line: str) -> None:
    sys.stdout.flush()  # rows that came before the note are seen before it
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
