"""A child that a job's process has forked holds none of its locks, and takes none away."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from io import FileIO
from pathlib import Path

import pytest

from instagram_async import bulk
from instagram_async.disk import FileLock, OpenFolder, lock
from tests.support.kills import ROOT
from tests.support.sinks import SINKS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
HOLDS = """
import asyncio, os, sys, time
from pathlib import Path
from instagram_async import bulk
from tests.support.sinks import SINKS

async def hold(name, folder):
    async with bulk.Job(ledger=folder / "ledger.db", sink=SINKS[name](folder)):
        if os.fork() == 0:
            print(os.getpid(), flush=True)
            os.close(1)
        time.sleep(60)

asyncio.run(hold(sys.argv[1], Path(sys.argv[2])))
"""


def in_a_child(act: Callable[[], None]) -> int:
    """What a forked child exits with: 0 if it had nothing to complain of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of threads
        pid = os.fork()
    if pid == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001 - the child tells by its exit code alone
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize("name", SINKS)
async def test_a_killed_job_has_let_go_though_its_child_lives(name: str, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLDS, name, str(tmp_path)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    child = int(await process.stdout.readline())
    try:
        with pytest.raises(bulk.LedgerError, match="is the ledger of a job that is open"):
            async with bulk.Job(ledger=tmp_path / "ledger.db", sink=SINKS[name](tmp_path)):
                pass
        process.kill()
        await process.wait()
        async with bulk.Job(ledger=tmp_path / "ledger.db", sink=SINKS[name](tmp_path)) as job:
            assert (await job.run({})).listings == 0
        os.kill(child, 0)  # it is alive
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_child_that_lets_go_leaves_its_parents_locks(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held, folder, file = FileLock(str(path)), OpenFolder(tmp_path), FileIO(tmp_path / "file", "w")
    assert held.take()
    assert lock(folder)
    assert lock(file)

    def is_free() -> list[bool]:
        again = FileLock(str(path))
        found = [again.take(), lock(OpenFolder(tmp_path))]
        again.release()
        with FileIO(tmp_path / "file") as other:
            return [*found, lock(other)]

    def act() -> None:
        held.release()
        folder.close()
        assert file.closed
        assert is_free() == [False, False, False]

    assert in_a_child(act) == 0
    assert path.exists()
    assert is_free() == [False, False, False]
    held.release()
    folder.close()
    file.close()
    assert is_free() == [True, True, True]


def test_one_that_can_not_be_closed_well_keeps_no_other(tmp_path: Path) -> None:
    class Broken(FileIO):
        def close(self) -> None:
            super().close()
            raise OSError("the disk is gone")

    broken = [Broken(tmp_path / f"{n}", "w") for n in range(3)]
    assert all(lock(file) for file in broken)

    def act() -> None:
        assert all(file.closed for file in broken)

    assert in_a_child(act) == 0
    for file in broken:
        with pytest.raises(OSError, match="the disk is gone"):
            file.close()


def test_a_child_of_a_child_and_one_that_takes_a_lock_of_its_own(tmp_path: Path) -> None:
    held = FileLock(str(tmp_path / "parents"))
    assert held.take()

    def act() -> None:
        own = FileLock(str(tmp_path / "own"))
        assert own.take()
        assert in_a_child(own.release) == 0
        assert not FileLock(str(tmp_path / "own")).take()
        own.release()

    assert in_a_child(act) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["parents"]
    held.release()
