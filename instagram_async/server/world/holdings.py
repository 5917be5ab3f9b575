"""What the sections of a world share: its people, its media, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from instagram_async.models import Media, UserSummary
from instagram_async.server.ids import media_pk
from instagram_async.server.painter import Painter
from instagram_async.server.people import draw_people
from instagram_async.server.store.database import Database
from instagram_async.server.store.spans import LARGEST
from instagram_async.server.world.faces import media_of, short_of, text_of
from instagram_async.server.world.listings import Listings
from instagram_async.server.written import Written

LIKES_SHOWN, COMMENTS_SHOWN = 4, 8  # inside a media (reference B.1)
_FIRST_TICK = 1_443_100_000_000  # ms, later than whatever is drawn


class Post(NamedTuple):
    """A media's row, but for its text."""

    pk: int
    owner: str
    id: str
    likes: int
    comments: int
    last_comment: int
    said: int


class Holdings:
    """The store of a world; its sections look into it, nobody else does.

    Args:
        database: the store.

    Attributes:
        listings: pages of media as the wire shows them; with models, the methods of the
            world give the same.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self.listings = Listings(database, self._drawn)

    @cached_property
    def _painter(self) -> Painter:
        """Who draws what was never written to, in a world that was seeded."""
        seed, users = (
            self._db.one("SELECT value FROM facts WHERE name = ?", name)[0]
            for name in ("seed", "people")
        )
        return Painter(int(seed), draw_people(int(seed), users))

    def _known(self, *user_ids: str) -> None:
        for user_id in user_ids:
            if self._db.one("SELECT 1 FROM users WHERE id = ?", user_id) is None:
                raise LookupError(f"there is no user {user_id}")

    def _post(self, media_id: str) -> Post:
        post = self._find(media_id)
        if post is None:
            raise LookupError(f"there is no media {media_id}")
        return post

    def _find(self, media_id: str) -> Post | None:
        pk = media_pk(media_id)
        owner = media_id.partition("_")[2]
        row = None if pk > LARGEST else self._db.one(
            "SELECT pk, owner, id, likes, comments, last_comment, said FROM media WHERE pk = ?", pk
        )  # fmt: skip
        return Post(*row) if row is not None and owner in ("", row[1]) else None

    def _people(self, user_ids: Iterable[str]) -> list[UserSummary]:
        return [
            short_of(self._db.one("SELECT body FROM users WHERE id = ?", user_id)[0])
            for user_id in user_ids
        ]

    def _tick(self) -> int:
        """The next tick: ticks look like milliseconds, and no two are the same.

        What happens in the world happens one after the other.
        """
        self._db.run(
            "INSERT INTO facts VALUES ('tick', ?) ON CONFLICT DO UPDATE SET value = value + 1",
            _FIRST_TICK,
        )
        tick: int = self._db.one("SELECT value FROM facts WHERE name = 'tick'")[0]
        return tick

    def _face(self, pk: int, owner: str) -> Media:
        """A media as it is kept, without its viewer."""
        (text,) = self._db.one("SELECT text FROM media WHERE pk = ?", pk)
        return media_of(text or self._drawn(pk, owner))

    def _repaint(self, pk: int, media: Media) -> None:
        """Keep a media as it now looks."""
        self._db.run("UPDATE media SET text = ? WHERE pk = ?", text_of(media), pk)

    def _drawn(self, pk: int, owner: str) -> bytes:
        """Draw a media that is looked at for the first time."""
        text = text_of(self._painter.face(pk, owner))
        with self._db.writing():
            self._db.run("UPDATE media SET text = ? WHERE pk = ?", text, pk)
        return text


def models(found: tuple[Iterable[Written], bool]) -> tuple[list[Media], bool]:
    """A page with models in place of texts."""
    return [model(one) for one in found[0]], found[1]


def model(seen: Written) -> Media:
    """The model of a media as a viewer sees it."""
    return media_of(seen.text)
