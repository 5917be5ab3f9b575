"""Docstrings in Google's style, taken apart: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import cleandoc
from typing import NamedTuple

_SECTION = re.compile(r"(Args|Returns|Raises|Example|Attributes):")
_ENTRY = re.compile(r"(\w+): (.*)")
# What is Python's in a docstring, and what it is on the wire.
_WIRE_WORDS = {
    "`None`": "missing",
    "aware, UTC": "text of epoch seconds, UTC",
    "aware or epoch seconds": "epoch seconds",
}
_SOURCE = re.compile(r"(Implements|Built on) `")


class Docstring(NamedTuple):
    """What a docstring says.

    Attributes:
        summary: its first line.
        details: the paragraphs below, up to the first section; empty if there are none.
        arguments: what it says of each argument.
        returns: what is returned, empty if it does not say.
        attributes: what it says of each attribute, of a class.
        source: the line that names the operation and its row of the reference.
    """

    summary: str
    details: str
    arguments: Mapping[str, str]
    returns: str
    attributes: Mapping[str, str]
    source: str


def parsed(docstring: str | None) -> Docstring:
    """Take a docstring apart.

    Args:
        docstring: as it stands in the source; `None` where Python has stripped it.

    Returns:
        Its parts, each in one line; entries go on in lines that are indented deeper.
    """
    sections: dict[str, list[str]] = {"": []}
    held, source = sections[""], ""
    for line in cleandoc(docstring or "").splitlines():
        if found := _SECTION.fullmatch(line):
            held = sections.setdefault(found[1], [])
        elif _SOURCE.match(line):
            source = line
        else:
            held.append(line)
    opening = sections[""]
    return Docstring(
        summary=opening[0] if opening else "",
        details=_prose(opening[1:]),
        arguments=_entries(sections.get("Args", [])),
        returns=_prose(sections.get("Returns", [])),
        attributes=_entries(sections.get("Attributes", [])),
        source=source,
    )


def in_wire_words(text: str) -> str:
    """What a docstring says, for those who see the wire and no Python."""
    for ours, theirs in _WIRE_WORDS.items():
        text = text.replace(ours, theirs)
    return text


def _entries(lines: list[str]) -> dict[str, str]:
    entries: dict[str, str] = {}
    name = ""
    for line in filter(None, cleandoc("\n".join(["", *lines])).splitlines()):
        if found := _ENTRY.match(line):
            name = found[1]
            entries[name] = found[2]
        else:
            entries[name] += f" {line.strip()}"
    return entries


def _prose(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
