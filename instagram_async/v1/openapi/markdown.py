"""The page of the docs that lists all operations: pure."""

from __future__ import annotations

from datetime import datetime
from inspect import Parameter as Argument
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from instagram_async.v1.openapi.methods import Group, Method, groups, methods
from instagram_async.v1.openapi.replies import pagination_keys

_OPENING = """\
# Operations

All {count} operations of v1, each a method of `Client`. This page is made from the operation
table and the docstrings by `python -m instagram_async.v1.openapi --markdown`; without the option
it prints an OpenAPI 3.1 document of the same, which the [local server](local_server.md) serves at
`/openapi.json`.

A method that gives a pager is a plain function and sends nothing; the others are coroutines.
Paging is the key of `pagination` that names the next page; *one page* is all that there is.
Scope is what a token must allow, for apps since November 2015. An operation with ¹ could be
called with a `client_id` alone before 2016. Row is that of the [reference](reference.md).
"""


def page() -> str:
    """The page, as it is kept in `docs/operations.md`."""
    every = methods()
    lines = [
        _OPENING.format(count=len(every)),
        "| operation | method | gives | paging | scope | deprecated | row |",
        "|---|---|---|---|---|---|---|",
        *[_row(method) for method in every],
    ]
    for group in groups():
        lines += ["", *_group(group, every)]
    return "\n".join(lines) + "\n"


def _row(method: Method) -> str:
    operation = method.operation
    cells = (
        f"`{operation.method} {method.path}`{'¹' if operation.public else ''}",
        f"[`{_call(method)}`](#{operation.name})",
        _code(_name(method.signature.return_annotation)),
        _paging(method),
        f"`{operation.scope}`",
        operation.deprecated or "",
        str(operation.row),
    )
    return f"| {' | '.join(cells)} |"


def _group(group: Group, every: tuple[Method, ...]) -> list[str]:
    own = [method for method in every if method.section == group.name]
    lines = [f"## Section {group.name}", "", group.docstring.summary]
    for method in own:
        lines += ["", *_section(method)]
    return lines


def _section(method: Method) -> list[str]:
    operation, told = method.operation, method.docstring
    lines = [f"### {operation.name}", "", f"`{operation.method} {method.path}`: {told.summary}"]
    if told.details:
        lines += ["", told.details]
    arguments = [one for name, one in method.signature.parameters.items() if name != "self"]
    if arguments:
        lines += ["", "| parameter | type | default | |", "|---|---|---|---|"]
        lines += [_argument(method, one) for one in arguments]
    if told.returns:
        lines += ["", f"Gives {_code(_name(method.signature.return_annotation))}: {told.returns}"]
    if keys := pagination_keys(operation):
        lines += ["", f"Keys of `pagination`: {', '.join(_code(key) for key in keys)}."]
    return lines


def _argument(method: Method, argument: Argument) -> str:
    default = argument.default
    told = method.docstring.arguments.get(argument.name, "")
    undocumented = {one.name for one in method.operation.parameters if not one.documented}
    cells = (
        _code(argument.name),
        _code(_name(argument.annotation)),
        "" if default is Argument.empty else _code(_quoted(default)),
        f"{told} (Undocumented.)" if argument.name in undocumented else told,
    )
    return f"| {' | '.join(cells)} |"


def _call(method: Method) -> str:
    parts: list[str] = []
    for name, argument in method.signature.parameters.items():
        if name == "self":
            continue
        if argument.kind is Argument.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        has_value = argument.default not in (Argument.empty, None)
        parts.append(f"{name}={_quoted(argument.default)}" if has_value else name)
    return f"{method.operation.name}({', '.join(parts)})"


def _paging(method: Method) -> str:
    if method.operation.paging is None:
        return ""
    keys = pagination_keys(method.operation)
    if keys:
        return _code(next(key for key in keys if key != "next_url"))
    return "spans of time" if method.operation.windowed else "one page"


def _name(hint: Any) -> str:
    """A type as the source has it."""
    if hint is None or hint is NoneType:
        return "None"
    inner = get_args(hint)
    if isinstance(hint, UnionType):
        return " | ".join(_name(arg) for arg in inner)
    if get_origin(hint) is Literal:
        return " | ".join(_quoted(arg) for arg in inner)
    if inner:
        return f"{hint.__name__}[{', '.join(_name(arg) for arg in inner)}]"
    return "datetime" if hint is datetime else hint.__name__


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")
