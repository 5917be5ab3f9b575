"""Which columns an item has in a table: few, flat, and the same in every sink."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from attrs import frozen

from instagram_async.bulk.sink import Row
from instagram_async.bulk.wire import dumps, to_json
from instagram_async.models import Comment, Location, Media, Tag, User, UserSummary

_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = str, int, float, bool


@frozen(eq=False)
class Column:
    """A column.

    Attributes:
        name: its name.
        type: `str`, `int` (64 bits), `float`, `bool`, `datetime` (aware, UTC), or `tuple`, of
            text. Each may be missing.
        of: gives the value of an item, `None` if there is none or the column can't hold it.
        plain: gives it as text or a number, as `plain` does.

    Example:
        >>> column = table_of(Media).columns[0]
        >>> column.name, column.of(media) == media.id
        ('id', True)
    """

    name: str
    type: type[Any]
    of: Callable[[Any], Any]
    plain: Callable[[Any], Any]


@frozen(eq=False)  # there is one of each, and it is a key
class Table:
    """The columns of a kind of item.

    Attributes:
        name: what the kind is called in tables and files.
        kind: the model.
        columns: besides those that every sink adds: `listing` and `identity` before them, and
            `json` with the whole item behind them.
        names: of all columns.
    """

    name: str
    kind: type[Any]
    columns: tuple[Column, ...]
    names: tuple[str, ...]

    def values(self, item: Any) -> list[Any]:
        """The values of an item in the columns of its own.

        Example:
            >>> table_of(Tag).values(Tag(name="snow", media_count=3))
            ['snow', 3]
        """
        return [column.of(item) for column in self.columns]


def plain(value: Any) -> str | int | float | None:
    """Put a value of a column as text or a number, for what knows nothing else.

    Args:
        value: text, a number, a `bool`, an aware instant, a tuple of text, or `None`.

    Returns:
        Text, numbers and `bool` as they are, instants as `2015-09-10T15:46:40Z`, tuples as
        a JSON array.

    Example:
        >>> plain(("snow", "ice")), plain(datetime(2015, 9, 10, tzinfo=UTC)), plain(-33.9)
        ('["snow","ice"]', '2015-09-10T00:00:00Z', -33.9)
    """
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"
    return dumps(value).decode() if isinstance(value, tuple) else value


def clean(text: str) -> str:
    r"""Put U+FFFD in the place of lone surrogates, which no UTF-8 holds.

    Example:
        >>> clean("half a smile: \ud83d").encode()
        b'half a smile: \xef\xbf\xbd'
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def flat(row: Row) -> tuple[Table, list[Any]]:
    """Lay a row out flat.

    Returns:
        The table of its kind, and a plain value for each of the table's names.

    Raises:
        TypeError: the item is of a kind that has no table.

    Example:
        >>> flat(Row("search", "snow", Tag(name="snow", media_count=3)))[1]
        ['search', 'snow', 'snow', 3, '{"name":"snow","media_count":3}']
    """
    item: object = row.item
    table = table_of(type(item))
    own = [column.plain(item) for column in table.columns]
    return table, [clean(row.listing), clean(row.identity), *own, to_json(item).decode()]


_HELD: dict[type[Any], Callable[[Any], Any]] = {
    str: clean,
    tuple: lambda texts: tuple(map(clean, texts)),
    int: lambda count: count if -(2**63) <= count < 2**63 else None,
    float: lambda real: real if math.isfinite(real) else None,
}


def _column(name: str, kind: type[Any], path: str) -> Column:
    """A column of what some attributes lead to, each of which may be `None`."""
    first, *rest = map(attrgetter, path.split("."))
    held = _HELD.get(kind)
    steps: list[Callable[[Any], Any]] = [*rest, held] if held else [*rest]

    def of(item: Any) -> Any:
        value = first(item)
        for step in steps:
            if value is None:
                return None
            value = step(value)
        return value

    return Column(name, kind, of, of if kind in _PLAIN else lambda item: plain(of(item)))


def _table(name: str, kind: type[Any], *columns: tuple[str, type[Any], str]) -> Table:
    made = [_column(*column) for column in columns]
    names = "listing", "identity", *[column.name for column in made], "json"
    return Table(name, kind, tuple(made), names)


TABLES = (
    _table(
        "media",
        Media,
        ("id", str, "id"),
        ("created_time", datetime, "created_time"),
        ("type", str, "type"),
        ("user_id", str, "user.id"),
        ("username", str, "user.username"),
        ("caption", str, "caption.text"),
        ("tags", tuple, "tags"),
        ("likes", int, "likes.count"),
        ("comments", int, "comments.count"),
        ("location_id", str, "location.id"),
        ("location_name", str, "location.name"),
        ("latitude", float, "location.latitude"),
        ("longitude", float, "location.longitude"),
        ("filter", str, "filter"),
        ("link", str, "link"),
        ("shortcode", str, "shortcode"),
        ("url", str, "url"),
        ("user_has_liked", bool, "user_has_liked"),
        ("distance", float, "distance"),
    ),
    _table(
        "users",
        UserSummary,
        ("id", str, "id"),
        ("username", str, "username"),
        ("full_name", str, "full_name"),
        ("profile_picture", str, "profile_picture"),
    ),
    _table(
        "profiles",
        User,
        ("id", str, "id"),
        ("username", str, "username"),
        ("full_name", str, "full_name"),
        ("profile_picture", str, "profile_picture"),
        ("bio", str, "bio"),
        ("website", str, "website"),
        ("media", int, "counts.media"),
        ("followed_by", int, "counts.followed_by"),
        ("follows", int, "counts.follows"),
        ("is_business", bool, "is_business"),
    ),
    _table(
        "comments",
        Comment,
        ("id", str, "id"),
        ("created_time", datetime, "created_time"),
        ("user_id", str, "author.id"),
        ("username", str, "author.username"),
        ("text", str, "text"),
    ),
    _table("tags", Tag, ("name", str, "name"), ("media_count", int, "media_count")),
    _table(
        "locations",
        Location,
        ("id", str, "id"),
        ("name", str, "name"),
        ("latitude", float, "latitude"),
        ("longitude", float, "longitude"),
    ),
)
"""All kinds that tables are made of."""

_BY_KIND = {table.kind: table for table in TABLES}


def table_of(kind: type[Any]) -> Table:
    """The columns of a kind.

    Args:
        kind: a model that listings give: `Media`, `UserSummary`, `User`, `Comment`, `Tag` or
            `Location`.

    Raises:
        TypeError: it is none of these.

    Example:
        >>> [column.name for column in table_of(Tag).columns]
        ['name', 'media_count']
    """
    try:
        return _BY_KIND[kind]
    except (KeyError, TypeError):
        known = ", ".join(table.kind.__name__ for table in TABLES)
        found = getattr(kind, "__name__", repr(kind))
        raise TypeError(f"{found} has no table: the kinds are {known}") from None
