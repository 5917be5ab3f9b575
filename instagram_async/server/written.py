"""A media as it stands in replies, written once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field

from instagram_async.server.pictures import unfolded


@define(eq=False)
class Written(Mapping[str, Any]):
    """A media in v1's wire shape of September 2015: JSON that is read only if asked for.

    Attributes:
        id: the media's.
        owner: id of who posted it.
        likes: how many.
        text: its JSON, as `replies.encode` writes it.

    Example:
        >>> Written("64_9", "9", 0, b'{"type":"image"}')["type"]
        'image'
    """

    id: str
    owner: str
    likes: int
    text: bytes = field(repr=False)
    _body: dict[str, Any] | None = field(default=None, init=False, repr=False)

    def __getitem__(self, key: str) -> Any:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, Any]:
        if self._body is None:
            read: dict[str, Any] = json.loads(unfolded(self.text))
            self._body = read
        return self._body
