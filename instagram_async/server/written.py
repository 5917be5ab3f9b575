"""A media as it stands in replies, written once."""

from __future__ import annotations

import json
from typing import Any

from attrs import field, frozen


@frozen
class Written:
    """A media in v1's wire shape of September 2015.

    Attributes:
        id: the media's.
        owner: id of who posted it.
        likes: how many.
        text: its JSON, as `replies.encode` writes it.
    """

    id: str
    owner: str
    likes: int
    text: bytes = field(repr=False)

    @property
    def body(self) -> dict[str, Any]:
        """The same, read, to be changed."""
        read: dict[str, Any] = json.loads(self.text)
        return read
