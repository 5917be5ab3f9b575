"""The page itself: one text, with its style, its script and what it shows. Pure but for its parts.

Nothing that a server said becomes markup: it stands in a block of JSON, which no browser runs,
and the script shows it as text. The policy lets run what has the right hash, and nothing else.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files

from instagram_async._version import __version__
from instagram_async.bulk.wire import dumps
from instagram_async.gallery.cards import Deck

_SCRIPTS = (
    "model", "filters", "cards", "layout", "grid", "viewer", "chart", "controls",
    "address", "main", "theme",
)  # fmt: skip
_SLOT = re.compile(r"\[(\w+)\]")


def page_of(deck: Deck, title: str) -> bytes:
    """Write the page.

    Args:
        deck: what it shows.
        title: of the page, as text.

    Returns:
        HTML in UTF-8, the same for the same arguments.

    Example:
        >>> page = page_of(Deck([media], {}), "Tom & Ann").decode()
        >>> "<title>Tom &amp; Ann</title>" in page
        True
    """
    style = _asset("page.css")
    script = '"use strict";\n' + "\n".join(_asset(f"{name}.js") for name in _SCRIPTS)
    parts = {
        "policy": _policy(style, script),
        "generator": f"instagram-async {__version__}",
        "title": escape(title),
        "style": style,
        "script": script,
        "data": _harmless(dumps({"media": deck.cards, "places": deck.places})),
    }
    text = _SLOT.sub(lambda slot: parts[slot[1]], _asset("page.html"))
    return text.encode("utf-8", "replace")


def _policy(style: str, script: str) -> str:
    """What the browser may do: show what is in the page and beside it."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src 'self' file:",
            "media-src 'self' file:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _harmless(data: bytes) -> str:
    """JSON in which nothing ends the block that it stands in, or begins another."""
    return data.decode().replace("<", "\\u003c")


def _asset(name: str) -> str:
    return files("instagram_async.gallery").joinpath("assets", name).read_text(encoding="utf-8")
