"""Every promise of the page on lifecycles has a test, and every such test a promise."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from tests.support.snippets import ROOT

PAGE = (ROOT / "docs" / "lifecycle.md").read_text()
PROMISES, SHOWN = PAGE.split("## What shows them")


def promised() -> list[int]:
    return [int(number) for number in re.findall(r"(?m)^\| L(\d+) \| .+\. \|$", PROMISES)]


def shown() -> dict[int, list[str]]:
    rows = re.findall(r"(?m)^\| L(\d+) \| (.+) \|$", SHOWN)
    return {int(number): re.findall(r"`(\w+)`", tests) for number, tests in rows}


def names_in(path: Path) -> list[str]:
    return [
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]


FILES = {path: names_in(path) for path in (ROOT / "tests").rglob("test_*.py")}


def test_the_promises_are_numbered_and_each_line_is_one() -> None:
    assert promised() == list(range(1, len(promised()) + 1))
    lines = [line for line in PROMISES.splitlines() if line.startswith("| L")]
    assert len(lines) == len(promised()) > 40


def test_each_promise_has_tests_and_nothing_else_has() -> None:
    assert list(shown()) == promised()
    assert [number for number, tests in shown().items() if not tests] == []
    rows = [line for line in SHOWN.splitlines() if line.startswith("| L")]
    assert len(rows) == len(shown())


def test_each_test_that_is_named_exists_once() -> None:
    everywhere = Counter(name for names in FILES.values() for name in names)
    named = {name for tests in shown().values() for name in tests}
    assert {name: everywhere[name] for name in named if everywhere[name] != 1} == {}


def test_each_test_of_a_lifecycle_is_named() -> None:
    named = {name for tests in shown().values() for name in tests}
    own = [path for path in FILES if path.name.startswith("test_lifecycle")]
    own.remove(Path(__file__))
    assert len(own) > 8
    assert sorted({name for path in own for name in FILES[path]} - named) == []
