"""The operation table and the client's methods, side by side: pure."""

from __future__ import annotations

import re
from functools import cache
from inspect import Signature, signature
from typing import Any, NamedTuple

from instagram_async.v1.client import Client
from instagram_async.v1.endpoints.section import Section
from instagram_async.v1.openapi.docstrings import Docstring, parsed
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS

_PLACEHOLDER = re.compile(r"\{\w+\}")


class Method(NamedTuple):
    """An operation with the method that carries it out.

    Attributes:
        operation: its row of the table.
        section: the section of the API's reference, such as `users`.
        signature: the method's, with types in place of their names.
        docstring: the method's.
    """

    operation: Operation[Any]
    section: str
    signature: Signature
    docstring: Docstring

    @property
    def path(self) -> str:
        """The path as v1's documentation has it, such as `/users/{user-id}`."""
        names = iter(self.operation.arguments)
        path = _PLACEHOLDER.sub(lambda _: f"{{{wire_name(next(names))}}}", self.operation.path)
        return f"/{path}"


class Group(NamedTuple):
    """A section of the API's reference.

    Attributes:
        name: such as `users`.
        docstring: of the class that holds its methods.
    """

    name: str
    docstring: Docstring


def wire_name(argument: str) -> str:
    """What v1's documentation calls an argument of a path, such as `user-id`."""
    return "tag-name" if argument == "name" else argument.replace("_", "-")


@cache
def methods() -> tuple[Method, ...]:
    """The methods of all operations, in the order of the table."""
    return tuple(_method(operation) for operation in OPERATIONS)


def groups() -> tuple[Group, ...]:
    """The sections, in the order in which the table comes to them."""
    classes = dict.fromkeys(_holder(operation.name) for operation in OPERATIONS)
    return tuple(Group(_section(cls), parsed(cls.__doc__)) for cls in classes)


def _method(operation: Operation[Any]) -> Method:
    function = getattr(Client, operation.name)
    return Method(
        operation,
        _section(_holder(operation.name)),
        signature(function, eval_str=True),
        parsed(function.__doc__),
    )


def _holder(name: str) -> type[Section]:
    return next(cls for cls in Client.__mro__ if issubclass(cls, Section) and name in vars(cls))


def _section(holder: type[Section]) -> str:
    return holder.__module__.rpartition(".")[2]
