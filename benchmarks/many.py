"""Many listings read by one way in a process of its own."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks import fresh
from benchmarks.page import SIZE

_MEGABYTE = 2**20


class Run(NamedTuple):
    """What it took.

    Attributes:
        seconds: on the clock.
        cpu: seconds of the CPU.
        peak: of the memory, in megabytes.
    """

    seconds: float
    cpu: float
    peak: float


def run(rivals: str, rival: str, host: str, listings: int, pages: int) -> Run:
    """Read all listings of a server.

    Args:
        rivals: the module that has the ways.
        rival: which way.
        host: the server's scheme, host and port.
        listings: how many.
        pages: how long each is.

    Raises:
        NotInstalledError: the way needs a library that is not there.
        RuntimeError: it failed, or did not see all.
    """
    arguments = (rivals, rival, host, str(listings))
    seen, seconds, cpu, peak = fresh.run("benchmarks.inside.bulk", *arguments)
    if seen != listings * pages * SIZE:
        raise RuntimeError(f"{rival} saw {seen} media of {listings} listings")
    return Run(seconds, cpu, peak / _MEGABYTE)
