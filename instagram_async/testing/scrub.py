"""Recorded replies without the people in them, so that they may be committed."""

from __future__ import annotations

import json
import secrets
from typing import Any, cast, overload

from instagram_async.testing.addresses import SECRET, SECRETS, Addresses
from instagram_async.testing.disguise import Disguise
from instagram_async.v1.structure import loads

_TEXTS = frozenset({"text", "full_name", "username", "name", "bio", "caption"})
_WORDS_OF_THE_API = frozenset(
    {"type", "filter", "error_type", "outgoing_status", "incoming_status"}
)
_TIMES = frozenset({"created_time", "time"})
_DEGREES = {"latitude": 80, "longitude": 180, "lat": 80, "lng": 180}
_MESSAGES = frozenset({"error_message", "deprecation_warning"})


@overload
def scrub(recorded: bytes, *, seed: object = None) -> bytes: ...
@overload
def scrub(recorded: str, *, seed: object = None) -> str: ...
@overload
def scrub(recorded: Any, *, seed: object = None) -> Any: ...
def scrub(recorded: Any, *, seed: object = None) -> Any:
    """Replace what a recorded reply tells about people, and nothing else.

    Names, texts, links, picture addresses, ids, times, places and tokens become others, the
    same for the same. Keys and their order, types, nulls, numbers of things, lengths of
    lists and the words of the API (`type`, `filter`, statuses, error types and messages)
    stay. Times are all shifted by the same number of days and seconds, pks with them; the
    shortcode in a link stays that of the pk, `@names` and `#tags` in texts stay those of users
    and tags. It is a disguise, not encryption: who knows one of the posts can find the shift of
    time, and counts stay as they were.

    Args:
        recorded: a reply's bytes or text, or what a JSON parser makes of them; it is not
            changed. Bytes and text are laid out again as they were.
        seed: anything with a fixed `repr`; replies scrubbed with the same one fit
            together. It would undo the disguise, so do not commit it. `None` is another one
            every time.

    Returns:
        The same kind of thing.

    Raises:
        ValueError: bytes or text are no JSON.

    Example:
        >>> from instagram_async.testing import scrub
        >>> recorded = {"id": "9", "username": "ann_b", "bio": None, "counts": {"media": 3}}
        >>> clean = scrub(recorded)
        >>> list(clean), clean["bio"], clean["counts"]
        (['id', 'username', 'bio', 'counts'], None, {'media': 3})
        >>> clean["username"] == "ann_b", clean["username"][3]
        (False, '_')
    """
    key = secrets.token_bytes(32) if seed is None else repr(seed).encode()
    scrubber = _Scrubber(Disguise(key))
    if isinstance(recorded, bytes | str):
        body = recorded.encode("utf-8", "surrogatepass") if isinstance(recorded, str) else recorded
        made = _laid_out(scrubber.value("", loads(body)), body)
        return made if isinstance(recorded, str) else made.encode("utf-8", "surrogatepass")
    return scrubber.value("", recorded)


class _Scrubber:
    def __init__(self, disguise: Disguise) -> None:
        self._disguise = disguise
        self._addresses = Addresses(disguise)

    def value(self, key: str, value: Any) -> Any:
        """What stands in the stead of what stood under a key, or in a list under it."""
        if isinstance(value, dict):
            pairs = cast("dict[str, Any]", value).items()
            return {name: self.value(name, inner) for name, inner in pairs}
        if isinstance(value, list | tuple):
            made = [self.value(key, inner) for inner in cast("list[Any]", value)]
            return made if isinstance(value, list) else tuple(made)
        if isinstance(value, str):
            return self._text(key, value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(key, value)
        return value

    def _text(self, key: str, text: str) -> str:
        if key in _WORDS_OF_THE_API:
            return text
        if key in SECRETS:
            return SECRET
        if key in _TIMES and text.isascii() and text.isdecimal():
            return str(int(text) + self._disguise.later)
        if key in _MESSAGES:
            return self._addresses.message(text)
        if key in _TEXTS or key == "tags":
            return self._addresses.text(text)
        return self._addresses.value(text)

    def _number(self, key: str, number: float) -> float:
        if key in _TIMES:
            return number + self._disguise.later
        if key in _DEGREES:
            return self._disguise.degrees(number, _DEGREES[key])
        if (key in {"id", "pk"} or key.endswith("_id")) and number >= 0 and number == int(number):
            return type(number)(self._disguise.number(int(number)))
        return number


def _laid_out(made: Any, like: bytes) -> str:
    """JSON text in the layout of what was recorded."""
    indented = b"\n" in like.strip()
    compact = None if indented or b'": ' in like else (",", ":")
    text = json.dumps(
        made,
        ensure_ascii=like.isascii(),
        indent=2 if indented else None,
        separators=compact,
    )
    return text.replace("/", "\\/") if b"\\/" in like else text
