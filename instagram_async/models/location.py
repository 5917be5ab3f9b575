"""Places."""

from __future__ import annotations

from attrs import frozen

from instagram_async.models.fields import LocationId


@frozen(kw_only=True)
class Location:
    """A place; inside media any part of it may be missing (reference B.4).

    Attributes:
        id: digits, always text here although media carry a number.
        name: what people call it.
        latitude: degrees, north positive.
        longitude: degrees, east positive.

    Example:
        >>> Location(id="4838133", name="Harbour").name
        'Harbour'
    """

    id: LocationId | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
