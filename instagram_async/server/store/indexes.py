"""Indexes over all media, each built when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar, cast

from instagram_async.server.store.posts import Post


class Index(Protocol):
    """Something that is kept for all media that there are."""

    def add(self, post: Post) -> None:
        """Take in a media."""
        ...

    def remove(self, post: Post) -> None:
        """Take out a media that is in it."""
        ...


I = TypeVar("I", bound=Index)  # noqa: E741 - of an index


class Indexes:
    """The indexes of one world.

    Args:
        posts: the media that there are, by their pks; changes are told by `add` and `remove`.
    """

    def __init__(self, posts: Mapping[int, Post]) -> None:
        self._posts = posts
        self._built: dict[Callable[..., Index], Index] = {}

    def of(self, kind: Callable[[Iterable[Post]], I]) -> I:
        """The index of a kind, which is built if it is not there."""
        if kind not in self._built:
            self._built[kind] = kind(self._posts.values())
        return cast("I", self._built[kind])

    def built(self, kind: Callable[[Iterable[Post]], I]) -> I | None:
        """The index of a kind, `None` if nobody has asked for it yet."""
        return cast("I | None", self._built.get(kind))

    def add(self, post: Post) -> None:
        """Take a media into whatever is built."""
        for index in self._built.values():
            index.add(post)

    def remove(self, post: Post) -> None:
        """Take a media out of whatever is built."""
        for index in self._built.values():
            index.remove(post)
