"""Media by the place where they were taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge

from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.store.posts import Post
from instagram_async.server.store.timeline import Timeline


class PlaceIndex:
    """Which media were taken where.

    Args:
        posts: the media that there are.
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        self._by_id = defaultdict[str, Timeline](Timeline)
        self._by_point = defaultdict[tuple[float, float], Timeline](Timeline)
        for post in posts:
            self.add(post)

    def add(self, post: Post) -> None:
        """Take in a media."""
        for timeline in self._timelines(post):
            timeline.add(post.pk, post.second)

    def remove(self, post: Post) -> None:
        """Take out a media that is in it."""
        for timeline in self._timelines(post):
            timeline.remove(post.pk)

    def at(self, location_id: str, bounds: Bounds = EVERYTHING) -> Iterator[int]:
        """Pks of the media of a place, newest first; see `Timeline.newest_first`."""
        found = self._by_id.get(location_id)
        return iter(()) if found is None else found.newest_first(bounds)

    def within(self, circle: Circle, bounds: Bounds = EVERYTHING) -> Iterator[int]:
        """Pks of the media in a circle, newest first; see `Timeline.newest_first`."""
        found = [line for point, line in self._by_point.items() if circle.holds(*point)]
        return merge(*(line.newest_first(bounds) for line in found), reverse=True)

    def _timelines(self, post: Post) -> Iterator[Timeline]:
        place = post.location
        if place is None:
            return
        if place.id is not None:
            yield self._by_id[place.id]
        if place.latitude is not None and place.longitude is not None:
            yield self._by_point[place.latitude, place.longitude]
