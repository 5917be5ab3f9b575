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
_TAG = re.compile(r"[^#\s]+")
_MEDIA_ID = re.compile(r"[0-9]+(_[0-9]+)?")
_SHORTCODE = re.compile(r"[\w-]+", re.ASCII)
_URL = re.compile(r"https?://", re.IGNORECASE)
_HASHTAG = re.compile(r"#\w")
_MOST_LETTERS, _MOST_HASHTAGS, _MOST_URLS = 300, 4, 1
ACTIONS = ("follow", "unfollow", "block", "unblock", "approve", "ignore")


def checked_user(user_id: str | int) -> str | int:
    """Let through what can be a user's id: digits or `self`.

    Raises:
        ValueError: it is neither, most likely a username.
    """
    if user_id == "self" or not isinstance(user_id, str) or user_id.isdecimal():
        return user_id
    raise ValueError(f"user_id takes digits or 'self', not a username: {user_id!r}")


def checked_other(user_id: str | int) -> str | int:
    """Let through what can be another user's id.

    Raises:
        ValueError: it is `self`, or no id at all.
    """
    if user_id == "self":
        raise ValueError("user_id takes another user's digits: nobody is related to himself")
    return checked_user(user_id)


def checked_digits(name: str, value: str | int) -> str | int:
    """Let through what can be an id of digits.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, str):
        _fits(name, value, _DIGITS, "digits")
    return value


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


def checked_tag(name: str, argument: str = "name") -> str:
    """Let through what can be a tag's name.

    Raises:
        ValueError: it is empty, or has a `#`.
        TypeError: it is no text.
    """
    return _fits(argument, name, _TAG, "the name of a tag, without #")


def checked_tag_id(argument: str, tag_id: str | None) -> str | None:
    """Let through what can name a place among a tag's media.

    Raises:
        ValueError: it is a media's id (reference F.9).
    """
    if tag_id is not None and re.fullmatch(r"[0-9]+_[0-9]+", tag_id):
        raise ValueError(f"{argument} takes no media id: leave out the _ and what follows it")
    return tag_id


def checked_query(q: str) -> str:
    """Let through what can be looked for.

    Raises:
        ValueError: it is empty.
        TypeError: it is no text.
    """
    return _fits("q", q, _ANYTHING, "something to look for")


def checked_action(action: str) -> str:
    """Let through the six actions on a relationship.

    Raises:
        ValueError: it is none of them.
    """
    if action not in ACTIONS:
        raise ValueError(f"action takes one of {', '.join(ACTIONS)}, not {action!r}")
    return action


def checked_comment(text: str) -> str:
    """Let through what the rules of July 2014 let through (reference A.4, row 10).

    Raises:
        ValueError: it is empty, too long, all capitals, or has too many hashtags or links.
    """
    _fits("text", text, _ANYTHING, "something to say")
    if len(text) > _MOST_LETTERS:
        raise ValueError(f"text has {len(text)} characters, {_MOST_LETTERS} are allowed")
    if (tags := len(_HASHTAG.findall(text))) > _MOST_HASHTAGS:
        raise ValueError(f"text has {tags} hashtags, {_MOST_HASHTAGS} are allowed")
    if (urls := len(_URL.findall(text))) > _MOST_URLS:
        raise ValueError(f"text has {urls} links, {_MOST_URLS} is allowed")
    if text.isupper():
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
    first, last = (
        bound.timestamp() if isinstance(bound, datetime) else bound for bound in (earlier, later)
    )
    if first is not None and last is not None and first > last:
        raise ValueError(f"min_timestamp is later than max_timestamp: {earlier!r}, {later!r}")


def _degrees(name: str, value: object, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} takes degrees, not {value!r}")
    if not isfinite(value) or abs(value) > most:
        raise ValueError(f"{name} takes degrees from -{most} to {most}, not {value!r}")


def _fits(name: str, value: object, pattern: re.Pattern[str], wanted: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} takes text, not {value!r}")
    if not pattern.fullmatch(value):
        raise ValueError(f"{name} takes {wanted}, not {value!r}")
    return value
