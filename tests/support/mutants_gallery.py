"""Named mistakes for the thinking files of the gallery."""

from __future__ import annotations

from tests.support.mutant import mistakes

GALLERY = [
    *mistakes(
        "gallery/cards.py",
        "test_gallery_cards.py",
        ("any address is a link", "media.link.startswith(_LINKS)", "True"),
        ("the first place is none", "if value not in _NOTHING", "if value"),
        ("who posted is tagged", "if name != media.user.username", "if name"),
    ),
]
