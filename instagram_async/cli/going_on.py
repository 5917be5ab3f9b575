"""The command that goes on where another one has stopped. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

_NAME = "instagram-async"


def going_on(arguments: Sequence[str], checkpoint: str, left: int | None) -> str:
    """Say what to type to go on.

    Args:
        arguments: of the command that has stopped.
        checkpoint: where.
        left: how many items are left of its limit, `None` if it had none.

    Returns:
        A line for a shell.

    Example:
        >>> going_on(["user-recent", "self", "--limit", "50"], "1.abc", 20)
        'instagram-async user-recent self --limit 20 --resume 1.abc'
    """
    more = ["--resume", checkpoint]
    if left is not None:
        more = ["--limit", str(left), *more]
    return shlex.join([_NAME, *_without(arguments, "--resume", "--limit"), *more])


def _without(arguments: Sequence[str], *options: str) -> list[str]:
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
