"""The commands with their options, and the exit codes, as text: a line each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import getitem
from typing import Any

from cyclopts import App

from instagram_async.cli import exits
from instagram_async.cli.app import app


def commands() -> str:
    """All of them; what has to be given stands in angle brackets."""
    there = vars(exits).items()
    codes = [f"{code} {name}" for name, code in there if name.isupper() and isinstance(code, int)]
    lines = [_line(words) for words in sorted(paths())]
    return "\n".join(["# exit codes", *codes, "", "# commands", *lines]) + "\n"


def paths(below: App = app, *path: str) -> Iterator[tuple[str, ...]]:
    """The words of each command; one that only lists others is none."""
    for name in below:
        if not name.startswith("-"):
            inner = list(paths(below[name], *path, name))
            yield from inner or [(*path, name)]


def _line(words: tuple[str, ...]) -> str:
    command: App = reduce(getitem, words, app)
    options = command.assemble_argument_collection(parse_docstring=False)
    return " ".join([*words, *(_named(option) for option in options if option.show)])


def _named(option: Any) -> str:
    names = "|".join(option.names)
    return f"<{names}>" if option.required else names
