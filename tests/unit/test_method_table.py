"""Each method of the client is what its row of the operation table says."""

from __future__ import annotations

import re
from datetime import datetime
from inspect import Parameter as Argument
from inspect import iscoroutinefunction
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import pytest

from instagram_async import Client, Comment, Pager, WindowedPager
from instagram_async.v1 import operations as table
from instagram_async.v1.openapi.methods import Method, methods

TYPES: dict[str, list[set[Any]]] = {
    "string": [{str}, {str, int}],
    "integer": [{int}],
    "number": [{float}],
    "instant": [{datetime, int}],
}


@pytest.fixture(params=methods(), ids=[one.operation.name for one in methods()])
def method(request: pytest.FixtureRequest) -> Method:
    found = request.param
    assert isinstance(found, Method)
    return found


def kinds(hint: Any) -> set[Any]:
    """The types that an argument may be; a choice of texts is text."""
    if get_origin(hint) is Literal:
        return {type(choice) for choice in get_args(hint)}
    return set(get_args(hint)) if isinstance(hint, UnionType) else {hint}


def arguments(method: Method) -> list[Argument]:
    return [one for one in method.signature.parameters.values() if one.name != "self"]


def test_a_method_takes_what_its_row_says_in_that_order(method: Method) -> None:
    operation = method.operation
    names = [*operation.arguments, *(parameter.name for parameter in operation.parameters)]
    assert [argument.name for argument in arguments(method)] == names


def test_an_argument_of_the_path_is_an_id_or_a_name(method: Method) -> None:
    for argument in arguments(method)[: len(method.operation.arguments)]:
        assert argument.kind is Argument.POSITIONAL_OR_KEYWORD
        assert kinds(argument.annotation) in TYPES["string"]
        assert argument.default in (Argument.empty, "self")


def test_a_parameter_has_the_type_and_the_place_that_its_row_says(method: Method) -> None:
    operation = method.operation
    for parameter in operation.parameters:
        argument = method.signature.parameters[parameter.name]
        given = kinds(argument.annotation)
        if parameter.required:
            assert argument.kind is Argument.POSITIONAL_OR_KEYWORD
            assert argument.default is Argument.empty
        else:
            assert argument.kind is Argument.KEYWORD_ONLY
            assert argument.default is None
            assert NoneType in given
        assert given - {NoneType} in TYPES[parameter.kind], parameter.name


def test_a_method_gives_what_its_row_says(method: Method) -> None:
    operation, given = method.operation, method.signature.return_annotation
    is_list = operation.paging is not None
    assert iscoroutinefunction(getattr(Client, operation.name)) is not is_list
    if is_list:
        assert get_origin(given) is (WindowedPager if operation.windowed else Pager)
        assert get_args(given) == (operation.model,)
    elif operation.model is NoneType:
        assert given is None
    elif operation is table.CREATE_COMMENT:
        assert kinds(given) == {Comment, NoneType}
    else:
        assert given is operation.model


def test_a_docstring_names_its_operation_and_its_row(method: Method) -> None:
    operation = method.operation
    found = re.fullmatch(
        r"Implements `(\w+) /(\S+)` \(reference A\.\d, row (\d+)(; A\.9)?\)\.",
        method.docstring.source,
    )
    assert found is not None
    assert found[1] == operation.method
    assert re.sub(r"\{\w+\}", "{}", found[2]) == operation.template
    assert int(found[3]) == operation.row


def test_a_docstring_tells_of_each_argument_and_nothing_else(method: Method) -> None:
    told = method.docstring
    assert set(told.arguments) == {argument.name for argument in arguments(method)}
    assert all(told.arguments.values())
    assert told.summary.endswith(".")
    assert bool(told.returns) is (method.signature.return_annotation is not None)
