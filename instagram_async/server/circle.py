"""Pieces of the earth, as searches and geographies name them."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from attrs import frozen

_EARTH = 6_371_000.0  # mean radius in metres


@frozen
class Circle:
    """A piece of the earth.

    Attributes:
        lat: degrees of its centre, north positive.
        lng: degrees of its centre, east positive.
        radius: metres along the great circle.

    Example:
        >>> Circle(0.0, 179.999, 300.0).holds(0.0, -179.999)
        True
    """

    lat: float
    lng: float
    radius: float

    def distance(self, lat: float, lng: float) -> float:
        """Metres from its centre to a point given in degrees."""
        north, south = radians(self.lat), radians(lat)
        high = sin((south - north) / 2) ** 2
        wide = cos(north) * cos(south) * sin(radians(lng - self.lng) / 2) ** 2
        return 2 * _EARTH * asin(sqrt(min(1.0, high + wide)))

    def holds(self, lat: float, lng: float) -> bool:
        """Whether a point given in degrees is in it; its edge is."""
        return self.distance(lat, lng) <= self.radius
