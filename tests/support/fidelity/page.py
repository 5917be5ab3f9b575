"""The page docs/fidelity.md."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from tests.support.fidelity import entities, errors, operations
from tests.support.fidelity.eras import SWITCHED
from tests.support.fidelity.row import TESTS, Row, found

TITLES = {
    "0": "What changed in the course of the years",
    "A": "Operations",
    "B": "What the JSON holds",
    "C": "Errors, limits, headers",
}


def letter_of(row: Row) -> str:
    """The part of the page in which a row stands; what ended stands with the operations."""
    return row.section[0].replace("G", "A")


ROWS: tuple[Row, ...] = tuple(
    sorted((*SWITCHED.values(), *operations.ROWS, *entities.ROWS, *errors.ROWS), key=letter_of)
)
"""All rows, by the letters of the reference."""

_HEAD = ("| reference | what | sent | read |\n", "|---|---|---|---|\n")
_INTRODUCTION = """\
# How faithful the local server is

This page is made from a table in the tests, by `python -m tests.support.fidelity`. Each row is
something that is known of v1 (see [the wire protocol](reference.md) for the letters), with the
tests in which the [local server](local_server.md) sends it. What it never sends, since it is of
development servers or of parts of the API that are not served, has the test in which the client
reads it, and why.
"""


def page() -> str:
    """The whole page."""
    parts = [_INTRODUCTION]
    for letter, rows in groupby(ROWS, key=letter_of):
        parts += [f"\n## {TITLES[letter]}\n\n", *_HEAD, *map(_line, rows)]
    return "".join(parts)


def _line(row: Row) -> str:
    read = _names(row.read) + (f"; {row.why}" if row.why else "")
    return f"| {row.section} | {row.what} | {_names(row.served)} | {read} |\n"


def _names(tests: Iterable[str]) -> str:
    return ", ".join(map(_name, tests))


def _name(test: str) -> str:
    path, function = found(test)
    words = function.removeprefix("test_").replace("_", " ")
    return f"[{words}](../tests/{path.relative_to(TESTS)})"
