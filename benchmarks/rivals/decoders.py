"""Ways to read a page, by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

from instagram_async import InstagramError, Media, Response
from instagram_async.v1.envelope import Origin, page_of


def ours(body: bytes) -> tuple[Media, ...]:
    """Read a page as the client does, envelope and all.

    Raises:
        InstagramError: it can't be read.
        TypeError: an item can't be read.
    """
    reply = page_of(Media, Origin("GET users/{id}/media/recent"), Response(200, {}, body))
    if isinstance(reply, InstagramError):
        raise reply
    items = tuple(item for item in reply.items if isinstance(item, Media))
    if len(items) != len(reply.items):
        raise TypeError("an item can't be read")
    return items


def installed() -> tuple[dict[str, Callable[[bytes], Any]], list[str]]:
    """The rivals, ours first, and the names of those that are not installed."""
    found: dict[str, Callable[[bytes], Any]] = {"instagram_async": _page, "json.loads": json.loads}
    missing: list[str] = []
    for name, module, function in (
        ("orjson.loads", "orjson", "loads"),
        ("msgspec Structs", "benchmarks.rivals.structs", "decode"),
        ("pydantic", "benchmarks.rivals.pydantic_models", "decode"),
        ("plain cattrs", "benchmarks.rivals.plain_cattrs", "decode"),
    ):
        try:
            found[name] = getattr(import_module(module), function)
        except ModuleNotFoundError:
            missing.append(name)
    return found, missing


def _page(body: bytes) -> Any:
    return page_of(Media, Origin("GET users/{id}/media/recent"), Response(200, {}, body))
