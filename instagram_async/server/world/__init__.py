"""The users and media that a server shows.

The store is private to this package: handlers and tests see models only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from instagram_async.models import Media, User
from instagram_async.server.labels import PLACES
from instagram_async.server.painter import Painter
from instagram_async.server.people import draw_people
from instagram_async.server.store.posts import Post
from instagram_async.server.ties import draw_ties, private_ranks
from instagram_async.server.times import MOST_PEOPLE, draw_pks
from instagram_async.server.world.comments import CommentsOfWorld
from instagram_async.server.world.likes import LikesOfWorld
from instagram_async.server.world.people import People
from instagram_async.server.world.places import Places
from instagram_async.server.world.posts import Posts
from instagram_async.server.world.relationships import Relationships
from instagram_async.server.world.tags import Tags

_OTHERS_MOST = 40
_GEOGRAPHY = 5_000.0  # metres around the first place


class World(People, Posts, LikesOfWorld, CommentsOfWorld, Tags, Places, Relationships):
    """People, their media, and what they do to each other, held in memory.

    Media stand in the order of their pks, newest first. The first user is the one that
    `self` means unless a token says otherwise. Whatever a method changes, a server of
    this world shows at once.

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
        super().__init__()
        for user in users:
            self.add_user(user)
        for one in media:
            self.post(one)

    @classmethod
    def seeded(cls, seed: int = 0, *, users: int = 12, media: int = 120) -> Self:
        """Make a world of synthetic people; the same arguments give the same world.

        Args:
            seed: any number.
            users: how many people, 1 to 8192; the first is the `self` user.
            media: how many media the `self` user has. The second user has none, the
                others some, at most 40 and at most as many as the `self` user.

        Returns:
            A world whose newest media is of 20 September 2015. Media are drawn when
            they are first asked for, so that a large world is made quickly. Most people
            follow the `self` user. With five people or more the fourth is private, and
            the first two ask to follow him; with six or more the fifth is private too,
            and the `self` user follows him. Some media have 240 comments; some are of one
            of five places, and one geography is around the first of these.

        Raises:
            ValueError: there can't be so many of either.

        Example:
            >>> World.seeded(7, media=300).user(World.seeded(7).self_id).counts.media
            300
        """
        if not 1 <= users <= MOST_PEOPLE or media < 0:
            raise ValueError(f"a world can't be made of {users} users and {media} media")
        people = draw_people(seed, users)
        world = cls(people)
        world._settle(seed, people)
        painter = Painter(seed, people)
        for rank, user in enumerate(people):
            most = min(media, _OTHERS_MOST)
            wanted = media if rank == 0 else most * (rank - 1) // max(1, users - 2)
            for pk, second in draw_pks(seed, rank, wanted):
                world._store(Post(pk=pk, owner=user.id, second=second, source=painter))
        return world

    def __repr__(self) -> str:
        return f"World(users={len(self._users)}, media={len(self._posts)})"

    def _settle(self, seed: int, people: list[User]) -> None:
        for tie in draw_ties(seed, len(people)):
            bind = self._graph.request if tie.asks else self._graph.tie
            bind(people[tie.who].id, people[tie.whom].id, tie.tick)
        for rank in private_ranks(len(people)):
            self.set_private(people[rank].id, private=True)
        for place in PLACES:
            number = place.id or ""
            self.add_location(
                place,
                {
                    "facebook_places_id": f"10{number}",
                    "foursquare_v2_id": f"4b0{number}f964a520",
                    "foursquare_id": f"20{number}",
                },
            )
        self.add_geography(PLACES[0].latitude or 0.0, PLACES[0].longitude or 0.0, _GEOGRAPHY)
