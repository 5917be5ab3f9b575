"""Media by their tags, in the order in which the tags were applied."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from instagram_async.server.store.posts import Post


class TagIndex:
    """Which media carry which tag; of one tag no two have the same tag id.

    Args:
        posts: the media that there are.
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        self._ids = defaultdict[str, list[tuple[int, int]]](list)
        for post in posts:
            self.add(post)

    def add(self, post: Post) -> None:
        """Take in a media with its tags."""
        for name, tag_id in post.tags.items():
            self.apply(name, tag_id, post.pk)

    def remove(self, post: Post) -> None:
        """Take out a media that is in it."""
        for name, tag_id in post.tags.items():
            del self._ids[name][bisect_left(self._ids[name], (tag_id, post.pk))]

    def apply(self, name: str, tag_id: int, pk: int) -> None:
        """Note that a media now carries a tag."""
        insort(self._ids[name], (tag_id, pk))

    def is_free(self, name: str, tag_id: int) -> bool:
        """Whether no media carries a tag under an id."""
        ids = self._ids.get(name, [])
        at = bisect_left(ids, (tag_id,))
        return at == len(ids) or ids[at][0] != tag_id

    def count(self, name: str) -> int:
        """How many media carry a tag."""
        return len(self._ids.get(name, ()))

    def names(self, prefix: str) -> Iterator[str]:
        """The tags in use that begin with a text."""
        return (name for name, ids in self._ids.items() if ids and name.startswith(prefix))

    def newest_first(
        self, name: str, *, max_tag_id: int | None, min_tag_id: int | None
    ) -> Iterator[tuple[int, int]]:
        """Tag ids and pks of the media that carry a tag, latest tagged first.

        Args:
            name: the tag.
            max_tag_id: only this id and smaller ones.
            min_tag_id: only larger ids.
        """
        ids = self._ids.get(name, [])
        stop = len(ids) if max_tag_id is None else bisect_left(ids, (max_tag_id + 1,))
        start = 0 if min_tag_id is None else bisect_left(ids, (min_tag_id + 1,))
        return (ids[at] for at in range(stop - 1, start - 1, -1))
