"""Jobs that are killed again and again: what is lost, what is double, what is asked for again."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from benchmarks.report import Result, progress
from tests.support.kills import MOMENTS, Endured, endure
from tests.support.sinks import SINKS


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: five kills a sink.

    Returns:
        What came of 50 kills of each sink.

    Raises:
        RuntimeError: an item was lost, double or out of place, or too much was asked again.
    """
    kills = 5 if quick else 50
    rows: list[list[str]] = []
    with progress("kills", len(SINKS)) as step:
        for sink in SINKS:
            with tempfile.TemporaryDirectory() as folder:
                rows.append(_row(sink, asyncio.run(endure(sink, Path(folder), range(kills)))))
            step()
    moments = ", ".join(MOMENTS[:-1])
    return Result(
        "kills",
        "Processes with a bulk.Job of six listings in pages of five, four at a time, against "
        f"LocalInstagram, which kill themselves with SIGKILL {moments} and {MOMENTS[-1]}, the "
        "first to the sixth time as the seed says. The next process goes on; a job that comes to "
        "its end is read back, and another one begins. Pages are those of the jobs; again are "
        "requests for a page that was asked for before, the most of one listing after one kill.",
        ("", "kills", "jobs", "items", "lost", "double", "out of order", "pages", "again", "most"),
        rows,
        ("instagram-async",),
    )


def _row(sink: str, told: Endured) -> list[str]:
    if told.lost or told.doubled or told.misplaced or told.idle or told.most_again > 1:
        raise RuntimeError(f"{sink} did not endure it: {told}")
    return [
        sink,
        *(f"{told.kills}", f"{told.jobs}", f"{told.items:,}"),
        *(f"{told.lost}", f"{told.doubled}", f"{told.misplaced}"),
        *(f"{told.pages:,}", f"{told.again:,}", f"{told.most_again}"),
    ]
