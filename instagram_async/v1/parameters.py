"""Arguments to wire parameters: pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import ceil, floor, isfinite
from typing import Any
from urllib.parse import quote

from instagram_async.transport import Pairs

Scalar = str | int | float | datetime
"""What an argument of an operation may be."""


def fill(template: str, args: tuple[str | int, ...]) -> str:
    """Put arguments into a path.

    Args:
        template: a path with `{}` for each argument, such as `users/{}/media/recent`.
        args: the arguments; each becomes one percent-encoded segment.

    Returns:
        The path, safe to put behind a base URL.

    Raises:
        ValueError: an argument is empty, or would climb to another path; or the template
            has other braces, or a leading slash.
        TypeError: an argument is no text or number, or there are too many or too few.
    """
    fixed = template.replace("{}", "")
    if "{" in fixed or "}" in fixed or template.startswith("/"):
        raise ValueError(f"a path is like users/{{}}/media/recent, not {template!r}")
    if template.count("{}") != len(args):
        raise TypeError(f"{template} takes {template.count('{}')} arguments, not {len(args)}")
    return template.format(*[_segment(template, arg) for arg in args])


def _segment(template: str, arg: object) -> str:
    if isinstance(arg, bool) or not isinstance(arg, str | int):
        raise TypeError(f"{template} takes text or whole numbers, not {arg!r}")
    text = str(arg)
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} can't stand in the path {template}")
    return quote(text, safe="")


def pairs(arguments: Mapping[str, Any]) -> Pairs:
    """Turn named arguments into wire parameters.

    Args:
        arguments: values by the wire's names; `None` means not given and is left out.

    Returns:
        Names and raw values, in the order given. Instants become epoch seconds.

    Raises:
        ValueError: an instant has no time zone, or a `count` is below one.
        TypeError: a value is of a type that the wire has no form for.
    """
    return tuple(
        (name, _text(name, value)) for name, value in arguments.items() if value is not None
    )


def _text(name: str, value: object) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{name} has no time zone: {value!r}")
        # A bound keeps to its side of the second.
        return str((ceil if name.startswith("min_") else floor)(value.timestamp()))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError(f"{name} must be text, a number or an aware datetime, not {value!r}")
    if name == "count" and (isinstance(value, str | float) or value < 1):  # reference A
        raise ValueError(f"count must be a whole number of at least 1, not {value!r}")
    if name.endswith("_timestamp") and not isinstance(value, int):
        raise TypeError(f"{name} must be an aware datetime or whole seconds, not {value!r}")
    if isinstance(value, float):
        return _decimal(name, value)
    text = str(value)
    if not text.isascii() and text.encode(errors="replace").decode() != text:
        raise ValueError(f"{name} is no text that UTF-8 can hold: {value!r}")
    return text


def _decimal(name: str, value: float) -> str:
    if not isfinite(value):
        raise ValueError(f"{name} must be a number, not {value!r}")
    text = repr(value)
    return f"{value:.12f}".rstrip("0").rstrip(".") if "e" in text else text  # no exponents
