"""The account of a run of a job, while it goes on."""

from __future__ import annotations

from typing import NamedTuple

from instagram_async.bulk.progress import Meter, Progress, eta
from instagram_async.bulk.reader import Reader
from instagram_async.quota import ServerQuota


class JobReport(NamedTuple):
    """The account of a run of a job.

    Attributes:
        listings: how many were taken up.
        over: how many of them were read to their end or limit, now or before.
        failed: how many of them were given up, now or before.
        items: items kept by this run.
        pages: pages read by it.
        requests: attempts made for them, failed ones included.
        unreadable: items that could not be read.

    Example:
        >>> report = await job.run({"me": client.user_recent(), "404": client.user_recent("404")})
        >>> report.over, report.failed, report.items
        (1, 1, 120)
    """

    listings: int = 0
    over: int = 0
    failed: int = 0
    items: int = 0
    pages: int = 0
    requests: int = 0
    unreadable: int = 0


class Account:
    """Adds up what comes of the turns.

    Args:
        total: how many listings there are, `None` if that is not known.
        now: the present, in seconds.
    """

    def __init__(self, total: int | None, now: float) -> None:
        self.report = JobReport()
        self._total = total
        self._meter = Meter(now)
        self._quota = ServerQuota()
        self._before = 0  # items of earlier runs

    def begin(self) -> None:
        """Count a listing that is taken up."""
        self.report = self.report._replace(listings=self.report.listings + 1)

    def add(self, reader: Reader) -> None:
        """Count a turn, what came of which is kept."""
        if reader.page is not None and reader.page.quota != ServerQuota():
            self._quota = reader.page.quota
        self._before += reader.before
        reader.before = 0
        before, now = reader.spent()
        report = self.report
        self.report = JobReport(
            report.listings,
            report.over + reader.is_over,
            report.failed + reader.is_failed,
            report.items + now.items - before.items,
            report.pages + now.pages - before.pages,
            report.requests + now.requests - before.requests,
            report.unreadable + now.unreadable - before.unreadable,
        )

    def progress(self, now: float) -> Progress:
        """How far it is.

        Args:
            now: the present, in seconds.
        """
        report = self.report
        told = Progress(
            self._total,
            report.over,
            report.failed,
            report.listings - report.over - report.failed,
            report.items,
            report.requests,
            self._meter.rate(now, report.items),
            self._quota,
        )
        return told._replace(eta=eta(told, self._before + report.items))
