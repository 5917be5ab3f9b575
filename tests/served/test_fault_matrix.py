"""Every fault on every operation, used in every way: the laws hold, and the page is true.

The run has a loop of its own: it is the one that prints the page.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import get_args

import pytest

from instagram_async.server import FaultKind
from instagram_async.server.faults.kinds import KINDS
from instagram_async.server.routes import ROUTES
from instagram_async.v1.operations import OPERATIONS
from tests.support.matrix.asks import READS
from tests.support.matrix.page import page
from tests.support.matrix.run import Key, Matrix, methods, run
from tests.support.matrix.styles import LISTINGS, MODES, style_of
from tests.support.matrix.writes import WRITES

PAGE = Path(__file__).parents[2] / "docs" / "fault-matrix.md"


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return asyncio.run(run())


@pytest.mark.parametrize("method", methods())
def test_the_laws_hold(matrix: Matrix, method: str) -> None:
    assert {key: cell for key, cell in matrix.items() if key.method == method and cell.wrong} == {}


def test_every_fault_meets_every_operation_that_it_can(matrix: Matrix) -> None:
    routes = {route.operation: route for route in ROUTES}
    assert set(methods().values()) == set(OPERATIONS) == set(routes)
    wanted = {
        Key(kind, method, mode)
        for method, operation in methods().items()
        for kind in get_args(FaultKind)
        if KINDS[kind].fits(routes[operation])
        for mode in MODES
        if operation.paging is not None or mode not in ("limit", "resume")
    }
    assert set(matrix) == wanted


def test_every_way_of_asking_is_used() -> None:
    styles = {method: style_of(operation) for method, operation in methods().items()}
    reads = {operation.name for operation in READS}
    assert reads == {name for name, style in styles.items() if style in ("object", *LISTINGS)}
    assert set(WRITES) == {name for name, style in styles.items() if style == "state"}


def test_the_page_of_the_docs_is_up_to_date(matrix: Matrix) -> None:
    """`python -m tests.support.matrix > docs/fault-matrix.md` brings it there."""
    assert PAGE.read_text() == page(matrix)
