"""The hunt: looks for secrets wherever somebody else might come across them."""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import TracebackType
from urllib.parse import quote, quote_plus

_SIGNATURE = re.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")  # only a `sig` is that long
_DEPTH = 3

Shown = tuple[str, str]
"""A place, and the text that stands there."""


class Hunt:
    """Finds secrets in exceptions, log records and values.

    Args:
        secrets: the canaries.
        blind: source files whose frames hold the canaries by right: the tests themselves.
    """

    def __init__(self, *secrets: str, blind: Iterable[str] = ()) -> None:
        self._shapes = {shape for secret in secrets for shape in shapes(secret)}
        self._blind = frozenset(blind)

    def exception(self, error: BaseException | None) -> list[str]:
        """Where secrets are in an exception and in all that hangs on it."""
        return self._leaks(shown(error, self._blind.__contains__))

    def records(self, records: Iterable[logging.LogRecord]) -> list[str]:
        """Where secrets are in log records."""
        found: list[str] = []
        for record in records:
            place = f"log of {record.name}"
            found += self.value(record.getMessage(), place)
            found += self.value(vars(record), place)
            if record.exc_info:
                found += self.exception(record.exc_info[1])
        return found

    def value(self, value: object, place: str = "value") -> list[str]:
        """Where secrets are in a value, and in the containers that it is made of."""
        return self._leaks(texts(value, place))

    def _leaks(self, shown: Iterable[Shown]) -> list[str]:
        return [
            f"{place}: {text:.80}"
            for place, text in shown
            if any(shape in text for shape in self._shapes) or _SIGNATURE.search(text)
        ]


def shown(
    error: BaseException | None, blind: Callable[[str], bool], depth: int = _DEPTH
) -> Iterator[Shown]:
    """What an exception and all that hangs on it show, and where.

    Args:
        error: the exception.
        blind: tells the source files whose frames are left out.
        depth: how far to look into containers, besides at their text.
    """
    waiting: list[tuple[str, BaseException | None]] = [("", error)]
    seen: set[int] = set()
    while waiting:
        place, error = waiting.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        place += type(error).__name__
        yield f"{place}: str", str(error)
        yield from texts(error, f"{place}: repr", depth)
        yield from texts(error.args, f"{place}: args", depth)
        yield from texts(vars(error), f"{place}: vars", depth)
        yield from _frames(error.__traceback__, place, blind, depth)
        waiting.append((f"{place}, cause ", error.__cause__))
        waiting.append((f"{place}, context ", error.__context__))
        if isinstance(error, BaseExceptionGroup):
            waiting += [(f"{place}, of a group ", inner) for inner in error.exceptions]


def texts(value: object, place: str, depth: int = _DEPTH) -> Iterator[Shown]:
    """What a value shows, and what the containers show that it is made of."""
    yield place, value if isinstance(value, str) else _text(value)
    if depth:
        for inner in _inside(value):
            yield from texts(inner, place, depth - 1)


def _frames(
    trace: TracebackType | None, place: str, blind: Callable[[str], bool], depth: int
) -> Iterator[Shown]:
    while trace is not None:
        code = trace.tb_frame.f_code
        if not blind(code.co_filename):
            for name, local in trace.tb_frame.f_locals.items():
                yield from texts(local, f"{place}: {name} of {code.co_qualname}", depth)
        trace = trace.tb_next


def _text(value: object) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    try:
        return f"{value!r}\n{value!s}"
    except Exception as error:  # noqa: BLE001 - a value half made has no text yet
        return type(error).__name__


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value


@lru_cache
def shapes(secret: str) -> frozenset[str]:
    """A secret as it is, percent-encoded, escaped, and in base64."""
    return frozenset(_shapes(secret))


def _shapes(secret: str) -> Iterator[str]:
    yield secret
    yield quote(secret)
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield json.dumps(secret)[1:-1]
    yield repr(secret)[1:-1]
    yield repr(secret.encode())[2:-1]
    raw = secret.encode()
    for shift in range(3):  # what stands before it moves the letters of base64
        letters = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        inner = letters[-(-shift * 8 // 6) : len(letters) - 1]
        yield inner
        yield inner.replace("+", "-").replace("/", "_")
