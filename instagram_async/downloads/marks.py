"""What a part of a file is part of: a note that outlives the process, and what to ask by it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from attrs import astuple, field, frozen

from instagram_async.downloads.kinds import EXTENSIONS


@frozen
class Mark:
    """What a part of a file is part of; its text hides the server's own words.

    Attributes:
        source: whence, as `Address.source` has it.
        extension: by its content type.
        total: bytes of the whole file, `None` if they were not told.
        validator: changes with the file, for `If-Range`; `None` if there is none.
    """

    source: str
    extension: str
    total: int | None
    validator: str | None = field(repr=False)


def written(mark: Mark) -> bytes:
    """A mark as it stands on the disk.

    Args:
        mark: which.
    """
    return json.dumps(astuple(mark)).encode()


def mark_in(text: bytes) -> Mark | None:
    """Read what `written` wrote.

    Args:
        text: what stands there.

    Returns:
        `None` for what was cut short, or is none of ours.

    Example:
        >>> mark_in(b'["2c26", "jpg", 5000, ') is None
        True
    """
    try:
        source, extension, total, validator = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    is_sound = (
        isinstance(source, str)
        and extension in EXTENSIONS.values()
        and (total is None or (type(total) is int and total >= 0))
        and (validator is None or (isinstance(validator, str) and validator.isprintable()))
    )
    return Mark(source, extension, total, validator) if is_sound else None


def rest_of(mark: Mark | None, source: str, size: int) -> Mark | None:
    """What the rest can be asked for of.

    Args:
        mark: what is there is part of, `None` if nobody knows.
        source: what is to be asked.
        size: bytes that are there.

    Returns:
        `None` if all has to be asked for.
    """
    if mark is None or mark.source != source or not size:
        return None
    fits = mark.total is None or size <= mark.total
    return mark if fits and (mark.validator is not None or size == mark.total) else None


def asking(mark: Mark | None, size: int) -> Mapping[str, str]:
    """Headers that ask for the rest, or for all of it if it has changed.

    Args:
        mark: as `rest_of` gave it.
        size: bytes that are there.

    Example:
        >>> asking(Mark("2c26", "jpg", 5000, '"v1"'), 100)
        {'Range': 'bytes=100-', 'If-Range': '"v1"'}
    """
    if mark is None or mark.validator is None:
        return {}
    return {"Range": f"bytes={size}-", "If-Range": mark.validator}
