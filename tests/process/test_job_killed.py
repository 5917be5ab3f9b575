"""A job that is killed and begun again has every item once; nobody takes it away meanwhile."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from benchmarks import kills
from instagram_async import bulk
from tests.support.jobs import Disk, ListSink
from tests.support.kills import MOMENTS, ROOT, Endured, endure
from tests.support.sinks import SINKS

HOLDS = """
import asyncio, sys, time
from pathlib import Path
from tests.support.jobs import Disk, job

async def hold():
    async with job(Path(sys.argv[1]), Disk()):
        print("open", flush=True)
        time.sleep(60)

asyncio.run(hold())
"""


@pytest.mark.parametrize("sink", SINKS)
async def test_killed_at_any_moment_each_item_is_kept_once(sink: str, tmp_path: Path) -> None:
    seeds = (1, 8, 14)
    assert [MOMENTS[seed % 5] for seed in seeds] == [
        "half way through a write",
        "before a commit",
        "after a commit",
    ]
    endured = await endure(sink, tmp_path, seeds, users=4, media=16)
    assert (endured.kills, endured.lost, endured.doubled, endured.misplaced) == (3, 0, 0, 0)
    assert endured.items == 40
    assert (endured.again > 0, endured.most_again) == (True, 1)
    assert endured.idle == 0


async def test_the_ledger_of_another_process_is_told_and_free_when_that_is_killed(
    tmp_path: Path,
) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLDS, str(tmp_path)), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"open\n"
    with pytest.raises(bulk.LedgerError, match=r"ledger\.db is the ledger of a job that is open"):
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=ListSink(Disk())):
            pass
    process.send_signal(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL
    async with bulk.Job(ledger=tmp_path / "ledger.db", sink=ListSink(Disk())) as job:
        assert (await job.run({})).listings == 0


@pytest.mark.parametrize("flaw", ["lost", "doubled", "misplaced", "idle"])
def test_the_table_of_kills_shows_no_flaw(flaw: str) -> None:
    assert kills._row("a sink", Endured(50, 9, 774, pages=180, again=138, most_again=1))[1] == "50"
    for told in (Endured(**{flaw: 1}), Endured(most_again=2)):
        with pytest.raises(RuntimeError, match="a sink did not endure it"):
            kills._row("a sink", told)
