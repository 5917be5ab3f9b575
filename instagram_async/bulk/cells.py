"""CSV as text (RFC 4180): values to cells that no spreadsheet calculates, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_FORMULA = re.compile(r"[\s\0]*[-=+@\uff1d\uff0b\uff0d\uff20]|[\t\r\n']")  # also wide = + - @
_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n)')
_BARE = re.compile(r'[^",\r\n]*')
_QUOTE = '"'
_TORN = re.compile(r'(?:"[^"]*(?:""[^"]*)*"?|[^",\r\n]*)\r?')


def escape(text: str) -> str:
    """Keep a spreadsheet from taking text for a formula: an apostrophe goes before it.

    Text that begins with an apostrophe gets one more, so that `unescape` is exact.

    Example:
        >>> escape("=1+1"), escape("'tis"), escape("snow")
        ("'=1+1", "''tis", 'snow')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unescape(cell: str) -> str:
    """The text that `escape` was given.

    Example:
        >>> unescape("'=1+1")
        '=1+1'
    """
    return cell.removeprefix("'")


def record(values: Iterable[str | bool | float | None]) -> str:
    r"""Write a record, with its line end.

    Args:
        values: what `columns.plain` gives. Text is escaped; a number is no formula, even a
            negative one.

    Example:
        >>> record(["a,b", -1, None, True, "-1"])
        '"a,b",-1,,true,\'-1\r\n'
    """
    return f"{','.join(map(_cell, values))}\r\n"


def _cell(value: Any) -> str:
    if isinstance(value, str):
        text = escape(value)
        return text if _BARE.fullmatch(text) else f'"{text.replace(_QUOTE, _QUOTE * 2)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else repr(value)


def records(lines: Iterable[bytes]) -> Iterator[list[str]]:
    r"""Read records, however long their cells are.

    Args:
        lines: of a file; each with its line end.

    Returns:
        The cells of each record, still escaped. One that is not finished is left out.

    Raises:
        ValueError: a record is no CSV, and which, counted from 1.

    Example:
        >>> list(records([b'a,"b ""c""\n', b'd"\r\n', b'e,"f']))
        [['a', 'b "c"\nd']]
    """
    held: list[bytes] = []
    quotes = 0
    number = 1
    for line in lines:
        held.append(line)
        quotes += line.count(b'"')
        if quotes % 2 == 0 and line.endswith(b"\n"):
            yield _record(b"".join(held), number)
            held.clear()
            number += 1
    rest = b"".join(held).decode(errors="ignore")  # a letter may be cut as well
    if not _TORN.fullmatch(rest, _cells(rest)[1]):
        raise ValueError(f"row {number}: it is no CSV")


def _record(line: bytes, number: int) -> list[str]:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"row {number}: {error}") from error
    cells, end = _cells(text)
    if end < len(text):
        raise ValueError(f"row {number}: it is no CSV")
    return cells


def _cells(text: str) -> tuple[list[str], int]:
    """As many cells as there are, and where they end."""
    cells: list[str] = []
    end = 0
    while found := _CELL.match(text, end):
        quoted, plain_cell, _ = found.groups()
        cells.append(plain_cell if quoted is None else quoted.replace('""', '"'))
        end = found.end()
    return cells, end
