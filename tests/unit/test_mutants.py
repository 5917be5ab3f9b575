"""The table of planted mistakes; `.ci/check` runs their tests by `tests/support/mutate.py`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.support.mutant import Mutant
from tests.support.mutants import MUTANTS

ROOT = Path(__file__).parents[2]


def test_three_for_each_thinking_file() -> None:
    assert set(Counter(mutant.file for mutant in MUTANTS).values()) == {3}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file}: {mutant.name}")
def test_the_text_it_changes_is_there(mutant: Mutant) -> None:
    assert mutant.old in (ROOT / "instagram_async" / mutant.file).read_text()
    for name in mutant.tests.split():
        assert (ROOT / "tests/unit" / name).is_file()
