"""The suite notices mistakes: three in each thinking file, named in tests/support/mutants.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.support.mutants import MUTANTS

ROOT = Path(__file__).parents[2]
PARTS = 2
FAILED = 1
PATIENCE = 300  # seconds, for machines that have much else to do


def test_every_mutant_is_killed() -> None:
    """Each mistake makes its tests fail; the same tests pass where nothing is wrong."""
    command = [sys.executable, "-m", "tests.support.mutate"]
    running = [
        subprocess.Popen(
            [*command, str(part), str(PARTS)],
            cwd=ROOT,
            env={**os.environ, "HYPOTHESIS_PROFILE": "mutants"},
            stdout=subprocess.PIPE,
        )
        for part in range(PARTS)
    ]
    codes: dict[str, int] = {}
    try:
        for process in running:
            printed, _ = process.communicate(timeout=PATIENCE)
            codes |= json.loads(printed)
    finally:
        for process in running:
            process.kill()
            process.communicate()
    assert codes.pop("retry.py: nothing is wrong") == 0
    assert {name: code for name, code in codes.items() if code != FAILED} == {}
    assert len(codes) == len(MUTANTS)


def test_three_for_each_thinking_file() -> None:
    assert set(Counter(mutant.file for mutant in MUTANTS).values()) == {3}
