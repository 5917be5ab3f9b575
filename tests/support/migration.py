"""The tables of the page on python-instagram, as values."""

from __future__ import annotations

import ast
import inspect
import re
from types import NoneType, UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

from attrs import frozen

import instagram_async
from instagram_async import (
    Client,
    Comment,
    Location,
    Media,
    OAuth,
    Page,
    Relationship,
    Reply,
    Tag,
    User,
)
from tests.support.snippets import ROOT

PAGE = (ROOT / "docs" / "migration.md").read_text()
PLAIN = re.sub(r"(?ms)^```.*?^```$", "", PAGE)
"""The page without its blocks of code."""

KINDS: dict[str, Any] = {
    "client": Client,
    "comment": Comment,
    "location": Location,
    "media": Media,
    "oauth": OAuth,
    "page": Page,
    "relationship": Relationship,
    "reply": Reply,
    "tag": Tag,
    "user": User,
    "video": Media,
}
"""What the page calls things of ours, and their classes."""


@frozen
class Pair:
    """One row: theirs, what it gives, and ours; `None` where there is no counterpart."""

    old: str | None
    here: str | None
    gives: str = ""
    note: str = ""

    @property
    def theirs(self) -> str:
        """Theirs, of a row that has it."""
        assert self.old is not None
        return self.old

    @property
    def ours(self) -> str:
        """Ours, of a row that has it."""
        assert self.here is not None
        return self.here

    @property
    def method(self) -> str:
        """What is called of theirs."""
        found = re.match(r"api\.(\w+)\(", self.theirs)
        assert found, self
        return found[1]


def tables(title: str) -> list[list[list[str]]]:
    """The rows of the tables below a heading, whatever its level, cell by cell."""
    (found,) = re.findall(rf"(?ms)^(#+) {title}\n(.*?)(?=\n#|\Z)", PLAIN)
    kept: list[list[list[str]]] = []
    for block in re.findall(r"(?m)(?:^\|.*\n)+", found[1] + "\n"):
        lines = [line[1:-1].split("|") for line in block.splitlines()]
        rows = [[cell.strip() for cell in line] for line in lines]
        assert {len(row) for row in rows} == {len(rows[0])}, rows[0]
        kept.append(rows[2:])
    return kept


def spans(cell: str) -> list[str]:
    """What stands in a cell as code."""
    return re.findall(r"`([^`]+)`", cell)


def only(cell: str) -> str | None:
    """The one piece of code of a cell."""
    found = spans(cell)
    assert len(found) <= 1, cell
    return found[0] if found else None


METHODS = ("Users and relationships", "Media, comments, likes", "Tags, locations, geographies")
OF_THE_APP = ("Subscriptions", "OAuth")


def pairs(*titles: str) -> list[Pair]:
    """The rows of the tables of methods."""
    return [
        Pair(only(old), only(here), only(gives) or "", note)
        for title in titles
        for table in tables(title)
        for old, gives, here, note in table
    ]


def models() -> list[Pair]:
    """The rows of the table of models."""
    (table,) = tables("Models")
    return [Pair(only(old), only(here), note=note) for old, here, note in table]


def check(code: str) -> None:
    """Let through what can be called, or read, so; arguments are bound to the signature.

    Raises:
        AttributeError: there is no such name.
        TypeError: it takes other arguments.
    """
    _named(ast.parse(code.removeprefix("await "), mode="eval").body)


def _named(node: ast.expr) -> Any:
    """The class of what an expression gives, `None` where that can't be told."""
    match node:
        case ast.Call(ast.Name(name), args, keywords):
            called = getattr(instagram_async, name)
            _bind(called, args, keywords)
            return called if inspect.isclass(called) else _kind(_hint(called, "return"))
        case ast.Call(ast.Attribute(value, name), args, keywords):
            kind = _named(value)
            called = getattr(kind, name)
            _bind(called, [value, *args], keywords)
            given = _hint(called, "return")
            return kind if given is Self else _kind(given)
        case ast.Attribute(value, name):
            kind = _named(value)
            found = getattr(kind, name)
            if isinstance(found, property):
                return _kind(_hint(found.fget, "return"))
            return _kind(_hint(kind, name))
        case ast.Subscript(value):
            return _named(value)
        case ast.Name(name):
            return KINDS.get(name) or getattr(instagram_async, name)
        case _:
            raise AttributeError(f"neither a call nor an attribute: {ast.unparse(node)}")


def _bind(called: Any, args: list[ast.expr], keywords: list[ast.keyword]) -> None:
    given = {keyword.arg or "": keyword.value for keyword in keywords}
    inspect.signature(called).bind(*args, **given)


def _hint(holder: Any, name: str) -> Any:
    return get_type_hints(holder).get(name)


def _kind(hint: Any) -> Any:
    """The class that a hint is about: of an optional thing, or of many things, the thing's."""
    if get_origin(hint) in (Union, UnionType, tuple):
        (hint,) = {one for one in get_args(hint) if one not in (NoneType, Ellipsis)}
    return get_origin(hint) or hint
