"""What users import: the names of the four public modules, and what belongs to each."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cached_property
from types import ModuleType
from typing import Any

import instagram_async
from instagram_async import bulk, server, testing

MODULES = (instagram_async, bulk, server, testing)
NOT_IN_ALL = {"instagram_async": ["RedisStore"]}  # a star would need its extra


def names_of(module: ModuleType) -> list[str]:
    """The public names of a module: its `__all__`, or else what it imports for others."""
    told = [*getattr(module, "__all__", ()), *NOT_IN_ALL.get(module.__name__, ())]
    return told or [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    ]


def public() -> Iterator[tuple[str, Any]]:
    """All of them, as `instagram_async.bulk.merge`, with what they stand for."""
    for module in MODULES:
        for name in names_of(module):
            yield f"{module.__name__}.{name}", getattr(module, name)


def called() -> Iterator[tuple[str, Any]]:
    """Classes and functions among them: what can have a docstring."""
    for name, value in public():
        if inspect.isclass(value) or inspect.isroutine(value):
            yield name, value


def members(kind: type[Any]) -> Iterator[tuple[str, str | None]]:
    """Methods and properties that a class of the package has for users, and their docs."""
    for name in dir(kind):
        value = inspect.getattr_static(kind, name)
        if isinstance(value, (classmethod, staticmethod)):
            value = value.__func__
        if isinstance(value, (property, cached_property)):
            value = value.fget if isinstance(value, property) else value.func
        if not inspect.isfunction(value) or name.startswith("_"):
            continue
        if value.__module__.startswith("instagram_async"):
            yield name, value.__doc__
