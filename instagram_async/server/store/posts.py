"""One media as the world holds it: what it shows, who liked it, who said what."""

from __future__ import annotations

from bisect import insort_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from attrs import define, field, frozen

from instagram_async.models import Comment, Location, Media

Labels = tuple[Mapping[str, int], Location | None]
"""Tags with the ids under which the media carries them, and the place."""


class Source(Protocol):
    """Tells what a media was like when it was posted; asked when somebody looks."""

    def still(self, pk: int, owner: str) -> Media:
        """The media; its likes and comments are not looked at."""
        ...

    def labels(self, pk: int) -> Labels:
        """Its tags and its place."""
        ...

    def likes(self, pk: int) -> Mapping[str, int]:
        """The ids of those who like it with the ticks of their likes, latest last."""
        ...

    def comment_count(self, pk: int) -> int:
        """How many comments it has."""
        ...

    def comments(self, pk: int, owner: str, newest: int) -> Sequence[Comment]:
        """That many of its newest comments, oldest first."""
        ...


@frozen
class Given:
    """The source of a media that was handed in whole.

    Attributes:
        media: as it was handed in.
        likers: who likes it, with ticks.
        said: its comments, oldest first.
    """

    media: Media
    likers: Mapping[str, int]
    said: Sequence[Comment]

    def still(self, pk: int, owner: str) -> Media:  # noqa: ARG002 - a Source is asked so
        """The media itself."""
        return self.media

    def labels(self, pk: int) -> Labels:
        """Its tags, applied when it was posted, and its place."""
        return {name.lower(): pk for name in self.media.tags}, self.media.location

    def likes(self, pk: int) -> Mapping[str, int]:  # noqa: ARG002
        """Who likes it."""
        return self.likers

    def comment_count(self, pk: int) -> int:  # noqa: ARG002
        """How many comments it has."""
        return len(self.said)

    def comments(self, pk: int, owner: str, newest: int) -> Sequence[Comment]:  # noqa: ARG002
        """Its newest comments."""
        return self.said[-newest:] if newest else ()


@define(eq=False)
class Post:
    """A media of the world. What was never written to is left to its source.

    Attributes:
        pk: its number.
        owner: id of who posted it.
        second: when, seconds since 1970.
        source: what it was like at first.
        version: how often it was written to.
    """

    pk: int
    owner: str
    second: int
    source: Source
    version: int = 0
    _tags: dict[str, int] | None = field(default=None, init=False)
    _likes: dict[str, int] | None = field(default=None, init=False)
    _comments: list[Comment] | None = field(default=None, init=False)

    @property
    def tags(self) -> Mapping[str, int]:
        """Its tags with their ids, in the order in which they were applied."""
        return self.source.labels(self.pk)[0] if self._tags is None else self._tags

    @property
    def location(self) -> Location | None:
        """Where it was taken."""
        return self.source.labels(self.pk)[1]

    @property
    def likes(self) -> Mapping[str, int]:
        """Who likes it, with the ticks of the likes, latest last."""
        return self.source.likes(self.pk) if self._likes is None else self._likes

    @property
    def likers(self) -> Iterator[str]:
        """Who likes it, the latest like first."""
        return reversed(tuple(self.likes))

    @property
    def comment_count(self) -> int:
        """How many comments it has."""
        if self._comments is None:
            return self.source.comment_count(self.pk)
        return len(self._comments)

    def comments(self, newest: int) -> Sequence[Comment]:
        """That many of its newest comments, oldest first."""
        if self._comments is None:
            return self.source.comments(self.pk, self.owner, newest)
        return self._comments[-newest:] if newest else ()

    def tag(self, name: str, tag_id: int) -> None:
        """Apply a tag that it does not carry."""
        self._tags = {**self.tags, name: tag_id}
        self.version += 1

    def like(self, user_id: str, tick: int) -> None:
        """Note the like of somebody who does not like it yet."""
        self._likes = {**self.likes, user_id: tick}
        self.version += 1

    def unlike(self, user_id: str) -> None:
        """Forget somebody's like."""
        self._likes = {who: tick for who, tick in self.likes.items() if who != user_id}
        self.version += 1

    def say(self, comment: Comment) -> None:
        """Put a comment behind those that are not later."""
        insort_right(self._written(), comment, key=lambda said: said.created_time)
        self.version += 1

    def unsay(self, comment: Comment) -> None:
        """Remove a comment that is there."""
        self._written().remove(comment)
        self.version += 1

    def _written(self) -> list[Comment]:
        if self._comments is None:
            self._comments = list(self.comments(self.comment_count))
        return self._comments
