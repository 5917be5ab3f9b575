"""The pks of listings, newest first, read one by one as they are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge

from instagram_async.server.bounds import Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.store.database import Database
from instagram_async.server.store.grid import columns_of, rows_of
from instagram_async.server.store.spans import seconds, span

_MOST_CELLS = 500  # of more, going through all media is quicker
RANGE = "pk BETWEEN ? AND ? AND second BETWEEN ? AND ? ORDER BY pk DESC"
"""Between the numbers that `Timelines.limits` gives."""

_OF_OWNER = f"SELECT pk FROM media WHERE owner = ? AND {RANGE}"  # noqa: S608 - a constant
_OF_LOCATION = f"SELECT pk FROM media WHERE location = ? AND {RANGE}"  # noqa: S608
_OF_CELL = f"SELECT pk, lat, lng FROM media WHERE cell = ? AND {RANGE}"  # noqa: S608
_OF_ANY_CELL = f"SELECT pk, lat, lng FROM media NOT INDEXED WHERE cell IS NOT NULL AND {RANGE}"  # noqa: S608
_CELLS = "SELECT cell FROM cells WHERE cell BETWEEN ? AND ? AND cell % 36000 BETWEEN ? AND ?"
# The first of a merged listing are by those who have the newest: a look at each newest one
# tells who they are.
_HEADS = """
SELECT id FROM (
  SELECT value AS id, (SELECT max(pk) FROM media WHERE owner = value AND pk <= ?) AS head
  FROM json_each(?)
) WHERE head >= ? ORDER BY head DESC LIMIT ?
"""


class Timelines:
    """Finds media by who posted them and where.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def of_owner(self, owner: str, bounds: Bounds) -> Iterator[int]:
        """Pks of somebody's media within bounds."""
        return self._pks(_OF_OWNER, owner, bounds)

    def of_owners(self, owners: str, bounds: Bounds, most: int) -> Iterator[int]:
        """Pks of several people's media within bounds of pks.

        Args:
            owners: their ids, as a JSON list.
            bounds: only of pks.
            most: how many are wanted at most.
        """
        low, high = span(bounds, 0)
        heads = self._db.all(_HEADS, high, owners, low, most)
        return merge(*(self.of_owner(owner, bounds) for (owner,) in heads), reverse=True)

    def of_location(self, location_id: str, bounds: Bounds) -> Iterator[int]:
        """Pks of the media of a place within bounds."""
        return self._pks(_OF_LOCATION, location_id, bounds)

    def in_circle(self, circle: Circle, bounds: Bounds) -> Iterator[int]:
        """Pks of the media in a circle within bounds."""
        cells = list(self._cells(circle))
        limits = self.limits(bounds)
        if len(cells) > _MOST_CELLS:
            found: Iterable[tuple[int, float, float]] = self._db.each(_OF_ANY_CELL, *limits)
        else:
            lines = (self._db.each(_OF_CELL, cell, *limits) for cell in cells)
            found = merge(*lines, reverse=True)
        return (pk for pk, lat, lng in found if circle.holds(lat, lng))

    def _cells(self, circle: Circle) -> Iterator[int]:
        for west, east in columns_of(circle):
            for (cell,) in self._db.each(_CELLS, *rows_of(circle), west, east):
                yield cell

    def _pks(self, sql: str, whose: str, bounds: Bounds) -> Iterator[int]:
        return (pk for (pk,) in self._db.each(sql, whose, *self.limits(bounds)))

    def limits(self, bounds: Bounds) -> tuple[int, int, int, int]:
        """The first and last pk and the first and last second, as `RANGE` takes them."""
        if bounds.min_timestamp is None and bounds.max_timestamp is None:
            return *span(bounds, 0), *seconds(bounds)
        (slack,) = self._db.one("SELECT value FROM facts WHERE name = 'slack'") or (0,)
        return *span(bounds, slack), *seconds(bounds)
