"""A row of the notes on the protocol, and the tests that show it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from attrs import frozen

TESTS = Path(__file__).parents[2]


@frozen
class Row:
    """One fact about what v1 sent.

    Attributes:
        section: of the reference.
        what: the fact, in Markdown.
        served: tests in which the local server sends it, each `<file>::<name>` without `test_`.
    """

    section: str
    what: str
    served: tuple[str, ...]


def sent(section: str, what: str, *served: str) -> Row:
    """A row that the local server shows."""
    return Row(section, what, served)


def found(name: str) -> tuple[Path, str]:
    """The file and the function of a test.

    Raises:
        LookupError: there is none.
    """
    file, _, function = name.partition("::")
    for folder in ("served", "unit"):
        path = TESTS / folder / f"test_{file}.py"
        if path.is_file() and f"test_{function}" in _functions(path):
            return path, f"test_{function}"
    raise LookupError(f"there is no test {name}")


@cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))
