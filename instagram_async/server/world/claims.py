"""What lines of an export say by the listing they were read from; it counts when all are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain, pairwise
from typing import NamedTuple

from instagram_async.models import Comment

_MEDIA = re.compile(r"(?:GET media/)?(\d+(?:_\d+)?)(?:/(?:comments|likes))?", re.ASCII)
_LIKED = re.compile(r"(?:GET media/)?(\d+_\d+)(?:/likes)?", re.ASCII)
_TIED = re.compile(r"GET users/(\d+)/(follows|followed-by)(?:\?.*)?", re.ASCII)

Tie = tuple[str, str]


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
    """Comments, likes and ties by their listings, each in the order of the lines."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self._likers: dict[str, dict[str, None]] = {}
        self._tied: dict[tuple[str, str], dict[Tie, None]] = {}

    def say(self, line: int, listing: str, comment: Comment) -> None:
        """Take a comment.

        Args:
            line: the number of its line.
            listing: the key of its listing.
            comment: the comment.

        Raises:
            ValueError: the key does not say which media it is about.
        """
        found = _MEDIA.fullmatch(listing)
        if found is None:
            raise ValueError(
                f"a comment of the listing {listing!r:.60}, which does not name its media: "
                "the key of a listing of comments is the media's id"
            )
        self.said.append(Said(line, found[1], comment))

    def stand(self, listing: str, user_id: str) -> None:
        """Take somebody in a list of people; of other lists than these nothing follows.

        Args:
            listing: the key of the list: a media's id, or what `str(pager.listing)` is of
                likes, of followers, or of those whom somebody follows.
            user_id: who.
        """
        liked, tied = _LIKED.fullmatch(listing), _TIED.fullmatch(listing)
        if liked is not None:
            self._likers.setdefault(liked[1], {})[user_id] = None
        elif tied is not None:
            owner, kind = tied.groups()
            tie = (owner, user_id) if kind == "follows" else (user_id, owner)
            self._tied.setdefault((owner, kind), {})[tie] = None

    @property
    def likes(self) -> Iterator[tuple[str, str]]:
        """Media and who likes them, the latest like of each last."""
        for media_id, people in self._likers.items():
            for user_id in reversed(people):
                yield media_id, user_id

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Who follows whom, the latest tie of each list last, where the lists allow of that."""
        ordered = TopologicalSorter[Tie]()
        for ties in self._tied.values():
            for tie in ties:
                ordered.add(tie)
            for later, earlier in pairwise(ties):
                ordered.add(later, earlier)
        try:
            return tuple(ordered.static_order())
        except CycleError:  # lists of different times, between which somebody has come again
            every = chain.from_iterable(reversed(ties) for ties in self._tied.values())
            return tuple(dict.fromkeys(every))
