"""Which media a user likes, in the order in which he came to like them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from instagram_async.server.store.posts import Post
from instagram_async.server.store.ranks import Ranks


class LikeIndex:
    """The likes of every user.

    Where a like once stood is remembered after it was taken back or its media deleted, so
    that a listing can go on behind it.

    Args:
        posts: the media that there are.
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        self._of = defaultdict[str, Ranks[int]](Ranks)
        self._gone: dict[tuple[str, int], int] = {}
        for post in posts:
            self.add(post)

    def add(self, post: Post) -> None:
        """Take in a media with its likes."""
        for user_id, tick in post.likes.items():
            self._of[user_id].add(post.pk, tick)

    def remove(self, post: Post) -> None:
        """Take out a media that is in it."""
        for user_id, tick in post.likes.items():
            self.unlike(user_id, post.pk, tick)

    def like(self, user_id: str, pk: int, tick: int) -> None:
        """Note a new like."""
        self._gone.pop((user_id, pk), None)
        self._of[user_id].add(pk, tick)

    def unlike(self, user_id: str, pk: int, tick: int) -> None:
        """Note that a like of that tick is gone."""
        self._of[user_id].discard(pk)
        self._gone[user_id, pk] = tick

    def newest_first(self, user_id: str, *, below: int | None) -> Iterator[int]:
        """Pks of what a user likes, latest like first.

        Args:
            user_id: who.
            below: only what was liked before the media of this pk; nothing, if he never
                liked that one. `None` is all.
        """
        ranks = self._of[user_id]
        if below is None:
            return (pk for _, pk in ranks.newest_first())
        tick = ranks.tick(below) or self._gone.get((user_id, below))
        if tick is None:
            return iter(())
        return (pk for _, pk in ranks.newest_first(before=(tick, below)))
