"""Field types that the wire writes in more than one way.

To a type checker they are the plain types that users see. At run time they carry
what the decoder has to know: an instant must be aware, and the id of a location
comes as a number inside media and as text elsewhere (reference B.4).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]

if TYPE_CHECKING:
    LocationId = str
else:

    class _AnyStr(type):
        """Makes every plain `str` an instance, so that decoding yields nothing else."""

        def __instancecheck__(cls, value: object) -> bool:
            return type(value) is str

    class LocationId(metaclass=_AnyStr):
        """A `str` that the decoder may also build from an `int`; never instantiated."""


def decode_field(kind: Any, value: object) -> str:
    """Build a field of one of this file's types from what the wire holds.

    Args:
        kind: the field's type, `LocationId`.
        value: text, or a whole number.

    Returns:
        The id as text.

    Raises:
        TypeError: the value is neither.
    """
    if kind is LocationId and (type(value) is int or type(value) is str):
        return str(value)
    raise TypeError(f"expected a str or int id, got {type(value).__name__}")
