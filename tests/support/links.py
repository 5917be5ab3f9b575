"""Links of Markdown, and where they can lead."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(r"(?ms)^(`{3,}|~{3,}).*?^\1$")
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"(?m)^#{1,6} (.+)$")


class Link(NamedTuple):
    """A link to a file here.

    Attributes:
        page: where it stands.
        path: the file that it leads to.
        anchor: the heading, empty if it names none.
    """

    page: Path
    path: Path
    anchor: str


def links(page: Path) -> list[Link]:
    """All of a page that lead to no other host."""
    text = _CODE.sub("", _FENCE.sub("", page.read_text()))
    found = [target.partition("#") for target in _LINK.findall(text) if "://" not in target]
    return [
        Link(page, (page.parent / path).resolve() if path else page, anchor)
        for path, _, anchor in found
    ]


@cache
def anchors(page: Path) -> frozenset[str]:
    """The names of a page's headings, as git hosts and sphinx give them."""
    seen = Counter[str]()
    names = set[str]()
    for heading in _HEADING.findall(_FENCE.sub("", page.read_text())):
        shown = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        name = re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
        names.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return frozenset(names)
