"""Checkpoints: a place in a listing as text that survives restarts. Pure."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Generator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

import msgspec

from instagram_async.paging.listing import Listing

P = TypeVar("P")

_VERSION = 1  # of checkpoints and watermarks


class Mark(NamedTuple):
    """How new the newest of a listing was at some time.

    Attributes:
        number: the highest on the listing's axis, `None` if it has no axis.
        known: short hashes of the items of that number; without an axis of the newest items.
    """

    number: int | None = None
    known: tuple[str, ...] = ()


class Marks(NamedTuple):
    """What a walk knows of new and old.

    Attributes:
        old: up to where everything was given before, `None` if nothing is known.
        seen: the newest that the walk has seen, `None` before its first item.
    """

    old: Mark | None = None
    seen: Mark | None = None


class OpenRange(NamedTuple):
    """What is left of a window.

    Attributes:
        low: the least number in it, `None` for no bound.
        high: the first number above it, `None` for no bound.
        cursor: what fetches its page at hand, `None` for its start.
        given: short hashes of items that were given already and stand at the cursor.
        owed: the same of items that stand further on, in groups.
    """

    low: int | None
    high: int | None
    cursor: str | None = None
    given: tuple[str, ...] = ()
    owed: tuple[tuple[str, ...], ...] = ()


class Place(NamedTuple):
    """Where a walk stands.

    Attributes:
        cursor: what fetches the page at hand, `None` for the listing's start.
        given: short hashes of items that were given already and stand at the cursor.
        ended: whether nothing is left.
        owed: the same of items that stand further on, behind what was posted since: each
            group was given from a listing's first page.
        marks: what is known of new and old.
        axis: the parameter that bounds the ranges from below.
        open: where a listing is read in ranges, those that are not read to their end.
    """

    cursor: str | None = None
    given: tuple[str, ...] = ()
    ended: bool = False
    owed: tuple[tuple[str, ...], ...] = ()
    marks: Marks = Marks()
    axis: str | None = None
    open: tuple[OpenRange, ...] = ()


START = Place()
END = Place(ended=True)
_Parts = tuple[
    str | None,
    tuple[str, ...],
    bool,
    tuple[tuple[str, ...], ...],
    tuple[Mark | None, Mark | None],
    str | None,
    tuple[OpenRange, ...],
]
_SAID = 3  # what every place says
_UNSAID: tuple[Any, ...] = ((), (None, None), None, ())  # most places say no more


def short(identity: str) -> str:
    """Eight letters that stand for an item."""
    return urlsafe_b64encode(
        blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    ).decode()


def write(listing: Listing[Any], place: Place) -> str:
    """A place as text.

    Args:
        listing: whose place it is.
        place: where.

    Returns:
        JSON: version, name of the listing, cursor, hashes and end; then, where there are any,
        hashes further on, marks, and ranges.
    """
    told: tuple[Any, ...] = (place.owed, place.marks, place.axis, place.open)
    said = 4 if place.open else 2 if place.marks != Marks() else 1 if place.owed else 0
    return sealed(listing, (place.cursor, place.given, place.ended, *told[:said]))


def read(listing: Listing[Any], text: str) -> Place:
    """A place from text.

    Args:
        listing: the listing that is to be gone on with.
        text: what `write` gave.

    Returns:
        The place.

    Raises:
        ValueError: the text is no checkpoint, is of a version not known here, or belongs
            to another listing.
    """

    def whole(said: list[Any]) -> _Parts:
        parts: _Parts = msgspec.convert([*said, *_UNSAID[max(0, len(said) - _SAID) :]], _Parts)
        return parts

    cursor, given, ended, owed, marks, axis, ranges = opened(listing, text, "checkpoint", whole)
    if ranges and axis not in {known.low for known in listing.rule.axes}:
        raise ValueError(f"checkpoint of ranges by {axis}, which the listing does not have")
    return Place(cursor, given, ended, owed, Marks(*marks), axis, ranges)


def sealed(listing: Listing[Any], parts: tuple[Any, ...]) -> str:
    """Something of a listing as text, with a version and the listing's name before it.

    Args:
        listing: whose it is.
        parts: what JSON can hold.
    """
    return json.dumps((_VERSION, str(listing), *parts), separators=(",", ":"))


def opened(listing: Listing[Any], text: str, kind: str, convert: Callable[[list[Any]], P]) -> P:
    """What was `sealed`.

    Args:
        listing: whose it has to be.
        text: what `sealed` gave.
        kind: what it is called in errors.
        convert: checks the parts.

    Raises:
        ValueError: the text is no such thing, is of a version not known here, or belongs to
            another listing.
    """
    with _naming(kind):
        number, *said = msgspec.convert(json.loads(text), list[Any])
        version = msgspec.convert(number, int)
    if version != _VERSION:  # what it says besides is not ours to read
        raise ValueError(f"{kind} of version {version!r:.10}, known is {_VERSION}")
    with _naming(kind):
        name, *rest = said
        name = msgspec.convert(name, str)
        parts = convert(rest)
    if name != str(listing):
        raise ValueError(f"{kind} of another listing: {name}, not {listing}")
    return parts


@contextmanager
def _naming(kind: str) -> Generator[None, None, None]:
    """Have errors say what could not be read.

    Raises:
        ValueError: something could not.
    """
    try:
        yield
    except (TypeError, ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise ValueError(f"not a {kind}: {error}") from error
