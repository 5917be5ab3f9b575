"""Checkpoints: a place in a listing as text that survives restarts. Pure."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from instagram_async.paging.listing import Listing

_VERSION = 1
_Parts = tuple[str, str | None, tuple[str, ...], bool, tuple[str, ...]]
_WITHOUT_OWED = 4  # most places owe nothing, and do not say so


class Place(NamedTuple):
    """Where a walk stands.

    Attributes:
        cursor: what fetches the page at hand, `None` for the listing's start.
        given: short hashes of items that were given already and stand at the cursor.
        ended: whether nothing is left.
        owed: the same of items that stand further on, behind what was posted since: they
            were given from a listing's first page.
    """

    cursor: str | None = None
    given: tuple[str, ...] = ()
    ended: bool = False
    owed: tuple[str, ...] = ()


START = Place()
END = Place(ended=True)


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
        JSON: version, name of the listing, cursor, hashes, end, and hashes further on.
    """
    parts = (_VERSION, str(listing), place.cursor, place.given, place.ended)
    owed = (place.owed,) if place.owed else ()
    return json.dumps((*parts, *owed), separators=(",", ":"))


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
    try:
        version, *rest = msgspec.convert(json.loads(text), list[Any])
        parts = [*rest, ()] if len(rest) == _WITHOUT_OWED else rest
        name, cursor, given, ended, owed = msgspec.convert(parts, _Parts)
    except (TypeError, ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise ValueError(f"not a checkpoint: {error}") from error
    if version != _VERSION:
        raise ValueError(f"checkpoint of version {version!r:.10}, known is {_VERSION}")
    if name != str(listing):
        raise ValueError(f"checkpoint of another listing: {name}, not {listing}")
    return Place(cursor, given, ended, owed)
