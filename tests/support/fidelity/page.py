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
    "E": "Subscriptions",
}


def letter_of(row: Row) -> str:
    """The part of the page in which a row stands; what ended stands with the operations."""
    return row.section[0].replace("G", "A")


ROWS: tuple[Row, ...] = tuple(
    sorted((*SWITCHED.values(), *operations.ROWS, *entities.ROWS, *errors.ROWS), key=letter_of)
)
"""All rows, by the letters of the reference."""

_NOT_DONE = (
    ("A.8", "24, 25: the documentation of 2017 has follows and followers of oneself alone",
     "no refusal is recorded, so a token with `follower_list` reads everybody's"),
    ("C.4", "500 to a signed request for a tag in Cyrillic",
     '`Fault("status", status=500)` sends it; by itself the server has no such mistake'),
    ("E", "updates that are posted to callbacks", "nothing is delivered"),
    ("E", "oEmbed, and the redirect to a picture", "they were no part of `/v1`"),
)  # fmt: skip
_HEAD = ("| reference | what | tests |\n", "|---|---|---|\n")
_INTRODUCTION = """\
# How faithful the local server is

This page is made from a table in the tests, by `python -m tests.support.fidelity`. Each row is
something that is known of v1 (see [the wire protocol](reference.md) for the letters), with the
tests in which the [local server](local_server.md) sends it. What is known only from documentation
or from a client's text it sends because a [fault](local_server.md#faults) says so; the rows tell.
"""


def page() -> str:
    """The whole page."""
    parts = [_INTRODUCTION]
    for letter, rows in groupby(ROWS, key=letter_of):
        parts += [f"\n## {TITLES[letter]}\n\n", *_HEAD, *map(_line, rows)]
    parts += ["\n## What it does not do\n\n", "| reference | what | why |\n", "|---|---|---|\n"]
    parts += [f"| {' | '.join(row)} |\n" for row in _NOT_DONE]
    return "".join(parts)


def _line(row: Row) -> str:
    return f"| {row.section} | {row.what} | {_names(row.served)} |\n"


def _names(tests: Iterable[str]) -> str:
    return ", ".join(map(_name, tests))


def _name(test: str) -> str:
    path, function = found(test)
    words = function.removeprefix("test_").replace("_", " ")
    return f"[{words}](../tests/{path.relative_to(TESTS)})"
