"""What lines of an export say by the listing they were read from; it counts when all are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain, pairwise
from typing import NamedTuple, TypeVar

from instagram_async.models import Comment
from instagram_async.server.world.keys import Named, named

T = TypeVar("T")
Pair = tuple[str, str]

_TIES = ("follows", "followed-by")
_MINE = Named("media/recent", "self"), Named("profile", "self")


class Said(NamedTuple):
    """A comment in a listing of comments.

    Attributes:
        line: the number of its line.
        media_id: what it is about.
        comment: the comment.
    """

    line: int
    media_id: str
    comment: Comment


class Claims:
    """Comments, likes and ties by their listings, each in the order of the lines.

    Attributes:
        said: the comments.
        me: who `self` is in the keys, as far as the lines say so.
        nameless: how many people stand in lists whose keys name nobody, by these.
    """

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.me: str | None = None
        self.nameless: Counter[str] = Counter()
        self._lists: dict[Named, dict[str, None]] = {}

    def say(self, line: int, listing: str, comment: Comment) -> None:
        """Take a comment.

        Args:
            line: the number of its line.
            listing: the key of its listing.
            comment: the comment.

        Raises:
            ValueError: the key does not say which media it is about.
        """
        found = named(listing)
        if found is None or found.kind not in ("comments", "likes", "media"):
            raise ValueError(
                f"a comment of the listing {listing!r:.60}, which does not name its media: "
                "the key of a listing of comments is the media's id"
            )
        self.said.append(Said(line, found.owner, comment))

    def stand(self, listing: str, user_id: str, *, is_profile: bool) -> None:
        """Take somebody in a list of people.

        Args:
            listing: the key of the list, empty if there is none.
            user_id: who.
            is_profile: whether he is told of for his own sake.
        """
        found = named(listing)
        if found in _MINE:
            self.me = user_id
        elif found is not None and found.kind == "media" and "_" in found.owner:
            self._take(Named("likes", found.owner), user_id)
        elif found is not None and found.kind in (*_TIES, "requested-by", "likes"):
            self._take(found, user_id)
        elif listing and not is_profile and (found is None or found.kind != "search"):
            self.nameless[listing] += 1

    def post(self, listing: str, media_id: str, author_id: str) -> None:
        """Take a media: who lists what `self` likes likes it, and his own media say who he is.

        Args:
            listing: the key of the list, empty if there is none.
            media_id: which.
            author_id: whose.
        """
        found = named(listing)
        if found in _MINE:
            self.me = author_id
        elif found is not None and found.kind == "media/liked":
            self._take(found, media_id)

    def lists_of_self(self) -> Iterator[str]:
        """What stands in lists of `self`, such as of those who follow him."""
        for (_, owner), found in self._lists.items():
            if owner == "self":
                yield from found

    def likes(self, me: str) -> tuple[Pair, ...]:
        """Media and who likes them, the latest like of each list last.

        Args:
            me: who `self` is.
        """
        lists = [
            [(owner, one) if kind == "likes" else (one, owner.replace("self", me)) for one in found]
            for (kind, owner), found in self._lists.items()
            if kind in ("likes", "media/liked")
        ]
        is_plain = all(kind != "media/liked" for kind, _ in self._lists)
        return _in_turn(lists) if is_plain else _latest_last(lists)

    def ties(self, me: str, *, asks: bool = False) -> tuple[Pair, ...]:
        """Who follows whom, the latest tie of each list last, where the lists allow of that.

        Args:
            me: who `self` is.
            asks: whether those are meant who only ask to.
        """
        return _latest_last(
            [
                [(whose, one) if kind == "follows" else (one, whose) for one in people]
                for (kind, owner), people in self._lists.items()
                if kind in (("requested-by",) if asks else _TIES)
                for whose in [owner.replace("self", me)]
            ]
        )

    def _take(self, named: Named, one: str) -> None:
        self._lists.setdefault(named, {})[one] = None


def _latest_last(lists: Iterable[list[T]]) -> tuple[T, ...]:
    """What stands in lists whose latest are first, in an order that suits all, if there is one."""
    kept = list(lists)
    ordered = TopologicalSorter[T]()
    for items in kept:
        for item in items:
            ordered.add(item)
        for later, earlier in pairwise(items):
            ordered.add(later, earlier)
    try:
        return tuple(ordered.static_order())
    except CycleError:  # lists of different times, between which somebody has come again
        return _in_turn(kept)


def _in_turn(lists: Iterable[list[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(reversed(items) for items in lists)))
