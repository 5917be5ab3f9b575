"""Nothing that begins and ends as it should says a word, even to those who listen closely."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.snippets import ROOT


def test_every_way_to_begin_and_end_is_silent(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-m", "tests.support.quiet", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "left items",
        "left 3 of a page",
        "forgot iterators",
        "cancelled",
        "closed 5 in flight",
        "gave up retrying",
    ]
