"""Arguments that no server would take, found before anything is sent: pure.

Only what is surely wrong; anything doubtful is the server's to refuse.
"""

from __future__ import annotations

import re
from datetime import datetime
from math import isfinite
from typing import Any

_ANYTHING = re.compile(r"(?s:.*\S.*)")
_DIGITS = re.compile(r"[0-9]+")
_USER_ID = re.compile(r"self|[0-9]+")
_TAG = re.compile(r"(?!\.{1,2}$)[^#\s]+")
_NO_HASH = re.compile(r"(?s:[^#]*[^#\s][^#]*)")
_MEDIA_ID = re.compile(r"[0-9]+(_[0-9]+)?")
_SHORTCODE = re.compile(r"[\w-]+", re.ASCII)
# Doubtful, and so not counted: a link within a link, and a # within a word or a link.
_URL = re.compile(r"(?<![\w/=?&])https?://", re.IGNORECASE)
_TOKEN = re.compile(r"\b[0-9]+\.[0-9a-f]+\.[0-9a-f]+\b")  # pasted where an id belongs
_HASHTAGS = re.compile(r"(?<![\w/=?&#])(?:#\w*[^\W\d_]\w*)+")
_MOST_LETTERS, _MOST_HASHTAGS, _MOST_URLS = 300, 4, 1
ACTIONS = ("follow", "unfollow", "block", "unblock", "approve", "ignore")


def checked_user(user_id: str | int) -> str | int:
    """Let through what can be a user's id: digits or `self`.

    Raises:
        ValueError: it is neither, most likely a username.
        TypeError: it is no text and no whole number.
    """
    return _id("user_id", user_id, _USER_ID, "digits or 'self', not a username")


def checked_other(user_id: str | int) -> str | int:
    """Let through what can be another user's id.

    Raises:
        ValueError: it is `self`, or no id at all.
        TypeError: it is no text and no whole number.
    """
    if user_id == "self":
        raise ValueError("user_id takes another user's digits: nobody is related to himself")
    return checked_user(user_id)


def checked_digits(name: str, value: str | int) -> str | int:
    """Let through what can be an id of digits.

    Raises:
        ValueError: it is none.
        TypeError: it is no text and no whole number.
    """
    return _id(name, value, _DIGITS, "digits")


def checked_media(media_id: str) -> str:
    """Let through what can be a media's id.

    Raises:
        ValueError: it is none, most likely a shortcode or a link.
        TypeError: it is no text.
    """
    return _fits("media_id", media_id, _MEDIA_ID, "digits, as in 64_9, and no code of a link")


def checked_shortcode(shortcode: str) -> str:
    """Let through what can be a shortcode.

    Raises:
        ValueError: it is none, most likely a link.
        TypeError: it is no text.
    """
    return _fits("shortcode", shortcode, _SHORTCODE, "the part of a link after /p/")


def checked_tag(name: str) -> str:
    """Let through what can be a tag's name.

    Raises:
        ValueError: it is empty, or has a `#` or a space.
        TypeError: it is no text.
    """
    return _fits("name", name, _TAG, "the name of a tag, without # and spaces")


def checked_tag_id(argument: str, tag_id: str | None) -> str | None:
    """Let through what can name a place among a tag's media.

    Raises:
        ValueError: it is a media's id (reference F.9).
    """
    if isinstance(tag_id, str) and re.fullmatch(r"[0-9]+_[0-9]+", tag_id):
        raise ValueError(f"{argument} takes no media id: leave out the _ and what follows it")
    return tag_id


def checked_query(q: str) -> str:
    """Let through what can be looked for.

    Raises:
        ValueError: it is empty.
        TypeError: it is no text.
    """
    return _fits("q", q, _ANYTHING, "something to look for")


def checked_tag_query(q: str) -> str:
    """Let through what a tag can be looked for by.

    Raises:
        ValueError: it is empty, or has a `#`.
        TypeError: it is no text.
    """
    return _fits("q", q, _NO_HASH, "the beginning of a tag, without #")


def checked_username(username: str) -> str:
    """A username as it is compared: without `@`, in small letters.

    Raises:
        ValueError: nothing is left of it.
        TypeError: it is no text.
    """
    _fits("username", username, _ANYTHING, "a name")
    wanted = username.strip().removeprefix("@").casefold()
    _fits("username", wanted, _ANYTHING, "a name")
    return wanted


