"""The public names as text, line by line: what users can import, call, and ask of what they get.

`python -m tests.support.public_api` renews the texts that `tests/unit/test_public_api.py` compares.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Iterable, Iterator
from keyword import iskeyword
from pathlib import Path
from typing import Any

import attrs

from tests.support.public import MODULES, names_of
from tests.support.public_commands import commands

FOLDER = Path(__file__).parents[1] / "fixtures"
RENEW = "python -m tests.support.public_api"
# What else a class can be used for: loops, blocks, calls.
_USES = ("__aenter__", "__aiter__", "__anext__", "__call__", "__enter__", "__iter__", "__len__")
_ATTRIBUTES = re.compile(r"^Attributes:\n((?:    .*\n|\n)*)", re.MULTILINE)


class _Raw:
    """An annotation, shown as it is written."""

    def __init__(self, said: Any) -> None:
        self._text = getattr(said, "__forward_arg__", said)  # of a named tuple

    def __repr__(self) -> str:
        text = self._text
        return text if isinstance(text, str) else inspect.formatannotation(text)


def api() -> str:
    """All modules."""
    lines: list[str] = []
    for module in MODULES:
        lines += [f"# {module.__name__}", ""]
        for name in sorted(names_of(module)):
            lines += [*_described(name, getattr(module, name)), ""]
    text = "\n".join(lines).replace("typing.", "").rstrip() + "\n"
    return re.sub(r"frozenset\(\{(.*?)\}\)", _ordered, text)


def _ordered(found: re.Match[str]) -> str:
    """A set's text, which is not the same in every process."""
    return f"frozenset({{{', '.join(sorted(found[1].split(', ')))}}})"


def _described(name: str, value: Any) -> Iterator[str]:
    if inspect.isclass(value):
        public = [one.__name__ for one in value.__bases__ if one.__name__ in _PUBLIC]
        yield f"class {name}({', '.join(public)})" if public else f"class {name}"
        if _is_made_by_users(value):
            yield f"    {_signed(name, value).removesuffix(' -> None')}"
        yield from (f"    {line}" for _, line in sorted(_members(value).items()))
    elif inspect.isfunction(value):
        yield _signed(name, value)
    else:
        yield name if name == "__version__" else f"{name} = {_Raw(value)}"


def _members(kind: type[Any]) -> dict[str, str]:
    """What a class has that is ours, public, and not that of a public class above it."""
    documented = _ATTRIBUTES.search(inspect.cleandoc(kind.__doc__ or "") + "\n")
    names = re.findall(r"(?m)^    (\w+):", documented[1] if documented else "")
    found = {name: name for name in names}
    for owner in reversed(kind.__mro__):
        if owner is kind or (_is_ours(owner) and owner.__name__ not in _PUBLIC):
            members = {name: _member(name, value) for name, value in vars(owner).items()}
            found.update({name: line for name, line in members.items() if _is_shown(name)})
    written = {name: said for one in reversed(kind.__mro__) for name, said in _written(one)}
    fields = [one.name for one in attrs.fields(kind)] if attrs.has(kind) else []
    for name in filter(_is_shown, [*fields, *getattr(kind, "_fields", ())]):
        found[name] = f"{name}: {_Raw(written[name])}"
    return found


def _written(kind: type[Any]) -> Iterable[tuple[str, Any]]:
    """Annotations as they stand in the class; attrs' own may have been resolved meanwhile."""
    written: dict[str, Any] = vars(kind).get("__annotations__", {})
    return written.items()


def _is_shown(name: str) -> bool:
    return name in _USES or not (name.startswith("_") or iskeyword(name))


def _member(name: str, value: Any) -> str:
    if name in _USES:
        return name
    if isinstance(value, (staticmethod, classmethod)):
        return f"{type(value).__name__} {_signed(name, value.__func__, skip=1)}"
    if isinstance(value, (property, functools.cached_property)):
        getter: Any = value.fget if isinstance(value, property) else value.func
        return f"{name}: {_Raw(getter.__annotations__.get('return'))}"
    return _signed(name, value, skip=1) if inspect.isfunction(value) else name


def _is_ours(kind: type[Any]) -> bool:
    return kind.__module__.startswith("instagram_async")


def _is_made_by_users(kind: type[Any]) -> bool:
    """Whether its documentation says what it is made from, or that is nothing."""
    doc = kind.__doc__ or ""
    if issubclass(kind, BaseException):
        return any("__init__" in vars(one) for one in kind.__mro__ if _is_ours(one))
    is_value = attrs.has(kind) or hasattr(kind, "_fields")
    is_told = "Args:" in doc or (is_value and "Attributes:" in doc)
    return is_told or not inspect.signature(kind).parameters


def _signed(name: str, value: Any, skip: int = 0) -> str:
    """A signature, without the first parameters that are filled in by themselves."""
    signature = inspect.signature(value)
    shown = [
        one if one.annotation is one.empty else one.replace(annotation=_Raw(one.annotation))
        for one in list(signature.parameters.values())[skip:]
    ]
    given = signature.return_annotation
    result = "" if given in (signature.empty, None) else f" -> {_Raw(given)}"
    word = "async " if inspect.iscoroutinefunction(value) else ""
    bare = signature.replace(parameters=shown, return_annotation=signature.empty)
    return f"{word}{name}{bare}{result}"


_PUBLIC = {name for module in MODULES for name in names_of(module)}
TEXTS = {"public_api.txt": api, "public_commands.txt": commands}


if __name__ == "__main__":
    for file, text in TEXTS.items():
        (FOLDER / file).write_text(text())
