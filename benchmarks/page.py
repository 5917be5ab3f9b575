"""Pages as servers sent them in 2015 (reference 0 and B.1), made up from a seed.

Key order, `\\/` and `\\uXXXX` escapes, compact separators, whole-number location ids, at
most 8 comments and 4 likes are the wire's; every name and number is invented.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

SIZE = 33
"""Media on a page, the most that servers gave."""

_NEWEST = 1_900_000  # page numbers count down from here, so that ids fall as on the wire
_MARK = "NUMBER!"  # stands for the page's number in a template, in as many characters
_WORDS = (
    "morning", "light", "over", "the", "harbour,", "coffee", "first", "and", "then", "a", "very",
    "long", "walk", "with", "friends;", "caf\u00e9", "d\u00e9j\u00e0", "\u5199\u771f", "\u2603",
    "\U0001f600", "sunday", "#snow", "#nofilter",
)  # fmt: skip
_TAGS = ("snow", "harbour", "nofilter", "sunday", "caf\u00e9", "\u5199\u771f", "friends", "walk")
_FILTERS = ("Normal", "Clarendon", "Lark", "Juno")


def template(seed: int = 2011) -> bytes:
    """A page whose number is still open.

    Args:
        seed: decides everything in it.

    Returns:
        JSON text of `SIZE` media, about 97 kB, for `numbered`.
    """
    rng = Random(seed)
    owner = _user(rng)
    data = [_media(rng, owner, index) for index in range(SIZE)]
    last = data[-1]["id"]
    url = f"HOST/v1/users/{owner['id']}/media/recent?access_token=token&count={SIZE}&max_id={last}"
    reply = {
        "pagination": {"next_url": url, "next_max_id": last},
        "meta": {"code": 200},
        "data": data,
    }
    text = json.dumps(reply, separators=(",", ":")).replace("/", "\\/")
    return text.encode()


def numbered(page: bytes, number: int, host: str, *, is_last: bool) -> bytes:
    """One page of a listing.

    Args:
        page: the template.
        number: which one, from 0, the newest.
        host: scheme, host and port of its server, for `next_url`.
        is_last: whether nothing comes behind it.

    Returns:
        JSON text.
    """
    if is_last:
        page = b'{"pagination":{},' + page[page.index(b'"meta"') :]
    page = page.replace(b"HOST", host.replace("/", "\\/").encode(), 1)
    return page.replace(_MARK.encode(), b"%d" % (_NEWEST - number))


def first() -> bytes:
    """The newest page of a listing."""
    return numbered(template(), 0, "http://127.0.0.1:8000", is_last=False)


def number_behind(max_id: str) -> int:
    """The number of the page behind the one whose last item is `max_id`."""
    return _NEWEST - int(max_id[: len(_MARK)]) + 1


def _media(rng: Random, owner: dict[str, str], index: int) -> dict[str, Any]:
    seconds = 1_442_000_000 - index * 40_000
    is_video = index % 12 == 5
    comments = rng.choices(range(9), (8, 6, 5, 4, 4, 3, 2, 2, 2))[0]
    media: dict[str, Any] = {"attribution": None}
    if is_video:
        sizes = (("low_bandwidth", 480), ("standard_resolution", 640), ("low_resolution", 480))
        media["videos"] = {name: _rendition(rng, size, "mp4") for name, size in sizes}
    sizes = (("low_resolution", 320), ("thumbnail", 150), ("standard_resolution", 640))
    return media | {
        "tags": rng.sample(_TAGS, rng.randrange(6)),
        "type": "video" if is_video else "image",
        "location": _place(rng) if index % 3 == 0 else None,
        "comments": {
            "count": comments + rng.randrange(3) * (comments == 8),
            "data": [_comment(rng, _user(rng), seconds + 60 * at) for at in range(comments)],
        },
        "filter": rng.choice(_FILTERS),
        "created_time": str(seconds),
        "link": f"https://instagram.com/p/{rng.getrandbits(40):011x}/",
        "likes": {"count": rng.randrange(4, 200), "data": [_user(rng) for _ in range(4)]},
        "images": {name: _rendition(rng, size, "jpg") for name, size in sizes},
        "users_in_photo": [_tagged(rng) for _ in range(index % 7 == 0)],
        "caption": _comment(rng, owner, seconds) if index % 9 else None,
        "user_has_liked": False,
        "id": f"{_MARK}{10**12 - 1 - index:012d}_{owner['id']}",
        "user": owner,
    }


def _user(rng: Random) -> dict[str, str]:
    return {
        "username": f"user_{rng.getrandbits(24):06x}",
        "profile_picture": _url(rng, "19/s150x150", "a.jpg"),
        "id": str(rng.randrange(10**8, 4 * 10**9)),
        "full_name": rng.choice(("", "Ann Lee", "Bj\u00f6rn Berg", "\u5199\u771f")),
    }


def _comment(rng: Random, author: dict[str, str], seconds: int) -> dict[str, Any]:
    return {
        "created_time": str(seconds),
        "text": " ".join(rng.choices(_WORDS, k=rng.randrange(2, 14))),
        "from": author,
        "id": str(rng.randrange(10**18, 10**19)),
    }


def _place(rng: Random) -> dict[str, Any]:
    place = {"latitude": round(rng.uniform(-80, 80), 8), "name": "Harbour"}
    return place | {"longitude": round(rng.uniform(-180, 180), 8), "id": rng.randrange(10**9)}


def _tagged(rng: Random) -> dict[str, Any]:
    return {"position": {"y": rng.random(), "x": rng.random()}, "user": _user(rng)}


def _rendition(rng: Random, size: int, kind: str) -> dict[str, Any]:
    return {"url": _url(rng, f"15/s{size}x{size}/e35", f"n.{kind}"), "width": size, "height": size}


def _url(rng: Random, folder: str, end: str) -> str:
    name = f"{rng.randrange(10**8):08d}_{rng.randrange(10**15):015d}_{rng.getrandbits(30)}"
    return f"https://scontent.cdn.example/t51.2885-{folder}/{name}_{end}"
