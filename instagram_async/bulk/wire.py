"""An item as text, and back: v1's own shape, in JSON that every database takes."""

from __future__ import annotations

import json
from os import PathLike
from typing import Any, TypeVar

import msgspec

from instagram_async.bulk.errors import SinkError
from instagram_async.errors import ResponseError
from instagram_async.v1.structure import structure, unstructure

T = TypeVar("T")

_encode = msgspec.json.Encoder().encode


def to_json(item: Any, **more: str) -> bytes:
    r"""Write an item in v1's shape.

    Args:
        item: a model.
        more: text to stand behind its keys.

    Returns:
        UTF-8, as `dumps` writes it.

    Example:
        >>> to_json(Tag(name="caf\u00e9 \ud83d", media_count=3), listing="search").decode()
        '{"name":"café \\ud83d","media_count":3,"listing":"search"}'
    """
    shape = unstructure(item)
    return dumps({**shape, **more} if more else shape)


def dumps(value: Any) -> bytes:
    r"""Write JSON, without spaces.

    Args:
        value: what `unstructure` gives, or a tuple of text.

    Returns:
        UTF-8, on one line. Lone surrogates are escaped, so that it is valid.

    Example:
        >>> dumps(("snow", "half a smile \ud83d"))
        b'["snow","half a smile \\ud83d"]'
    """
    try:
        return _encode(value)
    except UnicodeEncodeError:  # half a letter
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "backslashreplace")


def from_json(text: str | bytes, kind: type[T], path: str | PathLike[str], *place: object) -> T:
    """Read what `to_json` wrote.

    Args:
        text: JSON.
        kind: the model.
        path: of the file that it comes from, for an error to name.
        place: where in the file, in words that an error puts together.

    Returns:
        An equal item; its instants to the second, which is what v1 sends.

    Raises:
        SinkError: it is no such item.

    Example:
        >>> from_json('{"name": "snow", "media_count": 3}', Tag, "tags.jsonl", "line", 1)
        Tag(name='snow', media_count=3)
    """
    try:
        return structure(text, kind)
    except ResponseError as error:
        raise unreadable(path, *place, error=error) from error


def unreadable(path: str | PathLike[str], *place: object, error: object) -> SinkError:
    """Say where something can't be read.

    Args:
        path: of the file.
        place: where in it, in words.
        error: why.

    Example:
        >>> print(unreadable("tags.jsonl", "line", 3, error="not JSON"))
        tags.jsonl: line 3: not JSON
    """
    at = ": ".join(filter(None, (str(path), " ".join(map(str, place)))))
    return SinkError(f"{at}: {error}")
