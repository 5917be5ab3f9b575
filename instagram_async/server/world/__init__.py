"""The users and media that a server shows.

The store is private to this file: handlers and tests see models only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from attrs import evolve

from instagram_async.models import Counts, Media, User
from instagram_async.server.ids import first_pk, media_pk
from instagram_async.server.painter import Painter
from instagram_async.server.people import draw_people
from instagram_async.server.timeline import Timeline
from instagram_async.server.times import MOST_PEOPLE, draw_pks

_OTHERS_MOST = 40

_Stored = Media | Callable[[], Media]


class World:
    """Users and their media, held in memory.

    Media stand in the order of their pks, newest first. The first user is the one that
    `self` means unless a token says otherwise.

    Args:
        users: who lives in it.
        media: what they posted; every media's user must be among the users.

    Raises:
        ValueError: a user or media is there twice, or a media cannot be posted.

    Example:
        >>> world = World([User(id="9", username="ann")])
        >>> world.user("9").counts.media
        0
    """

    def __init__(self, users: Iterable[User] = (), media: Iterable[Media] = ()) -> None:
        self._users: dict[str, User] = {}
        self._timelines: dict[str, Timeline] = {}
        self._media: dict[int, tuple[str, _Stored]] = {}
        for user in users:
            self.add_user(user)
        for one in media:
            self.post(one)

    @classmethod
    def seeded(cls, seed: int = 0, *, users: int = 12, media: int = 120) -> World:
        """Make a world of synthetic people; the same arguments give the same world.

        Args:
            seed: any number.
            users: how many people, 1 to 8192; the first is the `self` user.
            media: how many media the `self` user has. The second user has none, the
                others some, at most 40 and at most as many as the `self` user.

        Returns:
            A world whose newest media is of 20 September 2015. Media are drawn when
            they are first asked for, so that a large world is made quickly.

        Raises:
            ValueError: there can't be so many of either.

        Example:
            >>> World.seeded(7, media=300).user(World.seeded(7).self_id).counts.media
            300
        """
        if not 1 <= users <= MOST_PEOPLE or media < 0:
            raise ValueError(f"a world can't be made of {users} users and {media} media")
        people = draw_people(seed, users)
        painter = Painter(seed, people)
        world = cls(people)
        for rank, user in enumerate(people):
            most = min(media, _OTHERS_MOST)
            wanted = media if rank == 0 else most * (rank - 1) // max(1, users - 2)
            for pk, second in draw_pks(seed, rank, wanted):
                world._store(pk, user.id, second, partial(painter.draw, pk, user.id))
        return world

    @property
    def users(self) -> tuple[User, ...]:
        """Who lives in the world, in the order in which they moved in, as `user` shows them.

        Example:
            >>> [user.username for user in World([User(id="9", username="ann")]).users]
            ['ann']
        """
        return tuple(self._shown(user) for user in self._users.values())

    @property
    def self_id(self) -> str:
        """Id of the first user.

        Raises:
            LookupError: nobody lives in the world.
        """
        for user_id in self._users:
            return user_id
        raise LookupError("nobody lives in the world")

    def user(self, user_id: str) -> User | None:
        """Look up a user (reference B.3).

        Args:
            user_id: digits.

        Returns:
            The user, whose `counts.media` is the number of his media in this world, or
            `None` if there is no such user.
        """
        user = self._users.get(user_id)
        return None if user is None else self._shown(user)

    def recent(
        self,
        user_id: str,
        *,
        count: int,
        max_id: int | None = None,
        min_id: int | None = None,
        min_timestamp: int | None = None,
        max_timestamp: int | None = None,
    ) -> tuple[list[Media], bool]:
        """One page of a user's media (reference A.7 and A.9).

        Args:
            user_id: whose media; he must be in the world.
            count: at most this many.
            max_id: only older ones than this pk, which itself is left out.
            min_id: only newer ones than this pk, which itself is left out.
            min_timestamp: only from this second on, seconds since 1970.
            max_timestamp: only up to this second, seconds since 1970.

        Returns:
            The media, newest first, and whether older ones are within the bounds.

        Raises:
            KeyError: there is no such user.
        """
        page: list[Media] = []
        for pk in self._timelines[user_id].newest_first(
            max_pk=max_id, min_pk=min_id, oldest=min_timestamp, newest=max_timestamp
        ):
            stored = self._media[pk][1]
            media = stored if isinstance(stored, Media) else stored()
            second = int(media.created_time.timestamp())
            if min_timestamp is not None and second < min_timestamp:
                continue
            if max_timestamp is not None and second > max_timestamp:
                continue
            if len(page) == count:
                return page, True
            page.append(media)
        return page, False

    def add_user(self, user: User) -> None:
        """Let a user move in, without media; `counts.media` will follow the world.

        Raises:
            ValueError: a user with this id is there.
        """
        if user.id in self._users:
            raise ValueError(f"there is a user {user.id}")
        self._users[user.id] = user
        self._timelines[user.id] = Timeline()

    def post(self, media: Media) -> None:
        """Publish a media under the id and time that it carries.

        Args:
            media: what to publish; `free_id` gives ids. A `created_time` that is not
                the time in the id is kept, as recorded media have it so.

        Raises:
            ValueError: the id is no media id or is taken, or its user is unknown.
        """
        pk = media_pk(media.id)
        if pk in self._media:
            raise ValueError(f"there is a media {media.id}")
        if media.user.id not in self._users:
            raise ValueError(f"there is no user {media.user.id}")
        self._store(pk, media.user.id, int(media.created_time.timestamp()), media)

    def delete(self, media_id: str) -> None:
        """Remove a media for good.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media.
        """
        pk = media_pk(media_id)
        if pk not in self._media:
            raise LookupError(f"there is no media {media_id}")
        owner, _ = self._media.pop(pk)
        self._timelines[owner].remove(pk)

    def free_id(self, user_id: str, created_time: datetime) -> str:
        """An id that no media has yet, for a post of that moment.

        Args:
            user_id: who is going to post.
            created_time: when, aware; not before August 2011.

        Returns:
            `<pk>_<user id>`; of one millisecond each next id is larger.

        Raises:
            ValueError: the time knows no zone.
        """
        if created_time.tzinfo is None:
            raise ValueError(f"the time must know its zone: {created_time}")
        pk = first_pk(int(created_time.timestamp() * 1000))
        while pk in self._media:
            pk += 1
        return f"{pk}_{user_id}"

    def __repr__(self) -> str:
        return f"World(users={len(self._users)}, media={len(self._media)})"

    def _shown(self, user: User) -> User:
        counts = evolve(user.counts or Counts(), media=len(self._timelines[user.id]))
        return evolve(user, counts=counts)

    def _store(self, pk: int, owner: str, second: int, media: _Stored) -> None:
        self._media[pk] = (owner, media)
        self._timelines[owner].add(pk, second)
