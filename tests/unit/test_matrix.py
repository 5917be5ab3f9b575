"""No operation is left out of the tests that go through all of them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from instagram_async import Client
from instagram_async.v1.endpoints.section import Section
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS, USER
from tests.support.exchanges import EXCHANGES, SHORTCUTS
from tests.support.fixtures import own
from tests.support.known_errors import KNOWN

TYPING = Path(__file__).parents[1] / "typing"
NO_EXCHANGE = {"settle"}  # two operations in one: test_writes.py


def operation_name(operation: Operation[object]) -> str:
    return operation.name


def methods() -> set[str]:
    """The public methods of all sections of the client."""
    sections = [cls for cls in Client.__mro__ if Section in cls.__bases__ and cls is not Client]
    return {
        name
        for section in sections
        for name, _ in inspect.getmembers(section, inspect.isfunction)
        if not name.startswith("_")
    }


def test_every_public_method_has_an_exchange() -> None:
    assert {each.name for each in (*EXCHANGES, *SHORTCUTS)} == methods() - NO_EXCHANGE


@pytest.mark.parametrize("operation", OPERATIONS, ids=operation_name)
def test_every_operation_has_an_exchange_and_a_fixture(operation: Operation[object]) -> None:
    assert [each.name for each in EXCHANGES if each.operation is operation] == [operation.name]
    assert [each.name for each in own() if operation in each.operations] != []


@pytest.mark.parametrize("name", sorted(methods()))
def test_every_method_is_in_the_tests_of_types(name: str) -> None:
    call = re.compile(rf"\bclient\.{name}\(")
    assert call.search((TYPING / "right_operations.py").read_text())
    untyped = {"unfollow", "block", "unblock", "approve", "ignore"}  # as `follow`
    wrong = call.search((TYPING / "wrong_operations.py").read_text())
    assert wrong or name in untyped, name


def test_every_row_of_the_known_errors_is_another() -> None:
    rows = [(known.error_type, known.words, known.status) for known in KNOWN]
    assert len(set(rows)) == len(rows)
    assert len(rows) >= 42


def test_what_is_no_list_has_no_pager() -> None:
    with pytest.raises(TypeError, match="is no listing"):
        Client()._pager(USER)
