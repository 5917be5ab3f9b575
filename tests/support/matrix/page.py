"""The page docs/fault-matrix.md."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from instagram_async.server import FaultKind
from instagram_async.server.faults.kinds import KINDS, Stage
from tests.support.matrix.laws import law_of
from tests.support.matrix.run import FAULTS, Key, Matrix, methods
from tests.support.matrix.styles import MODES, Style, style_of

_TITLES: dict[Stage, str] = {
    "early": "Before the request is looked at",
    "answer": "In place of an answer",
    "listing": "In the listing",
    "reply": "In the reply",
    "leaving": "On the way back",
}
_STYLES: dict[Style, str] = {
    "paged": "listings with pages",
    "spans": "media by time",
    "whole": "lists of one page",
    "object": "single things",
    "state": "writes that set a state",
    "comment": "comments",
}
_INTRODUCTION = """\
# Every fault on every operation

This page is printed by a run, `python -m tests.support.matrix > docs/fault-matrix.md`, in which
each [fault of the local server](local_server.md) that can happen to an operation happens to it,
in each way of using it: {cells:,} cells. A test runs them all again and compares the page.

| kind of operation | methods |
|---|---|
{styles}
In listings with pages, and of media by time, the second of three pages or more is at fault,
elsewhere the first request.

| column | how the operation is used |
|---|---|
| plain | to the end; after an error the same iterator goes on, or the call is made again |
| no retry | the same with `Retry(attempts=1)` |
| limit | `.limit(n)`, where `n` lies behind the page at fault |
| resume | left in the middle of the page at fault; on from the checkpoint in a new client, whose \
first request meets the fault, too |
| cancelled | the task is cancelled while the server has the request; then on from the checkpoint, \
or the call is made again; a comment is not |

## What has to come of it

Of a listing, whatever the column, the parts together are:

| fault | given |
|---|---|
{laws}
A reply that was left while under way spoils nothing: of a cancelled walk each item is given once,
in order, but for what is gone from the world. A single thing is the right one. A write that sets a
state has set it. A comment is there once at most: never after an error that is no
`UncertainWriteError`, after one of those as `settle` says, and once when the call returned.

## What comes of it

| in a cell | means |
|---|---|
| as usual | nothing that the caller could notice |
| asked again | the client has sent a request again by itself |
| an error | the caller got it; `went on` or `repeated` says what he did then |
| settled | what `settle` said, which was so |
| repetition, stray, empty page | the listing's report tells of it, as of anomalies by their names |
| n/a | single things and writes have no part to stop at |
"""


def page(matrix: Matrix) -> str:
    """The whole page."""
    parts = [_INTRODUCTION.format(cells=len(matrix), styles=_styles(), laws=_laws())]
    for stage, kinds in groupby(FAULTS, key=lambda kind: KINDS[kind].stage):
        alike: dict[tuple[str, ...], list[str]] = {}  # faults by their rows
        for kind in kinds:
            alike.setdefault(tuple(_rows(matrix, kind)), []).append(f"`{kind}`")
        parts += [
            f"\n### {_TITLES[stage]}\n\n| fault | operations | {' | '.join(MODES)} |\n",
            f"|{'---|' * (2 + len(MODES))}\n",
        ]
        for rows, named in alike.items():
            parts += [
                f"| {'' if at else ', '.join(named)} | {row} |\n" for at, row in enumerate(rows)
            ]
    return "".join(parts)


def _styles() -> str:
    lines = [
        f"| {name} | {', '.join(f'`{method}`' for method in _of(style))} |\n"
        for style, name in _STYLES.items()
    ]
    return "".join(lines)


def _laws() -> str:
    """The laws by their own words, with the faults for which they are made."""
    faults: dict[str, list[str]] = {}
    for kind in FAULTS:
        for holds_bounds in (True, False):
            words = str(law_of(kind, "plain", holds_bounds=holds_bounds).__doc__)
            faults.setdefault(" ".join(words.split()), []).append(f"`{kind}`")
    usual, *others = faults
    lines = [f"| {', '.join(dict.fromkeys(faults[words]))} | {words} |\n" for words in others]
    return "".join([*lines, f"| any other | {usual} |\n"])


def _rows(matrix: Matrix, kind: FaultKind) -> Iterator[str]:
    """What stands behind a fault: methods with equal cells share a row."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for method in (method for style in _STYLES for method in _of(style)):
        if Key(kind, method, "plain") in matrix:
            keys = (Key(kind, method, mode) for mode in MODES)
            cells = tuple(matrix[key].told if key in matrix else "n/a" for key in keys)
            rows.setdefault(cells, []).append(method)
    for cells, named in rows.items():
        yield f"{_named(named)} | {' | '.join(cells)}"


def _named(some: list[str]) -> str:
    """Methods, or kinds of them where all of a kind are there."""
    names: list[str] = []
    for style, name in _STYLES.items():
        those = [method for method in _of(style) if method in some]
        names += [name] if those == _of(style) else [f"`{method}`" for method in those]
    return ", ".join(names)


def _of(style: Style) -> list[str]:
    return [method for method, operation in methods().items() if style_of(operation) == style]
