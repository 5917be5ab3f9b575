"""The command that goes on where another one has stopped. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

_NAME = "instagram-async"


def going_on(arguments: Sequence[str], place: Mapping[str, str]) -> str:
    """Say what to type to go on.

    Args:
        arguments: of the command that has stopped.
        place: the options that say where, and how much is left; they take the place of those
            that the command had.

    Returns:
        A line for a shell.

    Example:
        >>> place = {"--limit": "20", "--resume": "1.abc"}
        >>> going_on(["user-recent", "self", "--limit", "50"], place)
        'instagram-async user-recent self --limit 20 --resume 1.abc'
    """
    more = [word for option in place.items() for word in option]
    return shlex.join([_NAME, *_without(arguments, place), *more])


def _without(arguments: Sequence[str], options: Mapping[str, str]) -> list[str]:
    """Arguments without some options and their values."""
    kept: list[str] = []
    given = iter(arguments)
    for argument in given:
        name, equals, _ = argument.partition("=")
        if name not in options:
            kept.append(argument)
        elif not equals:
            next(given, None)
    return kept
