"""The users and media that a server shows.

The store is private to this package: handlers and tests see models, and what is sent.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from instagram_async.models import Media, User
from instagram_async.server.store.database import Database
from instagram_async.server.store.files import new_file
from instagram_async.server.times import MOST_PEOPLE
from instagram_async.server.world.loading import Loading, whole_lines
from instagram_async.server.world.seeding import drawn, fill

FilePath = str | os.PathLike[str]


class World(Loading):
    """People, their media, and what they do to each other, in memory or in a file.

    Media stand in the order of their pks, newest first. The first user is the one that
    `self` means unless a token says otherwise. Whatever a method changes, a server of
    this world shows at once. In a file it is there for good when the method returns, even
    if the process or the machine then dies; one world has a file open at a time.

    Args:
        users: who lives in it.
        media: what they posted; every media's user must be among the users.
        path: of a new file to keep it in; `None` keeps it in memory.

    Raises:
        ValueError: a user or media is there twice, or a media cannot be posted.
        FileExistsError: there is such a file; `World.open` opens it.

    Example:
        >>> world = World([User(id="9", username="ann")])
        >>> world.user("9").counts.media
        0
    """

    def __init__(
        self,
        users: Iterable[User] = (),
        media: Iterable[Media] = (),
        *,
        path: FilePath | None = None,
    ) -> None:
        database = Database.empty(None if path is None else Path(path))
        super().__init__(database)
        try:
            with database.writing():
                for user in users:
                    self.add_user(user)
                for one in media:
                    self.post(one)
        except BaseException:
            database.close()
            if path is not None:
                Path(path).unlink()
            raise

    @classmethod
    def open(cls, path: FilePath) -> Self:
        """Open the world in a file, as it was when it was last written to.

        Args:
            path: of the file.

        Raises:
            FileNotFoundError: there is no such file.
            WorldFileError: it is no world, or that of a newer version, or it is open
                elsewhere.
        """
        return cls._of(Database.open(Path(path)))

    @classmethod
    def seeded(
        cls, seed: int = 0, *, users: int = 12, media: int = 120, path: FilePath | None = None
    ) -> Self:
        """Make a world of synthetic people; the same arguments give the same world.

        Args:
            seed: any number.
            users: how many people, 1 to 8192; the first is the `self` user.
            media: how many media the `self` user has. The second user has none, the
                others some, at most 40 and at most as many as the `self` user.
            path: of a new file to keep it in; `None` keeps it in memory. A file is there
                when it is complete.

        Returns:
            A world whose newest media is of 20 September 2015. In memory, media are painted
            when they are first looked at, so that a world is made quickly; in a file they
            all are at once. Most people follow the `self` user. With five people or more
            the fourth is private, and the first two ask to follow him; with six or more the
            fifth is private too, and the `self` user follows him. Some media have 240
            comments; some are of one of five places, and one geography is around the first
            of these.

        Raises:
            ValueError: there can't be so many of either.
            FileExistsError: there is such a file.

        Example:
            >>> World.seeded(7, media=300).user(World.seeded(7).self_id).counts.media
            300
        """
        if not 1 <= users <= MOST_PEOPLE or media < 0:
            raise ValueError(f"a world can't be made of {users} users and {media} media")
        if path is None:
            return cls._of(drawn(seed, users, media))
        with new_file(Path(path)) as part:
            database = Database.empty(part, is_bulk=True)
            try:
                fill(database, seed, users, media, paint=True)
            finally:
                database.close()
        return cls.open(path)

    @classmethod
    def load(
        cls,
        source: FilePath | Iterable[str | bytes],
        *,
        self_id: str | None = None,
        path: FilePath | None = None,
    ) -> Self:
        """Make a world of lines of JSON in v1's own shapes.

        Args:
            source: path of a file, or the lines: what `dump` wrote, or what a client has
                read, one `json.dumps(unstructure(media))` a line. Users too are taken, and
                comments, likes and relationships with a few keys more; `docs/local_server.md`
                lists them. Who is named in a media lives in the world. Of two lines
                about one media the first counts. With the key of its listing under
                `"listing"`, as `bulk.JSONLinesSink` writes it, a comment finds its media,
                and people in lists of likes and followers what they like and follow. What
                comes to nothing is counted and told to the logger `instagram_async.server`.
                A last line of a file that a kill has cut off is none.
            self_id: who `self` is in the keys of listings, and then the first user; by
                default whoever the lines of `users/self` or `users/self/media/recent`
                are of, and else the first user.
            path: of a new file to keep the world in; `None` keeps it in memory.

        Raises:
            ValueError: a line can't be read; the text says which and why.
            FileExistsError: there is such a file at `path`.
            OSError: the source can't be read.

        Example:
            >>> line = '{"id": "64_9", "created_time": "1442750400",'
            >>> line += ' "user": {"id": "9", "username": "ann"}}'
            >>> World.load([line])
            World(users=1, media=1)
        """
        world = cls(path=path)
        try:
            if isinstance(source, str | os.PathLike):
                with Path(source).open("rb") as file:
                    world._load(whole_lines(file), self_id)
            else:
                world._load(source, self_id)
        except BaseException:
            world.close()
            if path is not None:
                Path(path).unlink()
            raise
        return world

    def close(self) -> None:
        """Close its file, or forget what is in memory; a second time does nothing."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        users, media = self._db.one("SELECT count(*), coalesce(sum(media), 0) FROM users")
        return f"World(users={users}, media={media})"

    @classmethod
    def _of(cls, database: Database) -> Self:
        world = cls.__new__(cls)
        super(World, world).__init__(database)
        return world
