"""A server with a limit, in a process of its own, and what it counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from statistics import fmean

from benchmarks.beside import Beside, beside
from instagram_async.server.limiter import ArrivalWindow


@dataclass(frozen=True)
class Counted:
    """What came from somebody, as the server counts.

    Attributes:
        arrivals: when each request arrived, in seconds, ascending.
        statuses: what each was answered.
        limit: requests that the server allows in a window.
        per: the window's length in seconds.
    """

    arrivals: Sequence[float]
    statuses: Sequence[int]
    limit: int
    per: float

    @property
    def most(self) -> int:
        """Requests in the fullest window."""
        window = ArrivalWindow(self.per)
        return max(window.arrive("", at) for at in self.arrivals)

    @property
    def refused(self) -> int:
        """Requests that were answered with 429."""
        return sum(status == 429 for status in self.statuses)

    @property
    def used(self) -> float:
        """The share of the allowed places that were used, once all had been for the first time.

        A place may be used again a window later, and is when a request is let through.
        """
        both = zip(self.arrivals, self.statuses, strict=True)
        let = [at for at, status in both if status == 200]
        reuse = [later - first for first, later in zip(let, let[self.limit :], strict=False)]
        return self.per / fmean(reuse) if reuse else 0.0


class Server:
    """A server that runs.

    Attributes:
        url: where its API is.
        tokens: one of each user, whose windows are their own.
    """

    def __init__(self, process: Beside, limit: int, per: float) -> None:
        self._process = process
        self._limit = limit
        self._per = per
        self.url: str
        self.tokens: list[str]
        self.url, self.tokens = process.says()

    def counted(self) -> dict[str, Counted]:
        """What has arrived since this was last asked, by the requests' `mark`."""
        arrived = sorted(self._process.ask(), key=itemgetter(0))  # it is stable
        found: dict[str, Counted] = {}
        for mark, group in groupby(arrived, itemgetter(0)):
            _, arrivals, statuses = zip(*group, strict=True)
            found[mark] = Counted(arrivals, statuses, self._limit, self._per)
        return found


@contextmanager
def limited(
    limit: int, per: float, *, replies: float = 0.0, there: float = 0.0
) -> Iterator[Server]:
    """Run the server.

    Args:
        limit: requests that it allows in a window.
        per: the window's length in seconds.
        replies: seconds that a reply takes at most.
        there: seconds that a request takes at most until it arrives.
    """
    with beside("benchmarks.inside.limited", limit, per, replies, there) as process:
        yield Server(process, limit, per)