def checked_action(action: str) -> str:
    """Let through the six actions on a relationship.

    Raises:
        ValueError: it is none of them.
    """
    if action not in ACTIONS:
        raise ValueError(f"action takes one of {', '.join(ACTIONS)}, not {_quoted(action)}")
    return action


def checked_comment(text: str) -> str:
    """Let through what the rules of July 2014 let through (reference A.4, row 10).

    Raises:
        ValueError: it is empty, too long, all capitals, or has too many hashtags or links.
        TypeError: it is no text.
    """
    _fits("text", text, _ANYTHING, "something to say")
    if len(text) > _MOST_LETTERS:
        raise ValueError(f"text has {len(text)} characters, {_MOST_LETTERS} are allowed")
    if (tags := "".join(_HASHTAGS.findall(text)).count("#")) > _MOST_HASHTAGS:
        raise ValueError(f"text has {tags} hashtags, {_MOST_HASHTAGS} are allowed")
    if (urls := len(_URL.findall(text))) > _MOST_URLS:
        raise ValueError(f"text has {urls} links, {_MOST_URLS} is allowed")
    letters = [letter for letter in text if letter.isalpha()]
    if letters and all(letter.isupper() for letter in letters):
        raise ValueError("text is all capitals")
    return text


def point(lat: float, lng: float, distance: int | None) -> dict[str, Any]:
    """A point on the earth and how far around it, as parameters.

    Raises:
        ValueError: there is no such point, or the distance is not positive.
        TypeError: one of them is no number.
    """
    _degrees("lat", lat, 90)
    _degrees("lng", lng, 180)
    if distance is not None and (type(distance) is not int or distance < 1):
        raise ValueError(f"distance takes whole metres, at least 1, not {distance!r}")
    return {"lat": lat, "lng": lng, "distance": distance}


def one_way(
    lat: float | None, lng: float | None, distance: int | None, *ids: str | int | None
) -> None:
    """Let through exactly one way to say where: a point, or one id.

    Raises:
        ValueError: there is none, or more than one, or half a point.
    """
    if (lat is None) != (lng is None):
        raise ValueError("lat and lng go together")
    ways = (lat is not None) + sum(given is not None for given in ids)
    if ways != 1:
        raise ValueError("give lat and lng, or one id of another service, and nothing besides")
    if distance is not None and lat is None:
        raise ValueError("distance goes with lat and lng")


def checked_order(earlier: datetime | int | None, later: datetime | int | None) -> None:
    """Let through bounds of time in their order.

    Raises:
        ValueError: the span ends before it begins.
    """
    first, last = _second(earlier), _second(later)
    if first is not None and last is not None and first > last:
        raise ValueError(f"min_timestamp is later than max_timestamp: {earlier}, {later}")


def _second(bound: object) -> float | None:
    """An instant as a number, `None` for what is none: that is found when it is written."""
    if isinstance(bound, datetime):
        return bound.timestamp() if bound.tzinfo is not None else None
    return bound if isinstance(bound, int) else None


def _degrees(name: str, value: object, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} takes degrees, not {value!r}")
    if not isfinite(value) or abs(value) > most:
        raise ValueError(f"{name} takes degrees from -{most} to {most}, not {value!r}")


def _id(name: str, value: Any, pattern: re.Pattern[str], wanted: str) -> str | int:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"{name} takes text or a whole number, not {_quoted(value)}")
    if not pattern.fullmatch(str(value)):
        raise ValueError(f"{name} takes {wanted}: {_quoted(value)}")
    return value


def _fits(name: str, value: object, pattern: re.Pattern[str], wanted: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} takes text, not {_quoted(value)}")
    if not pattern.fullmatch(value):
        raise ValueError(f"{name} takes {wanted}, not {_quoted(value)}")
    if not value.isascii() and value.encode(errors="replace").decode() != value:
        raise ValueError(f"{name} is no text that UTF-8 can hold: {_quoted(value)}")
    return value


def _quoted(value: object) -> str:
    """A value as it was written, without what looks like a token."""
    return _TOKEN.sub("...", repr(value))
