"""Named mistakes for the thinking files of the gallery."""

from __future__ import annotations

from tests.support.mutant import mistakes

GALLERY = [
    *mistakes(
        "gallery/cards.py",
        "test_gallery_cards.py",
        ("any address is a link", "media.link.startswith(_LINKS)", "True"),
        ("half a letter stays", "clean(value) if isinstance(value, str) else value", "value"),
        ("a place may be called nothing", "location is None or not name", "location is None"),
    ),
]
