"""What aioresponses 0.7.9 lacks on aiohttp 3.14 and later; `test_door` says when it may go."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from aiohttp import ClientResponse


class ShimmedResponse(ClientResponse):
    """Fills in `stream_writer`, which aioresponses does not know of yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("stream_writer", SimpleNamespace(output_size=0))
        super().__init__(*args, **kwargs)
