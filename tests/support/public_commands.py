"""The commands with their options, and the exit codes, as text: a line each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from instagram_async.cli import exits
from instagram_async.cli.app import app


def commands() -> str:
    """All of them; what has to be given stands in angle brackets."""
    there = vars(exits).items()
    codes = [f"{code} {name}" for name, code in there if name.isupper() and isinstance(code, int)]
    return "\n".join(["# exit codes", *codes, "", "# commands", *_below(app, "")]) + "\n"


def _below(above: Any, path: str) -> Iterator[str]:
    for name in sorted(name for name in above if not name.startswith("-")):
        one = above[name]
        if one.default_command is None:
            yield from _below(one, f"{path}{name} ")
            continue
        options = one.assemble_argument_collection(parse_docstring=False)
        yield " ".join([f"{path}{name}", *(_named(option) for option in options if option.show)])


def _named(option: Any) -> str:
    names = "|".join(option.names)
    return f"<{names}>" if option.required else names
