"""Every row of the notes on the protocol has a test that shows it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from instagram_async.server.switches import SWITCHES
from instagram_async.v1.operations import OPERATIONS
from tests.support.fidelity.eras import SWITCHED
from tests.support.fidelity.errors import ERRORS
from tests.support.fidelity.page import ROWS, page
from tests.support.fidelity.row import Row, found
from tests.support.known_errors import KNOWN

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section}-{row.what:.40}")
def test_a_row_has_a_test(row: Row) -> None:
    assert row.served
    for name in row.served:
        found(name)


def test_no_row_stands_there_twice() -> None:
    twice = [row for row, times in Counter(ROWS).items() if times > 1]
    assert twice == []


def test_every_switch_operation_and_error_has_a_row() -> None:
    assert set(SWITCHED) == set(SWITCHES)
    told = [row.what for row in ROWS]
    for operation in OPERATIONS:
        assert sum(what.startswith(f"{operation.row}: `{operation}`") for what in told) == 1
    assert len(ERRORS) == len(KNOWN)


def test_a_test_that_there_is_not() -> None:
    with pytest.raises(LookupError, match="there is no test server_users::nothing"):
        found("server_users::nothing")


def test_the_page_of_the_docs_is_up_to_date() -> None:
    """`python -m tests.support.fidelity > docs/fidelity.md` brings it there."""
    assert PAGE.read_text() == page()
