"""Renditions of pictures and videos that nobody ever took, and where they are."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from random import Random
from urllib.parse import quote

from instagram_async.models import Images, Media, Rendition, Videos
from instagram_async.server.era import DEFAULT, Era

# Stands in a world for the server that will show it; nothing is ever fetched from it.
_HOME = "https://local-instagram.invalid"
_ABSENT = b"\x01"  # stands in JSON for that address
_OTHERS = re.compile("[^a-z0-9]+")
_KEYS = ("url", "profile_picture")
_SERVED = re.compile(
    r"\Ahttps?://[^/?#]+"
    r"(?=/(?:portraits/[^/?#]+|(?:pictures|videos)/[\w-]+(?:/\d+)?/[a-z0-9-]+/\d+x\d+)\.svg\Z)"
)


def look_of(name: str | None) -> str:
    """A filter's name as it stands in a path.

    Args:
        name: such as `X-Pro II`, `None` for no filter.

    Example:
        >>> look_of("X-Pro II")
        'x-pro-ii'
    """
    return _OTHERS.sub("-", (name or "").lower()).strip("-") or "normal"


def draw_images(rng: Random, name: str, look: str) -> Images:
    """Draw a picture's renditions, square or not, as from August 2015 on (reference B.1).

    Args:
        rng: decides on the shape.
        name: what their paths begin with; decides on what is on them.
        look: the filter, as `look_of` writes it.
    """
    shape = rng.choice((1.0, 1.0, 0.75, 1.25))
    at = f"pictures/{name}/{look}"
    return Images(
        thumbnail=_rendition(at, 150, 1.0),
        low_resolution=_rendition(at, 320, shape),
        standard_resolution=_rendition(at, 640, shape),
    )


def draw_videos(name: str, look: str) -> Videos:
    """Draw a video's renditions (reference B.1).

    Args:
        name: what their paths begin with; decides on what is on their posters.
        look: the filter, as `look_of` writes it.
    """
    at = f"videos/{name}/{look}"
    low = _rendition(at, 480, 1.0)
    return Videos(
        low_bandwidth=low,
        low_resolution=low,
        standard_resolution=_rendition(at, 640, 1.0),
    )


def cover_path(media: Media) -> str:
    """Path of a square picture for a media, whatever its own pictures are.

    Args:
        media: whose number, filter and type decide on what is on it.
    """
    kind = "videos" if media.is_video else "pictures"
    return f"/{kind}/{media.shortcode or 0}/{look_of(media.filter)}/320x320.svg"


def portrait_path(user_id: str) -> str:
    """Path of a user's profile picture.

    Args:
        user_id: digits, as a rule.
    """
    return f"/portraits/{quote(user_id, safe='')}.svg"


def portrait_url(user_id: str) -> str:
    """Where a user's profile picture is, until a server tells its own address.

    Args:
        user_id: digits.
    """
    return _HOME + portrait_path(user_id)


def homeless(url: str) -> str:
    """Where a picture is that a server drew, until another server tells its own address.

    Args:
        url: as a server sent it; what none of ours draws is left as it is.

    Example:
        >>> homeless("http://127.0.0.1:40123/portraits/9.svg")
        'https://local-instagram.invalid/portraits/9.svg'
    """
    return _SERVED.sub(_HOME, url)


def folded(text: str, era: Era = DEFAULT) -> bytes:
    r"""JSON with one byte in place of the address that no server has told yet.

    A page has hundreds of addresses, and that byte is found ten times sooner. It is one that
    JSON itself never has.

    Args:
        text: JSON, ASCII.
        era: in whose manner it is written.

    Example:
        >>> folded(r'{"url":"https:\/\/local-instagram.invalid\/a.svg"}')
        b'{"url":"\x01\\/a.svg"}'
    """
    for known, short in _folds(era.separators[1], era.escapes):
        text = text.replace(known, short)
    return text.encode()


def unfolded(text: bytes) -> bytes:
    """What was folded, as JSON.

    Args:
        text: as `folded` wrote it, compact and with escapes.
    """
    return text.replace(_ABSENT, _spelled(_HOME, escapes=True))


def at_home(body: bytes, origin: str, era: Era = DEFAULT) -> bytes:
    r"""Put a server's address into what it sends: its pictures are at its own place.

    Args:
        body: as `folded` wrote it.
        origin: the address, such as `http://127.0.0.1:40123`.
        era: in whose JSON.

    Example:
        >>> at_home(b'{"url":"\x01\\/a.svg"}', "http://h")
        b'{"url":"http:\\/\\/h\\/a.svg"}'
    """
    return body.replace(_ABSENT, _spelled(origin, escapes=era.escapes))


@lru_cache(16)
def _spelled(address: str, *, escapes: bool) -> bytes:
    text = json.dumps(address)[1:-1]
    return (text.replace("/", "\\/") if escapes else text).encode()


@lru_cache(8)
def _folds(colon: str, escapes: bool) -> tuple[tuple[str, str], ...]:  # noqa: FBT001
    # In a text that somebody wrote the quotes would be escaped, so these are keys only.
    home = _spelled(_HOME, escapes=escapes).decode()
    begins = [f'"{key}"{colon}"' for key in _KEYS]
    slash = "\\/" if escapes else "/"
    return tuple((f"{one}{home}{slash}", f"{one}{_ABSENT.decode()}{slash}") for one in begins)


def _rendition(path: str, width: int, shape: float) -> Rendition:
    height = int(width * shape)
    return Rendition(url=f"{_HOME}/{path}/{width}x{height}.svg", width=width, height=height)
