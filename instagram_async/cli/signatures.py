"""Signatures and words of commands, made of those of the client's methods. Pure."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, get_type_hints

from cyclopts import Parameter, Token

# What stands in an example for an argument; any other is written as it is called.
_SAMPLES = {
    "user_id": "25025320", "action": "follow", "lat": "48.858", "lng": "2.294",
    "q": "snow", "name": "snow",
}  # fmt: skip
_INSTANTS = {
    "min_timestamp": ("since", "Only what is of this time or later"),
    "max_timestamp": ("until", "Only what is of this time or earlier"),
}
_TIME = ": seconds since 1970, or a day or time such as 2014-01-31T12:00, UTC if it says no zone."
_SECTION = re.compile(r"^Args:\n((?:    .*\n|\n)*)", re.MULTILINE)


def command_name(method: str) -> str:
    """What a method's command is called.

    Example:
        >>> command_name("user_recent")
        'user-recent'
    """
    return method.replace("_", "-")


def signature_of(method: Callable[..., Any], **options: type[Any]) -> inspect.Signature:
    """The signature of a method's command.

    Args:
        method: of a class.
        options: dataclasses of options, by the names under which the command gets them.
    """
    hints = get_type_hints(method)
    own = [
        parameter.replace(annotation=_hint(parameter, hints[parameter.name]))
        for parameter in list(inspect.signature(method).parameters.values())[1:]
    ]
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=kind(), annotation=kind)
        for name, kind in options.items()
    ]
    return inspect.Signature([*own, *more])


def words_of(method: Callable[..., Any], example: str) -> str:
    """What a command's help says.

    Args:
        method: whose first line and arguments it takes over.
        example: a line for a shell.
    """
    text = inspect.cleandoc(method.__doc__ or "")
    summary = text.partition("\n")[0]
    section = _SECTION.search(f"{text}\n")
    arguments = f"\n\nArgs:\n{section[1].rstrip()}\n" if section else ""
    words = f"{summary}\n\nExample: `{example}`{arguments}"
    return words.replace("change_relationship", "change-relationship")  # the one that is named


def example_of(signature: inspect.Signature, command: Sequence[str], options: str = "") -> str:
    """A line for a shell that shows what a command takes.

    Args:
        signature: of the command.
        command: its names, from the program's on.
        options: of the example.
    """
    words = [_word(parameter) for parameter in signature.parameters.values()]
    return " ".join([*command, *filter(None, words), options]).rstrip()


def _word(parameter: inspect.Parameter) -> str:
    """What stands for a parameter in an example; a point is always given."""
    name, sample = parameter.name, _SAMPLES.get(parameter.name)
    if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
        return f"--{name} {sample}" if name in ("lat", "lng") else ""
    return "self" if parameter.default == "self" else sample or name.upper()


def instant(_: object, tokens: Sequence[Token]) -> datetime:
    """Read an instant: seconds since 1970, or a day or time of ISO 8601, UTC if it says no zone.

    Raises:
        ValueError: it is neither.
    """
    text = tokens[0].value
    try:
        if re.fullmatch(r"\d{9,}", text):  # eight are a day
            return datetime.fromtimestamp(int(text), UTC)
        found = datetime.fromisoformat(text)
    except (OverflowError, ValueError):
        raise ValueError(f"{text!r} is no day, no time, and no second that there was") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _hint(parameter: inspect.Parameter, hint: Any) -> Any:
    if parameter.name not in _INSTANTS:
        return hint
    nickname, meaning = _INSTANTS[parameter.name]
    names = [f"--{nickname}", f"--{command_name(parameter.name)}"]
    return Annotated[
        datetime | None,
        Parameter(name=names, converter=instant, help=meaning + _TIME),
    ]
