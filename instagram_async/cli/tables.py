"""How items stand in a terminal: which of their columns, and how wide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from rich.text import Text

from instagram_async import unstructure
from instagram_async.bulk.columns import Column, table_of
from instagram_async.cli.text import clean

# Columns that people look at, the most telling first, and their widths; 0 is what is left.
_SHOWN: dict[str, tuple[tuple[str, int], ...]] = {
    "media": (
        ("created_time", 16), ("username", 14), ("likes", 9), ("caption", 0), ("type", 8),
        ("comments", 9), ("location_name", 20), ("link", 40),
    ),
    "users": (("username", 20), ("id", 12), ("full_name", 0), ("profile_picture", 60)),
    "comments": (("created_time", 16), ("username", 16), ("text", 0), ("id", 20)),
    "tags": (("name", 0), ("media_count", 12)),
    "locations": (("id", 12), ("name", 0), ("latitude", 10), ("longitude", 10)),
}  # fmt: skip
_LEAST = 24  # columns for what is as wide as there is room, if the terminal has twice as many
_GAP = 2


class Layout:
    """The columns that fit.

    Args:
        kind: the model.
        width: of the terminal, in columns.
    """

    def __init__(self, kind: type[Any], width: int) -> None:
        table = table_of(kind)
        known = {column.name: column for column in table.columns}
        least = min(_LEAST, width // 2 - _GAP)
        left = width - least
        self._columns: list[tuple[Column, int]] = []
        for name, wide in _SHOWN[table.name]:
            if not wide:
                self._columns.append((known[name], wide))
            elif wide + _GAP <= left:
                left -= wide + _GAP
                self._columns.append((known[name], wide))
            else:
                left, least = 0, left + least  # what tells less takes no place of what tells more
        self._free = max(1, left + least)

    def header(self) -> Text:
        """The names of the columns."""
        return self._line([column.name for column, _ in self._columns])

    def row(self, item: Any) -> Text:
        """An item, in one line that is never wider than the terminal."""
        return self._line([_shown(column, item) for column, _ in self._columns])

    def _line(self, cells: Sequence[str]) -> Text:
        line = Text(end="")
        for (column, wide), cell in zip(self._columns, cells, strict=True):
            text = Text(cell)
            text.truncate(wide or self._free, overflow="ellipsis")
            text.align("right" if column.type in (int, float) else "left", wide or self._free)
            line.append_text(text).append(" " * _GAP)
        line.rstrip()
        return line


def record_of(item: object) -> list[tuple[str, str]]:
    """What an item says, as names and texts; what it does not say is left out."""
    try:
        columns = table_of(type(item)).columns
        pairs = [(column.name, _shown(column, item)) for column in columns]
    except TypeError:  # a kind that no sink takes
        shape = cast("dict[str, object]", unstructure(item))
        pairs = [(name, clean(str(value))) for name, value in shape.items() if value is not None]
    return [(name, text) for name, text in pairs if text]


def _shown(column: Column, item: Any) -> str:
    value = column.of(item)
    if value is None:
        return ""
    if column.type is datetime:
        return f"{value:%Y-%m-%d %H:%M}"
    return " ".join(map(clean, value)) if column.type is tuple else clean(str(value))
