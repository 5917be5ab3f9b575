"""A page of a gallery, read as a browser reads it: as markup first."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """What a page consists of.

    Attributes:
        names: of its elements, in their order.
        attributes: of its elements, as (element, attribute, value).
        scripts: texts of its scripts, by their types; "" is what a browser runs.
        style: the text of its style.
        title: the text of its title.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.scripts: dict[str, str] = {}
        self.style = self.title = ""
        self._type = ""
        self.feed(text)
        self.close()

    @property
    def data(self) -> Any:
        """What the page shows."""
        return json.loads(self.scripts["application/json"])

    @property
    def policy(self) -> str:
        """What the page allows itself."""
        (policy,) = [value for _, _, value in self.attributes if value.startswith("default-src")]
        return policy

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes.extend((tag, name, value or "") for name, value in attrs)
        if tag == "script":
            self._type = dict(attrs).get("type") or ""
            assert self._type not in self.scripts
            self.scripts[self._type] = ""

    def handle_data(self, data: str) -> None:
        last = self.names[-1] if self.names else ""
        if last == "script":
            self.scripts[self._type] += data
        elif last in ("style", "title"):
            setattr(self, last, getattr(self, last) + data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self.names.append(f"/{tag}")
