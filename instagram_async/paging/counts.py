"""Numbers that say how many: of pages, of requests, of items."""

from __future__ import annotations


def positive(name: str, value: int) -> int:
    """A number from 1 on.

    Args:
        name: what it is, for the error.
        value: the number.

    Raises:
        ValueError: it is no whole number, or not positive.

    Example:
        >>> positive("pages", 3)
        3
    """
    if type(value) is not int or value < 1:
        raise ValueError(f"{name} must be a whole number from 1 on: {value!r}")
    return value
