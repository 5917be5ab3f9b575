"""cattrs as its tutorial has it: the JSON converter, and a hook for each oddity of the wire."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from cattrs.gen import make_dict_structure_fn, override
from cattrs.preconf.json import make_converter

from instagram_async import Comment, Media
from instagram_async.models.fields import LocationId

_converter = make_converter()
_converter.register_structure_hook_func(
    lambda kind: kind is LocationId, lambda value, _: str(value)
)
_converter.register_structure_hook(
    datetime, lambda value, _: datetime.fromtimestamp(int(value), UTC)
)
_converter.register_structure_hook(
    Comment, make_dict_structure_fn(Comment, _converter, author=override(rename="from"))
)


def decode(body: bytes) -> list[Media]:
    """Read a page."""
    return _converter.structure(json.loads(body)["data"], list[Media])
