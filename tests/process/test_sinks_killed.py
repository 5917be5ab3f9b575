"""The sink that does most in a flush, in processes that are killed within it; its extra."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from instagram_async import Media
from instagram_async.bulk import ParquetSink
from tests.support.killed_sink import rows, turns

ROOT = Path(__file__).parents[2]


def committed(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "job.db")) as ledger:
        return int(ledger.execute("SELECT done FROM job").fetchone()[0])


def test_a_process_killed_from_outside_leaves_what_it_had_committed(tmp_path: Path) -> None:
    """`test_job_killed.py` kills between the calls of a sink, and this one within them as well."""
    moments = random.Random(2011)
    seen = 0
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.killed_sink", str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        with process:
            assert process.stdout is not None
            for _ in range(5):
                seen = int(process.stdout.readline())
            time.sleep(moments.uniform(0, 0.02))
            process.kill()
        assert committed(tmp_path) >= seen
    done = committed(tmp_path)
    going_on = turns(tmp_path)
    assert next(going_on) == done
    going_on.close()  # type: ignore[attr-defined]
    sealed = done // 7 * 7  # the others wait in the ledger
    assert list(ParquetSink(tmp_path / "rows").read(Media)) == rows(1, sealed)
    assert sealed >= 35


def test_pyarrow_is_imported_only_by_who_asks_for_it() -> None:
    code = "import sys, instagram_async.bulk; sys.exit('pyarrow' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
