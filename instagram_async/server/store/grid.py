"""The earth in squares of a hundredth of a degree, by which places are found."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, degrees, floor, isfinite, radians, sin

from instagram_async.server.circle import Circle

_FINE = 100  # cells a degree
_WIDE = 360 * _FINE
_METRES = 111_000  # of a degree of latitude, a little less than it is


def cell_of(lat: float, lng: float) -> int:
    """The number of the square of a point given in degrees.

    Example:
        >>> cell_of(0.0, 179.999) + 1 == cell_of(0.01, -180.0)
        True
    """
    return floor((lat + 90) * _FINE) * _WIDE + floor((lng + 180) * _FINE) % _WIDE


def cell_at(lat: float | None, lng: float | None) -> int | None:
    """The square of a point of which not all may be known."""
    if lat is None or lng is None or not (isfinite(lat) and isfinite(lng)):
        return None
    return cell_of(lat, lng)


def rows_of(circle: Circle) -> tuple[int, int]:
    """The first and the last number that squares in a circle may have."""
    reach = circle.radius / _METRES
    low = cell_of(max(-90.0, circle.lat - reach), -180.0)
    return low, cell_of(min(90.0, circle.lat + reach), -180.0) + _WIDE - 1


def columns_of(circle: Circle) -> Iterator[tuple[int, int]]:
    """The spans, of a cell's number modulo the squares of a row, that a circle may touch."""
    reach = radians(circle.radius / _METRES)
    north = radians(abs(circle.lat))
    if sin(min(reach, 1.5)) >= cos(north) or reach >= 1.5:  # a pole is in it
        yield 0, _WIDE - 1
        return
    width = degrees(asin(sin(reach) / cos(north)))
    low = floor((circle.lng - width + 180) * _FINE)
    high = floor((circle.lng + width + 180) * _FINE)
    if high - low >= _WIDE:
        yield 0, _WIDE - 1
        return
    first = low % _WIDE
    last = first + high - low
    yield first, min(last, _WIDE - 1)
    if last >= _WIDE:  # across the date line
        yield 0, last - _WIDE
