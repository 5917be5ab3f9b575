"""Places and hashtags."""

from __future__ import annotations

from typing import Unpack

from instagram_async.models import Location, Tag
from instagram_async.testing.factories.fields import LocationFields, TagFields, merged

_FIRST_ID = 2_000_000


def make_location(number: int = 1, /, **fields: Unpack[LocationFields]) -> Location:
    """Make a place.

    Args:
        number: another number is another place, up to a kilometre from the next one.
        **fields: what is to be otherwise, fields of `Location`.

    Example:
        >>> from instagram_async.testing import make_location
        >>> make_location(3, latitude=None)
        Location(id='2000003', name='Place 3', latitude=None, longitude=10.03)
    """
    made = {
        "id": str(_FIRST_ID + number),
        "name": f"Place {number}",
        "latitude": 60.0,
        "longitude": round(10 + number % 10_000 / 100, 2),
    }
    return Location(**merged(made, fields))


def make_tag(number: int = 1, /, **fields: Unpack[TagFields]) -> Tag:
    """Make a hashtag.

    Args:
        number: another number is another tag.
        **fields: what is to be otherwise, fields of `Tag`.

    Example:
        >>> from instagram_async.testing import make_tag
        >>> make_tag(3, media_count=12)
        Tag(name='tag3', media_count=12)
    """
    made = {"name": f"tag{number}", "media_count": 0}
    return Tag(**merged(made, fields))
